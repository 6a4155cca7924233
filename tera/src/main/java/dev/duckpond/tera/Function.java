package dev.duckpond.tera;

import java.util.List;

/** Makes a value of its arguments alone: {@code name(argument=…)}. */
public record Function(
    String name,
    String summary,
    List<Parameter> parameters,
    Example example,
    Result result,
    Body body)
    implements Callable {

  /** Copies the parameters. */
  public Function {
    parameters = List.copyOf(parameters);
  }

  /** Makes a function whose result is escaped where templates are. */
  public Function(
      String name, String summary, List<Parameter> parameters, Example example, Body body) {
    this(name, summary, parameters, example, Result.PLAIN, body);
  }

  /** Does what a function does; safe to call from several threads. */
  @FunctionalInterface
  public interface Body {
    /**
     * Makes the value.
     *
     * @throws CallException when it cannot
     */
    Value apply(Call call);
  }
}
