package dev.duckpond.cli;

import java.util.ArrayList;
import java.util.List;

/** Lists the words that options with a choice take, for shell completion. */
final class Choices {
  private Choices() {}

  /** The words of {@code --color}. */
  static final class Color extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Color() {
      super(List.of("auto", "always", "never"));
    }
  }

  /** The words of {@code --progress}. */
  static final class Progress extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Progress() {
      super(List.of("auto", "bar", "json", "none"));
    }
  }

  /** The words of {@code --format}. */
  static final class Format extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Format() {
      super(List.of(FormatOptions.NAMES.split(", ")));
    }
  }

  /** The shells of {@code completion}. */
  static final class Shell extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Shell() {
      super(List.of("bash", "zsh", "fish"));
    }
  }

  /** What {@code config} does. */
  static final class ConfigAction extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ConfigAction() {
      super(List.of("list", "get", "set", "unset"));
    }
  }
}
