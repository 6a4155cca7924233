package dev.duckpond.cli;

import dev.duckpond.query.ResultFormat;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers what holds for this command: an option, else the environment, else the file of the pond,
 * else the file of the user, else the default.
 *
 * <p>Files are read when first asked for. A text that does not fit is an error that names where it
 * was written. One thread only.
 */
final class Settings {
  private final Map<Setting, String> flags;
  private final CliEnvironment environment;
  private final PondLocator locator;
  private final Consumer<String> warnings;
  private final Map<Setting, SettingValue> known = new EnumMap<>(Setting.class);
  private Optional<SettingsFile> pondFile = Optional.empty();
  private Optional<SettingsFile> userFile = Optional.empty();
  private boolean filesRead;

  /**
   * Makes the settings of one command line.
   *
   * @param warnings told of a file of the user that cannot be read; the command goes on without
   * @throws PondException.Usage when an option has a value that does not fit
   */
  Settings(
      Map<Setting, String> flags,
      CliEnvironment environment,
      PondLocator locator,
      Consumer<String> warnings) {
    this.flags = new EnumMap<>(Setting.class);
    this.flags.putAll(flags);
    this.environment = environment;
    this.locator = locator;
    this.warnings = warnings;
    this.flags.keySet().forEach(this::typed);
  }

  /** Answers the most memory the SQL engine may use. */
  long memoryLimitBytes() {
    return (Long) typed(Setting.MEMORY_LIMIT);
  }

  /** Answers the most threads the SQL engine may use, at least one. */
  int threads() {
    int number = (Integer) typed(Setting.THREADS);
    return number == 0 ? environment.processors() : number;
  }

  /** Answers how long to wait for the write lock. */
  Duration lockTimeout() {
    return (Duration) typed(Setting.LOCK_TIMEOUT);
  }

  /** Answers when to colour. */
  ColorChoice color() {
    return (ColorChoice) typed(Setting.COLOR);
  }

  /** Answers how to show progress. */
  ProgressChoice progress() {
    return (ProgressChoice) typed(Setting.PROGRESS);
  }

  /** Finds the format for rows that somebody chose; nothing means that the command decides. */
  Optional<ResultFormat> findFormat() {
    return ((Optional<?>) typed(Setting.FORMAT)).map(ResultFormat.class::cast);
  }

  /** Answers the value that counts, with its source. */
  SettingValue value(Setting setting) {
    return known.computeIfAbsent(setting, this::resolve);
  }

  /** Answers the values of all settings, in order. */
  List<SettingValue> list() {
    return List.of(Setting.values()).stream().map(this::value).toList();
  }

  /**
   * Checks every value, also those that the command does not use.
   *
   * @throws PondException.Usage for the first that does not fit
   */
  void requireFitting() {
    List.of(Setting.values()).forEach(this::typed);
  }

  /** Finds the file of the user; nothing when there is no home directory. */
  static Optional<Path> findUserFile(CliEnvironment environment) {
    return environment
        .findVariable("XDG_CONFIG_HOME")
        .or(() -> environment.findVariable("HOME").map(home -> home + "/.config"))
        .map(directory -> environment.workingDirectory().resolve(directory).resolve("pond/config"));
  }

  /** Answers the file of a pond. */
  static Path pondFile(Path pondDirectory) {
    return pondDirectory.resolve("config");
  }

  private Object typed(Setting setting) {
    SettingValue value = value(setting);
    try {
      return setting.read(value.text());
    } catch (IllegalArgumentException e) {
      throw unfit(value, e);
    }
  }

  private static PondException unfit(SettingValue value, IllegalArgumentException cause) {
    String reason = String.valueOf(cause.getMessage());
    String problem =
        "wrong value of the setting '" + value.setting().key() + "' in " + value.origin();
    String key = value.setting().key();
    String usual = value.setting().defaultText();
    return switch (value.source()) {
      case FLAG ->
          new PondException.Usage(
              "wrong value of " + value.origin(), reason, "--" + key + " " + usual);
      case ENVIRONMENT ->
          new PondException.Usage(
              problem,
              reason,
              "Unset " + value.setting().variable() + ", or set it to '" + usual + "', say.");
      case POND, DEFAULT ->
          new PondException.Usage(problem, reason, "pond config set " + key + " " + usual);
      case USER ->
          new PondException.Usage(problem, reason, "pond config set --user " + key + " " + usual);
    };
  }

  private SettingValue resolve(Setting setting) {
    String flag = flags.get(setting);
    if (flag != null) {
      return new SettingValue(setting, flag, SettingSource.FLAG, "--" + setting.key());
    }
    Optional<String> variable = environment.findVariable(setting.variable());
    if (variable.isPresent()) {
      return new SettingValue(
          setting, variable.get(), SettingSource.ENVIRONMENT, "$" + setting.variable());
    }
    readFiles();
    return pondFile
        .flatMap(file -> file.find(setting, SettingSource.POND))
        .or(() -> userFile.flatMap(file -> file.find(setting, SettingSource.USER)))
        .orElseGet(
            () -> new SettingValue(setting, setting.defaultText(), SettingSource.DEFAULT, ""));
  }

  /** A user whose home is locked away still works; what the file says is wrong stays an error. */
  private Optional<SettingsFile> readUserFile(Path file) {
    try {
      return Optional.of(SettingsFile.read(file));
    } catch (PondException.Failed e) {
      warnings.accept(e.problem() + ": " + e.reason() + "; going on without it");
      return Optional.empty();
    }
  }

  private void readFiles() {
    if (!filesRead) {
      filesRead = true;
      pondFile = locator.find().map(Settings::pondFile).map(SettingsFile::read);
      userFile = findUserFile(environment).flatMap(this::readUserFile);
    }
  }
}
