package dev.duckpond.collect;

import dev.duckpond.formats.ConversionOptions.Ambiguous;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.CaptureTemplate;
import dev.duckpond.tinyfs.ContentHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Says which files of this machine to take in.
 *
 * @param archiveTo where files go once they are in; they stay where they are when it is empty
 * @param staleAfter how old the newest data may be before it counts as stale
 */
record InboxConfig(List<Source> sources, Optional<Path> archiveTo, Duration staleAfter) {
  InboxConfig {
    sources = List.copyOf(sources);
  }

  /** What the rows become. */
  enum Becomes {
    SERIES,
    TABLE,
    DATA
  }

  /**
   * Files of one kind.
   *
   * @param format how they are read; its path means nothing
   * @param to the path in the pond
   * @param zone of local times
   */
  record Source(
      HostGlob glob,
      PondUrl format,
      CaptureTemplate to,
      Becomes becomes,
      Optional<LongForm> longForm,
      Optional<String> timeColumn,
      Optional<ZoneId> zone,
      Ambiguous ambiguous,
      Duplicates duplicates) {
    private static final int SETTINGS_CHARS = 16;

    /**
     * Answers a hash of all that says how a file is read, but not which files and where they go.
     */
    String settings() {
      MessageDigest digest = ContentHash.newDigest();
      for (Object setting :
          List.of(format, becomes, longForm, timeColumn, zone, ambiguous, duplicates)) {
        digest.update((setting + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return ContentHash.finish(digest).hex().substring(0, SETTINGS_CHARS);
    }
  }

  /** What an offset does to its value. */
  enum Sign {
    ADD,
    SUBTRACT
  }

  /**
   * A row for each value, instead of one for each instant.
   *
   * @param name the column of the name of what was measured
   * @param value the column of the value
   * @param offset the column of a correction of the value
   */
  record LongForm(String name, String value, Optional<String> offset, Sign sign) {}
}
