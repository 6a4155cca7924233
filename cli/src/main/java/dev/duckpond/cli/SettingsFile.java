package dev.duckpond.cli;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds the lines of a settings file: {@code key: value}, blank lines, and comments after {@code
 * #}.
 *
 * <p>The form is described in {@code docs/format/config.md}. Immutable; a file that is not there
 * has no lines.
 */
final class SettingsFile {
  private final Path file;
  private final List<String> lines;
  private final Map<Setting, Integer> lineOf = new TreeMap<>();

  private SettingsFile(Path file, List<String> lines) {
    this.file = file;
    this.lines = List.copyOf(lines);
    for (int i = 0; i < lines.size(); i++) {
      String line = withoutComment(lines.get(i));
      if (!line.isEmpty()) {
        lineOf.put(key(line, i + 1), i);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws PondException.Invalid with file and line, when a line is not understood
   * @throws PondException.Failed when the file is there and cannot be read
   */
  static SettingsFile read(Path file) {
    try {
      return new SettingsFile(file, Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return new SettingsFile(file, List.of());
    } catch (IOException e) {
      throw HostTrouble.of("cannot read " + file, "Remove it, or make it a text file.", e);
    }
  }

  /** Finds what the file says of a setting; a later line wins. */
  Optional<SettingValue> find(Setting setting, SettingSource source) {
    return Optional.ofNullable(lineOf.get(setting))
        .map(index ->
            new SettingValue(
                setting,
                valueText(withoutComment(lines.get(index))),
                source,
                file + ":" + (index + 1)));
  }

  /** Answers the file with a setting replaced, or added at the end; nothing is written yet. */
  SettingsFile with(Setting setting, String text) {
    List<String> changed = new ArrayList<>(lines);
    Integer index = lineOf.get(setting);
    String line = setting.key() + ": " + text;
    if (index == null) {
      changed.add(line);
    } else {
      changed.set(index, line);
    }
    return new SettingsFile(file, changed);
  }

  /** Answers the file without a setting; nothing is written yet. */
  SettingsFile without(Setting setting) {
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = withoutComment(lines.get(i));
      if (line.isEmpty() || key(line, i + 1) != setting) {
        changed.add(lines.get(i));
      }
    }
    return new SettingsFile(file, changed);
  }

  /** Writes the file in one step: a reader sees the lines before or the lines after. */
  void write() {
    Path directory = file.toAbsolutePath().getParent();
    try {
      if (directory == null) {
        throw new IllegalStateException("no directory above " + file);
      }
      Files.createDirectories(directory);
      Path draft = Files.createTempFile(directory, ".config", ".new");
      try {
        Files.write(draft, lines, StandardCharsets.UTF_8);
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw HostTrouble.of("cannot write " + file, "Check the directory that it lies in.", e);
    }
  }

  private Setting key(String line, int number) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw new PondException.Invalid(
          file + ":" + number + " is not understood",
          "a line is 'key: value'",
          "mend the line; comments start with #");
    }
    String key = line.substring(0, colon).strip();
    return Setting.find(key)
        .orElseThrow(() ->
            new PondException.Invalid(
                file + ":" + number + ": no setting '" + key + "'",
                DidYouMean.question(key, Setting.keys()),
                "pond config list shows all settings"));
  }

  private static String valueText(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  private static String withoutComment(String line) {
    int hash = line.startsWith("#") ? 0 : line.indexOf(" #");
    return (hash < 0 ? line : line.substring(0, hash)).strip();
  }
}
