package dev.duckpond.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Answers the version this was built as. */
final class PondVersion {
  private PondVersion() {}

  static String current() {
    try (InputStream text = PondVersion.class.getResourceAsStream("version.txt")) {
      if (text == null) {
        throw new IllegalStateException("the build left out version.txt");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("reading version.txt", e);
    }
  }
}
