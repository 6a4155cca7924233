package dev.duckpond.collect;

import java.util.List;

/** Counts what one run did with logs. One thread only. */
final class LogTally {
  private int files;
  private long addedBytes;
  private long readBytes;

  /** Counts a file whose log was changed. */
  void add(long sizeBytes) {
    files++;
    addedBytes += sizeBytes;
  }

  /** Counts what was read of active files. */
  void read(List<HostLog> active) {
    readBytes += active.stream().mapToLong(HostLog::readBytes).sum();
  }

  String summary() {
    return files
        + (files == 1 ? " file" : " files")
        + " changed, "
        + addedBytes
        + " bytes taken in, "
        + readBytes
        + " bytes of active files read";
  }
}
