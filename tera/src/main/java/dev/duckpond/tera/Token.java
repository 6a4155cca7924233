package dev.duckpond.tera;

/**
 * Is one word of a template.
 *
 * @param text the word itself; of a string what is between its quotes; of text what is printed
 */
record Token(Kind kind, String text, Span at) {
  enum Kind {
    TEXT,
    OUTPUT_OPEN,
    OUTPUT_CLOSE,
    TAG_OPEN,
    TAG_CLOSE,
    NAME,
    INTEGER,
    FLOAT,
    STRING,
    SYMBOL,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Says what it is, as messages do. */
  String described() {
    return switch (kind) {
      case TEXT -> "text";
      case STRING -> "a string";
      case END -> "the end of the template";
      case OUTPUT_OPEN, OUTPUT_CLOSE, TAG_OPEN, TAG_CLOSE, NAME, INTEGER, FLOAT, SYMBOL ->
          "`" + text + "`";
    };
  }
}
