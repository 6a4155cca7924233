package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import java.util.Map;
import java.util.Optional;

/**
 * What is noted of a log beside its bytes, to find its file again: see {@code
 * docs/format/collected.md}.
 *
 * @param sample of all bytes that were taken
 * @param stat of the file that they came from, when it was looked at last
 * @param looks the sample of that file as it lies there, packed or not, as one hash
 * @param twin of a packed file beside it that holds the same
 */
record LogNote(
    LogSample sample,
    FileStat stat,
    Optional<ContentHash> looks,
    LogState state,
    Optional<FileStat> twin) {
  private static final String HEAD = "log_head";
  private static final String TAIL = "log_tail";
  private static final String STAT = "log_file";
  private static final String LOOKS = "log_file_sample";
  private static final String TWIN = "log_packed_file";
  private static final String STATE = "log_state";

  /** Notes an active log, or a rotated one whose file is not packed. */
  static LogNote of(LogSample sample, FileStat stat, LogState state) {
    return new LogNote(sample, stat, Optional.of(sample.hash()), state, Optional.empty());
  }

  LogNote withTwin(FileStat packed) {
    return new LogNote(sample, stat, looks, state, Optional.of(packed));
  }

  /** Reads what {@link #facts} wrote; empty when something else wrote it. */
  static Optional<LogNote> find(Map<String, String> attributes) {
    String head = attributes.get(HEAD);
    String tail = attributes.get(TAIL);
    if (head == null || tail == null) {
      return Optional.empty();
    }
    return Optional.of(
        new LogNote(
            new LogSample(new ContentHash(head), new ContentHash(tail)),
            Optional.ofNullable(attributes.get(STAT))
                .flatMap(FileStat::parse)
                .orElse(FileStat.UNKNOWN),
            Optional.ofNullable(attributes.get(LOOKS)).map(ContentHash::new),
            LogState.ARCHIVED.text().equals(attributes.get(STATE))
                ? LogState.ARCHIVED
                : LogState.ACTIVE,
            Optional.ofNullable(attributes.get(TWIN)).flatMap(FileStat::parse)));
  }

  ContentFacts facts() {
    ContentFacts.Builder facts =
        ContentFacts.builder()
            .attribute(HEAD, sample.head().hex())
            .attribute(TAIL, sample.tail().hex())
            .attribute(STAT, stat.text())
            .attribute(STATE, state.text());
    looks.ifPresent(hash -> facts.attribute(LOOKS, hash.hex()));
    twin.ifPresent(packed -> facts.attribute(TWIN, packed.text()));
    return facts.build();
  }
}
