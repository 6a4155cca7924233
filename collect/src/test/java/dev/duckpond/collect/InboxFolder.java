package dev.duckpond.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder of this machine into which a test puts files, and an empty pond that takes them in; both
 * last as long as the test.
 *
 * <pre>
 * directory/
 *   inbox/    the folder
 *   pond/     the pond
 * </pre>
 */
final class InboxFolder implements BeforeEachCallback, AfterEachCallback {
  /** The first line of a file in the long form of LakeTech. */
  static final String HEAD = "Series Name,Location,Parameter,Timestamp,Value,Offset\n";

  private Optional<Path> directory = Optional.empty();
  private Optional<CollectPond> pond = Optional.empty();

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    Path made = Files.createTempDirectory("pond-inbox-");
    directory = Optional.of(made);
    pond = Optional.of(CollectPond.create(made));
    Files.createDirectories(path());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    pond.ifPresent(CollectPond::close);
    try (Stream<Path> files = Files.walk(directory())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Answers a directory of this test alone, in which the folder and the pond lie. */
  Path directory() {
    return directory.orElseThrow();
  }

  CollectPond pond() {
    return pond.orElseThrow();
  }

  Path path() {
    return directory().resolve("inbox");
  }

  Path resolve(String name) {
    return path().resolve(name);
  }

  /** Writes a file, an hour before the clock of the pond. */
  InboxFolder file(String name, String text) {
    return file(name, text, CollectPond.START.minusSeconds(3600));
  }

  InboxFolder file(String name, String text, Instant modified) {
    try {
      Files.writeString(path().resolve(name), text);
      Files.setLastModifiedTime(path().resolve(name), FileTime.from(modified));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes rows of one thing, {@code T}, in the long form; each begins with its time. */
  InboxFolder longFile(String name, String... rows) {
    StringBuilder text = new StringBuilder(HEAD);
    for (String row : rows) {
      text.append("T,D,x,").append(row).append(",0\n");
    }
    return file(name, text.toString());
  }

  /** Answers a configuration that takes CSV in the long form, in the time of Los Angeles. */
  String longYaml(String more) {
    return """
    sources:
      - pattern: %s/*.csv
        format: csv
        to: /field/$0.series
        long: {name: Series Name, value: Value, offset: Offset, sign: subtract}
        timezone: America/Los_Angeles
    %s
    """
        .formatted(path(), more.indent(4));
  }

  /** Answers a configuration of one source for all files, which become {@code /a}. */
  String yaml(String format, String more) {
    String rest = more.isEmpty() ? "" : ", " + more;
    return "sources: [{pattern: '%s/*', format: %s, to: /a%s}]".formatted(path(), format, rest);
  }

  /** Takes in CSV in the long form. */
  CollectPond.Ran takeLong(String more) {
    return take(longYaml(more));
  }

  CollectPond.Ran take(String yaml) {
    return pond().run(InboxKind.NAME, yaml);
  }

  /** Takes a file in that must fail, and answers why. */
  String problem(String yaml) {
    return take(yaml).failure().orElseThrow().problem();
  }

  static long seconds(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }
}
