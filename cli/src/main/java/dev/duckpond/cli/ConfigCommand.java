package dev.duckpond.cli;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and changes settings, each with the place its value comes from. */
@Command(
    header = {
      "pond config list",
      "pond config list --format json",
      "pond config get memory-limit",
      "pond config set memory-limit 2GB",
      "pond config set --user color never"
    },
    description = {
      "Shows and changes settings. A value comes from an option, else from the environment"
          + " (POND_MEMORY_LIMIT), else from the file 'config' of the pond, else from the user's"
          + " file, else from the default.",
    })
final class ConfigCommand implements PondCommand {
  private static final List<String> ACTIONS = new Choices.ConfigAction();

  @Mixin FormatOptions format = new FormatOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "list",
      paramLabel = "list|get|set|unset",
      completionCandidates = Choices.ConfigAction.class,
      description = "what to do; list when nothing is said")
  String action = "list";

  @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "a setting")
  @Nullable String key;

  @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "its new value")
  @Nullable String value;

  @Option(names = "--user", description = "change the user's file, not that of the pond")
  boolean user;

  @Override
  public ExitCode run(CommandContext context) {
    requireNoMore();
    switch (action) {
      case "list" -> {
        list(context);
        context.settings().requireFitting();
      }
      case "get" -> context.out().line(context.settings().value(setting()).text());
      case "set" -> set(context);
      case "unset" -> unset(context);
      default ->
          throw new PondException.Usage(
              "pond config cannot '" + action + "'",
              DidYouMean.question(action, ACTIONS),
              "pond help config");
    }
    return ExitCode.DONE;
  }

  /** Refuses words that the action has no use for. */
  private void requireNoMore() {
    String extra =
        switch (action) {
          case "list" -> key;
          case "get", "unset" -> value;
          default -> null;
        };
    if (extra != null) {
      throw new PondException.Usage(
          "one argument too many for pond config " + action, "'" + extra + "'", "pond help config");
    }
  }

  private static void list(CommandContext context) {
    if (context.settings().findFormat().isPresent()) {
      print(context);
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (SettingValue known : context.settings().list()) {
      rows.add(List.of(known.setting().key(), known.text(), word(known.source()), known.origin()));
    }
    TextColumns.align(rows).forEach(context.out()::line);
  }

  private static void print(CommandContext context) {
    MemoryRows rows = MemoryRows.columns("key", "value", "source", "origin");
    for (SettingValue known : context.settings().list()) {
      rows.row()
          .text(known.setting().key())
          .text(known.text())
          .text(word(known.source()))
          .text(known.origin());
    }
    try (ReadSource engine = ReadSource.withoutPond(context)) {
      rows.print(context, engine.session());
    }
  }

  private static String word(SettingSource source) {
    return source.name().toLowerCase(Locale.ROOT);
  }

  private void set(CommandContext context) {
    Setting setting = setting();
    String text =
        Optional.ofNullable(value)
            .orElseThrow(() ->
                new PondException.Usage("pond config set needs VALUE", "", "pond help config"));
    try {
      Object ignored = setting.read(text);
    } catch (IllegalArgumentException e) {
      throw new PondException.Usage(
          "cannot set " + setting.key(),
          String.valueOf(e.getMessage()),
          "pond config set "
              + (user ? "--user " : "")
              + setting.key()
              + " "
              + setting.defaultText());
    }
    Path file = file(context);
    SettingsFile.read(file).with(setting, text).write();
    context.note("set " + setting.key() + " to " + text + " in " + file);
  }

  private void unset(CommandContext context) {
    Setting setting = setting();
    Path file = file(context);
    SettingsFile.read(file).without(setting).write();
    context.note("removed " + setting.key() + " from " + file);
  }

  private Path file(CommandContext context) {
    if (user) {
      return Settings.findUserFile(context.environment())
          .orElseThrow(() ->
              new PondException.NotFound(
                  "no place for the settings of the user",
                  "neither $XDG_CONFIG_HOME nor $HOME is set",
                  "set one of them"));
    }
    return context
        .locator()
        .find()
        .map(Settings::pondFile)
        .orElseThrow(() ->
            new PondException.NotFound(
                "no pond to keep the setting",
                "--pond is not given, $POND is not set, and no pond is above the working directory",
                "pond config " + action + " --user … keeps it for you instead"));
  }

  private Setting setting() {
    if (key == null) {
      throw new PondException.Usage("pond config " + action + " needs KEY", "", "pond help config");
    }
    String wanted = key;
    return Setting.find(wanted)
        .orElseThrow(() ->
            new PondException.NotFound(
                "no setting '" + wanted + "'",
                DidYouMean.question(wanted, Setting.keys()),
                "pond config list shows all settings"));
  }
}
