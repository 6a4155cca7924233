package dev.duckpond.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes pages for {@code man} from the same model that {@code --help} is printed from.
 *
 * <p>The format is that of man(7): lines that begin with a dot are requests.
 */
final class ManPage {
  private static final String SECTION = "1";

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** Answers the page of one command, which is named {@code pond-NAME}. */
  static String of(CommandEntry entry) {
    CommandSpec spec = CommandModel.of(entry).spec();
    ManPage out = new ManPage();
    out.begin("pond-" + entry.name(), entry.summary());
    out.section("EXAMPLE");
    out.examples(List.of(spec.usageMessage().header()));
    out.section("SYNOPSIS");
    out.line(".B pond " + text(entry.name()));
    out.line("[\\fIOPTIONS\\fR]");
    spec.positionalParameters().forEach(parameter -> out.line(text(label(parameter))));
    if (!entry.aliases().isEmpty()) {
      out.line(".PP");
      out.line("Also called: " + text(String.join(", ", entry.aliases())));
    }
    out.section("DESCRIPTION");
    for (String paragraph : spec.usageMessage().description()) {
      out.line(".PP");
      out.line(plain(paragraph));
    }
    if (!spec.positionalParameters().isEmpty()) {
      out.section("ARGUMENTS");
      spec.positionalParameters().forEach(parameter -> out.item(label(parameter), parameter));
    }
    out.section("OPTIONS");
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> out.item(label(option), option));
    out.section("SEE ALSO");
    out.line(".BR pond (" + SECTION + ")");
    return out.page.toString();
  }

  /** Answers the page that lists all commands. */
  static String ofAll() {
    ManPage out = new ManPage();
    out.begin("pond", "a very small data lake for time series");
    out.section("SYNOPSIS");
    out.line(".B pond");
    out.line("[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]");
    for (CommandGroup group : CommandGroup.values()) {
      out.section(group.title().toUpperCase(Locale.ROOT));
      for (CommandEntry entry : Commands.list()) {
        if (entry.group() == group) {
          out.line(".TP");
          out.line(".BR pond-" + text(entry.name()) + " (" + SECTION + ")");
          out.line(text(entry.summary()));
        }
      }
    }
    out.section("EXIT STATUS");
    for (ExitCode code : ExitCode.values()) {
      out.line(".TP");
      out.line(".B " + code.status());
      out.line(text(code.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    return out.page.toString();
  }

  private void begin(String name, String summary) {
    line(".TH " + text(name.toUpperCase(Locale.ROOT)) + " " + SECTION + " \"\" \"DuckPond\"");
    section("NAME");
    line(text(name) + " \\- " + text(summary));
  }

  private void examples(List<String> examples) {
    line(".nf");
    examples.forEach(example -> line(plain(example)));
    line(".fi");
  }

  private void item(String label, ArgSpec argument) {
    line(".TP");
    line("\\fB" + text(label) + "\\fR");
    line(plain(String.join(" ", argument.description())));
  }

  private static String label(ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option when option.arity().max() == 0 -> String.join(", ", option.names());
      case OptionSpec option -> String.join(", ", option.names()) + "=" + option.paramLabel();
      case PositionalParamSpec parameter -> parameter.paramLabel();
      default -> throw new IllegalStateException("neither option nor argument: " + argument);
    };
  }

  private void section(String title) {
    line(".SH " + text(title));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  /** Answers text of the model, in which a dollar sign is written twice. */
  private static String plain(String text) {
    return text(text.replace("$$", "$"));
  }

  /** Keeps the formatter from seeing its own signs in a text. */
  private static String text(String text) {
    String out = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    return out.startsWith(".") ? "\\&" + out : out;
  }
}
