package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays every conversation in {@code src/test/resources/transcripts}, each in its own directory.
 */
class TranscriptFilesTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> everyFile_goesAsWritten() throws IOException, URISyntaxException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(name(file), file.toUri(), () -> play(file)));
  }

  private List<Path> files() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(getClass().getResource("/transcripts"), "transcripts");
    try (Stream<Path> entries = Files.list(Path.of(folder.toURI()))) {
      return entries.sorted().toList();
    }
  }

  /** What went wrong is told together with what to do about it. */
  @TestFactory
  Stream<DynamicTest> everyError_hasARemedy() throws IOException, URISyntaxException {
    return files().stream()
        .map(
            file -> DynamicTest.dynamicTest(name(file), file.toUri(), () -> requireRemedies(file)));
  }

  private static void requireRemedies(Path file) throws IOException {
    for (Transcript.Exchange exchange : Transcript.parse(Files.readString(file)).exchanges()) {
      List<String> answer = exchange.answer();
      boolean failed = !answer.isEmpty() && answer.getLast().startsWith("= ");
      if (failed && answer.stream().anyMatch(line -> line.startsWith("! pond: "))) {
        assertThat(answer)
            .describedAs(exchange.command())
            .anyMatch(line -> line.matches("!   try: .+|<\\.\\.\\.>"));
      }
    }
  }

  private void play(Path file) throws IOException {
    Path own = Files.createDirectory(directory.resolve(name(file)));
    CliFixture.in(own).check(Files.readString(file));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".txt", "");
  }
}
