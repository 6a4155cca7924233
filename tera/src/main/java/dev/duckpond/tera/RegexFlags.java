package dev.duckpond.tera;

/** Says how a part of a regular expression is meant. */
record RegexFlags(boolean caseless, boolean multiline, boolean dotAll, boolean extended) {
  static final RegexFlags NONE = new RegexFlags(false, false, false, false);

  /** Returns these with one changed; the flags that change no answer are taken and forgotten. */
  RegexFlags with(char flag, boolean on) {
    return switch (flag) {
      case 'i' -> new RegexFlags(on, multiline, dotAll, extended);
      case 'm' -> new RegexFlags(caseless, on, dotAll, extended);
      case 's' -> new RegexFlags(caseless, multiline, on, extended);
      case 'x' -> new RegexFlags(caseless, multiline, dotAll, on);
      default -> this;
    };
  }
}
