package dev.duckpond.tera;

/** Counts what one rendering does against its {@link Limits}. */
final class Budget {
  /** Characters of text, or elements of an array, that are made for one step. */
  private static final int MADE_PER_STEP = 16;

  /** Characters that are compared for one step. */
  private static final int SEARCHED_PER_STEP = 64;

  private final Limits limits;
  private long steps;
  private int depth;

  Budget(Limits limits) {
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  /** Takes one step. */
  void step(Span at) {
    if (++steps > limits.steps()) {
      throw at.fault(tooManySteps(), remedy());
    }
  }

  /** Takes several steps on behalf of a filter, test or function. */
  void spend(long count) {
    steps += count;
    if (steps > limits.steps()) {
      throw new CallException(tooManySteps(), remedy());
    }
  }

  /** Pays for a value that was made; its parts are paid for already. */
  void made(Value value) {
    switch (value) {
      case TextValue text -> madeText(text.text().length());
      case ArrayValue array -> madeArray(array.size());
      case ObjectValue object -> spend(object.keys().size() / MADE_PER_STEP);
      case NullValue _, BoolValue _, IntegerValue _, BigValue _, FloatValue _ -> {}
    }
  }

  void madeText(long chars) {
    if (chars > limits.textChars()) {
      throw new CallException(
          "a string is longer than " + limits.textChars() + " characters",
          "Print parts of it as they come, instead of collecting them.");
    }
    spend(chars / MADE_PER_STEP);
  }

  void madeArray(long elements) {
    if (elements > limits.elements()) {
      throw new CallException(
          "an array has more than " + limits.elements() + " elements", "Work on a part of it.");
    }
    spend(elements / MADE_PER_STEP);
  }

  /** Pays for going through a value once, of which only the text counts here. */
  void read(Value value) {
    if (value instanceof TextValue(String text)) {
      spend(text.length() / MADE_PER_STEP);
    }
  }

  /** Pays for looking for one string in another, which may compare each with each. */
  void search(String text, String wanted) {
    spend((long) text.length() * wanted.length() / SEARCHED_PER_STEP);
  }

  void enter(Span at) {
    if (++depth > limits.depth()) {
      throw at.fault(
          "more than " + limits.depth() + " levels deep",
          "Look for a macro or template that calls itself without end.");
    }
  }

  void leave() {
    depth--;
  }

  private String tooManySteps() {
    return "the page takes more than " + limits.steps() + " steps";
  }

  private static String remedy() {
    return "Look for a loop that is longer than meant, or make several pages of it.";
  }
}
