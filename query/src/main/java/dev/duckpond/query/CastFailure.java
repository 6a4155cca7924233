package dev.duckpond.query;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which value a node could not cast. The engine tells no more than the text that it could not
 * convert, so {@link #words} stand behind the value in that text, and are found again in the error.
 */
public final class CastFailure {
  private static final Pattern WORDS =
      Pattern.compile(
          "[\"'](.*) in the column '(.*)', cast to (\\w+) by '(.*)'[\"']", Pattern.DOTALL);

  private CastFailure() {}

  /**
   * Answers what is to follow a value in the text whose conversion fails.
   *
   * @param type what users call the type that it should become
   * @param node whose configuration asks for the cast
   */
  public static String words(String column, String type, PondPath node) {
    return " in the column '" + column + "', cast to " + type + " by '" + node + "'";
  }

  /**
   * Finds out whether a message of the engine is about such a value.
   *
   * @param failed the beginning of the message for the user
   */
  static Optional<PondException> find(String failed, String message, Throwable cause) {
    Matcher matcher = WORDS.matcher(message);
    return matcher.find()
        ? Optional.of(
            new PondException.Invalid(
                failed,
                "'%s' in the column '%s' cannot be cast to %s, as '%s' says"
                    .formatted(
                        matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)),
                "Correct the value, or leave the cast out and use try_cast(… AS …) in a query,"
                    + " which gives NULL instead.",
                cause))
        : Optional.empty();
  }
}
