package dev.duckpond.tera;

import java.util.Collection;

/** Writes the reference of what templates can call, in Markdown. */
final class ReferencePage {
  private final StringBuilder page = new StringBuilder();

  private ReferencePage() {}

  static String of(Library library) {
    ReferencePage reference = new ReferencePage();
    reference.page.append(
        """
        # What templates can call

        This page is generated from the table of built-ins, and every example on it is run by the build. Templates are
        those of [Tera 1.x](https://keats.github.io/tera/docs/); what is different is said in `docs/adr/0010-tera-of-our-own.md`.
        Arguments have names, except those of tests.

        """);
    reference.chapter("Filters", "`value | name(argument=…)`", library.filters());
    reference.chapter("Tests", "`value is name(argument)`, `value is not name`", library.tests());
    reference.chapter("Functions", "`name(argument=…)`", library.functions());
    return reference.page.toString().stripTrailing() + "\n";
  }

  private void chapter(String title, String usage, Collection<? extends Callable> callables) {
    page.append("## ").append(title).append("\n\n").append(usage).append("\n\n");
    callables.forEach(this::entry);
  }

  private void entry(Callable callable) {
    page.append("### ").append(callable.name()).append("\n\n");
    page.append(callable.summary()).append("\n\n");
    for (Parameter parameter : callable.parameters()) {
      page.append("- `").append(parameter.name()).append("`");
      switch (parameter.presence()) {
        case REQUIRED -> page.append(": ");
        case OPTIONAL -> page.append(" (optional): ");
      }
      page.append(parameter.what()).append("\n");
    }
    page.append(callable.parameters().isEmpty() ? "" : "\n");
    page.append("```\n").append(callable.example().template()).append("\n```\n\n");
    String result = callable.example().result();
    if (result.isEmpty()) {
      page.append("prints nothing.\n\n");
    } else {
      page.append("prints\n\n```\n").append(result).append("\n```\n\n");
    }
  }
}
