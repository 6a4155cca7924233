package dev.duckpond.tera;

import java.util.List;
import java.util.Optional;

/** Is what a template can call by name: a filter, a test or a function. */
public sealed interface Callable permits Filter, ValueTest, Function {
  /** The name in templates. */
  String name();

  /** What it does: a sentence that starts with a verb. */
  String summary();

  /** Its arguments in the order of the reference; those of tests in the order of a call. */
  List<Parameter> parameters();

  /** What the reference shows. */
  Example example();

  /** Names it as messages do. */
  default String described() {
    String kind =
        switch (this) {
          case Filter _ -> "filter";
          case ValueTest _ -> "test";
          case Function _ -> "function";
        };
    return kind + " `" + name() + "`";
  }

  /** Finds an argument by name. */
  default Optional<Parameter> parameter(String name) {
    return parameters().stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }

  /** Whether what a filter or function makes is escaped where templates are. */
  enum Result {
    /** It may hold anything and is escaped. */
    PLAIN,
    /** It is HTML, or safe within it, and printed as it stands. */
    MARKUP
  }
}
