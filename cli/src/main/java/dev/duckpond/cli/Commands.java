package dev.duckpond.cli;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the commands; the class of one is loaded when it is chosen, so that a command costs at
 * start-up only what it needs itself.
 *
 * <p>A new command is one line in {@link #ALL} and one in {@link #create}.
 */
final class Commands {
  private static final List<CommandEntry> ALL =
      List.of(
          entry("init", CommandGroup.POND, "make an empty pond"),
          entry("status", CommandGroup.POND, "which pond this is, its health and size"),
          entry("demo", CommandGroup.POND, "try everything on a sample harbour"),
          entry("list", CommandGroup.FILES, "list paths", "ls"),
          entry("copy", CommandGroup.FILES, "copy files into the pond, or out of it"),
          entry("mkdir", CommandGroup.FILES, "make directories"),
          entry("mv", CommandGroup.FILES, "rename or move"),
          entry("rm", CommandGroup.FILES, "remove; history keeps it"),
          entry("ln", CommandGroup.FILES, "make a symbolic link"),
          entry("mknod", CommandGroup.FILES, "make a file or directory that computes itself"),
          entry("apply", CommandGroup.FILES, "make everything that documents describe"),
          entry("factories", CommandGroup.FILES, "what computes itself, and how", "list-factories"),
          entry("set-temporal-bounds", CommandGroup.FILES, "hide rows outside of some times"),
          entry("run", CommandGroup.FILES, "run what fetches or publishes"),
          entry("cat", CommandGroup.DATA, "print rows or bytes"),
          entry("sql", CommandGroup.DATA, "ask the whole pond", "query"),
          entry("describe", CommandGroup.DATA, "columns, times, gaps and versions"),
          entry("detect-overlaps", CommandGroup.DATA, "times that are told twice"),
          entry("export", CommandGroup.PUBLISHING, "write sorted Parquet by site and month"),
          entry("site-kit", CommandGroup.PUBLISHING, "write what a web site is made of"),
          entry("log", CommandGroup.HISTORY, "list transactions"),
          entry("show", CommandGroup.HISTORY, "what transactions changed"),
          entry("recover", CommandGroup.HISTORY, "finish what a crash left"),
          entry("maintain", CommandGroup.HISTORY, "compute kept series again"),
          entry("install-timer", CommandGroup.COMMAND, "print what runs nodes again and again"),
          entry("dev", CommandGroup.COMMAND, "play a service, to try a collector"),
          entry("config", CommandGroup.COMMAND, "show and change settings"),
          entry("help", CommandGroup.COMMAND, "explain a command"),
          entry("completion", CommandGroup.COMMAND, "print completion for bash, zsh or fish"));

  private Commands() {}

  /** Makes the command of an entry, fresh. */
  static PondCommand create(CommandEntry entry) {
    return switch (entry.name()) {
      case "init" -> new InitCommand();
      case "status" -> new StatusCommand();
      case "demo" -> new DemoCommand();
      case "list" -> new ListCommand();
      case "copy" -> new CopyCommand();
      case "mkdir" -> new MkdirCommand();
      case "mv" -> new MvCommand();
      case "rm" -> new RmCommand();
      case "ln" -> new LnCommand();
      case "mknod" -> new MknodCommand();
      case "apply" -> new ApplyCommand();
      case "factories" -> new FactoriesCommand();
      case "maintain" -> new MaintainCommand();
      case "run" -> new RunCommand();
      case "cat" -> new CatCommand();
      case "sql" -> new SqlCommand();
      case "describe" -> new DescribeCommand();
      case "detect-overlaps" -> new DetectOverlapsCommand();
      case "set-temporal-bounds" -> new SetTemporalBoundsCommand();
      case "export" -> new ExportCommand();
      case "site-kit" -> new SiteKitCommand();
      case "log" -> new LogCommand();
      case "show" -> new ShowCommand();
      case "recover" -> new RecoverCommand();
      case "install-timer" -> new InstallTimerCommand();
      case "dev" -> new DevCommand();
      case "config" -> new ConfigCommand();
      case "help" -> new HelpCommand();
      case "completion" -> new CompletionCommand();
      default -> throw new IllegalStateException("no class for command " + entry.name());
    };
  }

  /** Answers all commands, in the order of the help page. */
  static List<CommandEntry> list() {
    return ALL;
  }

  /** Finds a command by its name or another name it has. */
  static Optional<CommandEntry> find(String word) {
    for (CommandEntry entry : ALL) {
      if (entry.name().equals(word) || entry.aliases().contains(word)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /**
   * Answers the command of a word.
   *
   * @throws PondException.Usage with the name that may be meant
   */
  static CommandEntry require(String word) {
    return find(word)
        .orElseThrow(() ->
            new PondException.Usage(
                "no command '" + word + "'",
                DidYouMean.question(word, words()),
                "pond help lists all commands"));
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (CommandEntry entry : ALL) {
      words.add(entry.name());
      words.addAll(entry.aliases());
    }
    return words;
  }

  private static CommandEntry entry(
      String name, CommandGroup group, String summary, String... aliases) {
    return new CommandEntry(name, List.of(aliases), group, summary);
  }
}
