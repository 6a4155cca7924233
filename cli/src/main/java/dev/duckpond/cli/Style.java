package dev.duckpond.cli;

/** Colours text for one stream, or leaves it as it is. */
enum Style {
  PLAIN,
  COLOURED;

  /** Decides for a stream: the choice, then {@code NO_COLOR} and {@code TERM}, then the stream. */
  static Style of(ColorChoice choice, CliEnvironment environment, StandardStream stream) {
    return switch (choice) {
      case ALWAYS -> COLOURED;
      case NEVER -> PLAIN;
      case AUTO -> {
        boolean refused =
            environment.findVariable("NO_COLOR").isPresent()
                || environment.findVariable("TERM").filter("dumb"::equals).isPresent();
        yield environment.isTerminal(stream) && !refused ? COLOURED : PLAIN;
      }
    };
  }

  String bold(String text) {
    return wrap("1", text);
  }

  String dim(String text) {
    return wrap("2", text);
  }

  String error(String text) {
    return wrap("1;31", text);
  }

  String warning(String text) {
    return wrap("33", text);
  }

  String hint(String text) {
    return wrap("36", text);
  }

  private String wrap(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
