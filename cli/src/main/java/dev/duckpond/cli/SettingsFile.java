package dev.duckpond.cli;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
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
    } catch (FileSystemException e) {
      // Some set HOME to /dev/null: below a file there is no file either.
      if (HostTrouble.isBelowFile(e)) {
        return new SettingsFile(file, List.of());
      }
      throw unreadable(file, e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static PondException unreadable(Path file, IOException cause) {
    return HostTrouble.of("cannot read " + file, "Remove it, or make it a text file.", cause);
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

  /**
   * Writes the file in one step: a reader sees the lines before or the lines after. Without lines
   * the file is removed.
   *
   * <p>Who may read it stays as it was; of a new file the process decides, as of any other. A link
   * stays one, and what it leads to is written.
   */
  void write() {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (lines.stream().allMatch(String::isBlank)) {
        Files.deleteIfExists(target);
      } else {
        replace(target);
      }
    } catch (IOException e) {
      throw HostTrouble.ofMaking(
          "cannot write " + file,
          "Check the directory that it lies in, or set $HOME or $XDG_CONFIG_HOME.",
          e);
    }
  }

  private void replace(Path target) throws IOException {
    Path directory = target.getParent();
    if (directory == null) {
      throw new IllegalStateException("no directory above " + target);
    }
    Files.createDirectories(directory);
    Path draft = directory.resolve(".config-" + ProcessHandle.current().pid() + ".new");
    try {
      // One that an ended process of the same number left would keep its mode.
      Files.deleteIfExists(draft);
      Files.write(draft, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
      keepMode(target, draft);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void keepMode(Path from, Path to) throws IOException {
    PosixFileAttributeView before = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (before != null && Files.exists(from)) {
      Files.setPosixFilePermissions(to, before.readAttributes().permissions());
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
