package dev.duckpond.cli;

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
    URL folder = Objects.requireNonNull(getClass().getResource("/transcripts"), "transcripts");
    List<Path> files;
    try (Stream<Path> entries = Files.list(Path.of(folder.toURI()))) {
      files = entries.sorted().toList();
    }
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(name(file), file.toUri(), () -> play(file)));
  }

  private void play(Path file) throws IOException {
    Path own = Files.createDirectory(directory.resolve(name(file)));
    CliFixture.in(own).check(Files.readString(file));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".txt", "");
  }
}
