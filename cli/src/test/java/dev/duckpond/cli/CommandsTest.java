package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** What holds for every command of the list. */
class CommandsTest {
  static List<CommandEntry> everyCommand() {
    return Commands.list();
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void help_everyCommand_startsWithAnExampleAndExplains(CommandEntry entry) {
    CommandModel model = CommandModel.of(entry);
    assertThat(model.help(Style.PLAIN, 80)).startsWith("Example\n  ").contains("\nUsage\n  pond ");
    assertThat(model.spec().usageMessage().description()).isNotEmpty();
    assertThat(model.spec().usageMessage().header()).allMatch(example -> example.contains("pond"));
    // Wider ones would be broken in two, and could not be copied from the screen.
    assertThat(model.spec().usageMessage().header()).allMatch(example -> example.length() <= 78);
    for (OptionSpec option : model.spec().options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
  }

  @Test
  void help_variablesOfConfigurations_areShownAsTheyAreWritten() {
    assertThat(CommandModel.of(Commands.require("run")).help(Style.PLAIN, 100))
        .contains("what ${var:NAME} stands for");
    assertThat(CommandModel.of(Commands.require("mknod")).help(Style.PLAIN, 100))
        .contains("${env:NAME} in it is looked up");
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void options_everyCommand_agreeWithWhatMayLead(CommandEntry entry) {
    for (OptionSpec option : CommandModel.of(entry).spec().options()) {
      for (String name : option.names()) {
        // Before a command -f is --filesystem; the -f of rm, as in coreutils, stands after it.
        boolean forces = name.equals("-f") && entry.name().equals("rm");
        if (CommonOptions.LEADING_WITH_VALUE.contains(name) && !forces) {
          assertThat(option.arity().min()).as(name + " of " + entry.name()).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void help_everyCommand_namesEachArgumentOnce(CommandEntry entry) {
    String help = CommandModel.of(entry).help(Style.PLAIN, 100);
    String usage = help.substring(help.indexOf("\nUsage\n"));
    String synopsis = usage.substring(0, usage.indexOf("\n\n"));
    assertThat(synopsis.replaceAll("\\[[^\\]]*\\]|-\\S+|\\.\\.\\.", "").strip().split("\\s+"))
        .doesNotHaveDuplicates();
  }

  @Test
  void find_alias_isTheCommand() {
    for (CommandEntry entry : Commands.list()) {
      assertThat(Commands.find(entry.name())).contains(entry);
      entry.aliases().forEach(alias -> assertThat(Commands.find(alias)).contains(entry));
    }
    assertThat(Commands.find("quack")).isEmpty();
  }

  @Test
  void split_optionsBeforeTheCommand_areHandedToIt() {
    assertThat(CommandWords.of(List.of("--pond", "list", "-q", "config", "get", "-v")))
        .isEqualTo(
            new CommandWords(Optional.of("config"), List.of("--pond", "list", "-q", "get", "-v")));
    assertThat(CommandWords.of(List.of("--pond=x", "list")))
        .isEqualTo(new CommandWords(Optional.of("list"), List.of("--pond=x")));
    assertThat(CommandWords.of(List.of("-q", "--", "list")).command()).isEmpty();
  }

  @Test
  void help_pondOption_saysWhatItMeansToTheCommand() {
    assertThat(help("list")).contains("the pond; else $POND, else the nearest one above");
    assertThat(help("init")).contains("where the pond is to be; else $POND\n");
    assertThat(help("demo")).contains("not used: the demo makes a pond of its own");
  }

  private static String help(String command) {
    return CommandModel.of(Commands.require(command)).help(Style.PLAIN, 110);
  }
}
