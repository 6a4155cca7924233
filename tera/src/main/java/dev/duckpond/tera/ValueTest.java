package dev.duckpond.tera;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers a question about a value: {@code value is name(argument)}. */
public record ValueTest(
    String name, String summary, List<Parameter> parameters, Example example, Body body)
    implements Callable {

  /** Copies the parameters. */
  public ValueTest {
    parameters = List.copyOf(parameters);
  }

  /** Does what a test does; safe to call from several threads. */
  @FunctionalInterface
  public interface Body {
    /**
     * Answers the question.
     *
     * @param subject the value, or null when it is not defined; see {@link Call#defined}
     * @throws CallException when there is no answer
     */
    boolean holds(@Nullable Value subject, Call call);
  }
}
