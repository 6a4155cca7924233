package dev.duckpond.cli;

/** Groups commands on the page of {@code pond --help}. */
enum CommandGroup {
  POND("A pond"),
  FILES("Files in it"),
  DATA("Looking at data"),
  PUBLISHING("Publishing"),
  HISTORY("History and care"),
  COMMAND("The command itself");

  private final String title;

  CommandGroup(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
