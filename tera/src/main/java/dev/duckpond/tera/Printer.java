package dev.duckpond.tera;

/** Writes values as templates print them: text as it is, arrays in brackets, objects not at all. */
final class Printer {
  private final BoundedText text;
  private final Budget budget;

  private Printer(Budget budget) {
    this.budget = budget;
    this.text = new BoundedText(budget);
  }

  static String print(Value value, Budget budget) {
    return switch (value) {
      case TextValue plain -> plain.text();
      case IntegerValue number -> Long.toString(number.number());
      case NullValue _, BoolValue _, BigValue _, FloatValue _, ArrayValue _, ObjectValue _ -> {
        Printer printer = new Printer(budget);
        printer.append(value, 0);
        yield printer.text.toString();
      }
    };
  }

  private void append(Value value, int depth) {
    switch (value) {
      case NullValue _ -> {}
      case BoolValue flag -> text.append(Boolean.toString(flag.flag()));
      case IntegerValue number -> text.append(Long.toString(number.number()));
      case BigValue number -> text.append(number.number().toString());
      case FloatValue number -> text.append(Decimals.printed(number.number()));
      case TextValue plain -> text.append(plain.text());
      case ArrayValue array -> appendArray(array, depth);
      case ObjectValue _ -> text.append("[object]");
    }
  }

  private void appendArray(ArrayValue array, int depth) {
    Nesting.check(depth);
    text.append("[");
    for (int i = 0; i < array.size(); i++) {
      budget.spend(1);
      text.append(i == 0 ? "" : ", ");
      append(array.at(i), depth + 1);
    }
    text.append("]");
  }
}
