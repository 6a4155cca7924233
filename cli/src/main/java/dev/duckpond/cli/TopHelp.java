package dev.duckpond.cli;

/** Writes the page of {@code pond --help} from the list of commands alone, without loading any. */
final class TopHelp {
  /** Columns for the name of a command and the gap after it. */
  private static final int NAME_WIDTH = 21;

  private TopHelp() {}

  static String text(Style style) {
    StringBuilder page = new StringBuilder();
    page.append("pond: a very small data lake for time series\n\n");
    page.append(style.bold("Example")).append("\n  pond demo\n\n");
    page.append(style.bold("Usage")).append("\n  pond [OPTIONS] COMMAND [OPTIONS] [ARGUMENTS]\n");
    for (CommandGroup group : CommandGroup.values()) {
      appendGroup(page, style, group);
    }
    page.append('\n').append(style.bold("Everywhere")).append('\n');
    appendRow(page, "--pond DIR", "the pond; else $POND, else the nearest one above");
    appendRow(page, "-h, --help", "explain a command: pond COMMAND --help");
    appendRow(page, "-V, --version", "print the version");
    return page.toString();
  }

  private static void appendGroup(StringBuilder page, Style style, CommandGroup group) {
    boolean first = true;
    for (CommandEntry entry : Commands.list()) {
      if (entry.group() == group) {
        if (first) {
          page.append('\n').append(style.bold(group.title())).append('\n');
          first = false;
        }
        appendRow(page, entry.name(), entry.summary());
      }
    }
  }

  private static void appendRow(StringBuilder page, String left, String right) {
    page.append("  ").append(left);
    page.repeat(' ', Math.max(2, NAME_WIDTH - left.length()));
    page.append(right).append('\n');
  }
}
