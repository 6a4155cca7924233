package dev.duckpond.tera;

import java.util.List;

/** Makes one value of another: {@code value | name(argument=…)}. */
public record Filter(
    String name,
    String summary,
    List<Parameter> parameters,
    Example example,
    Result result,
    Body body)
    implements Callable {

  /** Copies the parameters. */
  public Filter {
    parameters = List.copyOf(parameters);
  }

  /** Makes a filter whose result is escaped where templates are. */
  public Filter(
      String name, String summary, List<Parameter> parameters, Example example, Body body) {
    this(name, summary, parameters, example, Result.PLAIN, body);
  }

  /** Does what a filter does; safe to call from several threads. */
  @FunctionalInterface
  public interface Body {
    /**
     * Makes the new value.
     *
     * @throws CallException when it cannot
     */
    Value apply(Value input, Call call);
  }
}
