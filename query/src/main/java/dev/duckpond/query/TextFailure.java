package dev.duckpond.query;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.tinyfs.PondException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes failures of the engine with a file of text as a whole, whose words are about its own
 * functions, or show where the file lies inside of the pond.
 */
final class TextFailure {
  private static final String NO_UTF_16 = "File is not utf-16 encoded";
  private static final String NO_OBJECTS = "json_read expected records";
  private static final String CUT_GZIP = "Unexpected end of GZIP stream";

  private static final Pattern FORMAT =
      Pattern.compile(
          "^Could not parse (?:DATE|TIMESTAMP)FORMAT: (?:Unrecognized format for strftime/strptime:"
              + " (\\S+))?");

  private TextFailure() {}

  /**
   * Finds out whether an error of the engine is such a failure.
   *
   * @param failed the beginning of the message for the user
   */
  static Optional<PondException> find(String failed, DuckException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith(NO_UTF_16)) {
      return Optional.of(
          new PondException.Invalid(
              failed,
              "it is not UTF-16, or has characters that cannot be read from it, as emoji are",
              "Convert it to UTF-8, and leave 'encoding' out.",
              e));
    }
    if (message.startsWith(NO_OBJECTS)) {
      return Optional.of(
          new PondException.Invalid(
              failed,
              "it is empty, or its lines are no objects",
              "Write one object a line, or leave the file out.",
              e));
    }
    if (message.startsWith(CUT_GZIP)) {
      return Optional.of(
          new PondException.Invalid(
              failed,
              "it ends in the middle of what is packed as gzip, as half a copy does",
              "Get it again from where it came from.",
              e));
    }
    return ofFormat(failed, FORMAT.matcher(message), e);
  }

  private static Optional<PondException> ofFormat(String failed, Matcher format, DuckException e) {
    if (!format.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new PondException.Invalid(
            failed,
            format.group(1) == null
                ? "'timestampformat' or 'dateformat' is no format"
                : "'" + format.group(1) + "' says nothing in 'timestampformat' or 'dateformat'",
            "Write it as in %Y-%m-%d %H:%M:%S; counts from 1970 need none.",
            e));
  }
}
