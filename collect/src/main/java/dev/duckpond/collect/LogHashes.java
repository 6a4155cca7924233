package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Prints the hashes of the logs that a pond holds, as {@code sha256sum -c} reads them. */
record LogHashes(CollectSite site, LogConfig config) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Prints a line for each log of which this machine has a file that is not compressed. */
  void print(List<HostLog> files) throws IOException {
    PondTree tree = site.read();
    for (KnownLog log : LogShelf.read(tree, config.path()).logs()) {
      Optional<Path> file =
          files.stream()
              .filter(each -> !each.isPacked() && each.target().equals(log.path()))
              .map(HostLog::file)
              .findFirst();
      if (file.isPresent()) {
        site.execution().print(line(hash(tree, log), file.get()));
      } else {
        site.execution().note(log.path() + ": no file of this machine holds it as it is");
      }
    }
  }

  /** Writes a name as sha256sum does: with a backslash first when something in it is escaped. */
  private static String line(ContentHash hash, Path file) {
    String name = file.toString();
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return (escaped.equals(name) ? "" : "\\") + hash.hex() + "  " + escaped;
  }

  private static ContentHash hash(PondTree tree, KnownLog log) throws IOException {
    MessageDigest digest = ContentHash.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = new KnownLogStream(tree, log)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return ContentHash.finish(digest);
  }
}
