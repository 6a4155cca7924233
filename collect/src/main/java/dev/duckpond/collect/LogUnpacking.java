package dev.duckpond.collect;

import dev.duckpond.formats.Packing;
import dev.duckpond.formats.Unpacking;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Unpacks rotated logs, one at a time: each takes the place of the one before. */
record LogUnpacking(CollectSite site) {
  /**
   * Answers a plain file with the bytes of a log, which may be the log's own.
   *
   * @throws PondException.Invalid when it is damaged, or packed in another way
   */
  HostLog plain(HostLog log) throws IOException {
    if (!log.isPacked()) {
      return log;
    }
    String name = String.valueOf(log.file().getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".zst")) {
      throw new PondException.Invalid(
          "'" + log.file() + "' is packed with Zstandard",
          "of logs, gzip and bzip2 are unpacked byte for byte",
          "Let the rotation use one of these, or none.");
    }
    Path target = site.scratch().resolve("log-unpacked");
    try (QuerySession session = site.query(site.read())) {
      new Unpacking(session.duck())
          .unpack(
              log.file(),
              name.endsWith(".gz") ? Packing.GZIP : Packing.BZIP2,
              log.file().toString(),
              target);
    } catch (PondException.Invalid e) {
      throw advised(e, name);
    }
    return new HostLog(target, log.target());
  }

  /** Says of a damaged file what to do with a log, which has no URL that says how it is packed. */
  private static PondException advised(PondException.Invalid e, String name) {
    Throwable damage = e.getCause();
    return damage == null
        ? e
        : new PondException.Invalid(
            e.problem(),
            e.reason(),
            "Get it again from where it came from, or take '"
                + name.substring(name.lastIndexOf('.'))
                + "' off its name when it is plain text.",
            damage);
  }
}
