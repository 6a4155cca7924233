package dev.duckpond.query;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.formats.ShownCell;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the SQL engine reports into what a user is told; the one place that does. */
public final class QueryErrors {
  private static final Pattern LINE = Pattern.compile("^CSV Error on Line: (\\d+)");

  private static final Pattern PLACE =
      Pattern.compile(" in file \".*\", at byte \\d+ in line \\d+");

  /** The engine guesses among tables of its own that nobody made. */
  private static final Pattern CATALOG_GUESS =
      Pattern.compile(
          "\\n?Did you mean \"(?:(?:pg|duckdb|sqlite)_\\w+|information_schema\\.\\w+)[^\\n]*");

  private static final String NO_ZSTD = "Unknown frame descriptor";

  /** What the decoder says of Zstandard whose frames are whole and whose blocks are not. */
  private static final Set<String> DAMAGED_ZSTD =
      Set.of(
          "Data corruption detected",
          "Restored data doesn't match checksum",
          "Header of Literals' block doesn't respect format specification",
          "Unsupported frame parameter",
          "Dictionary mismatch");

  /** What to do about lines that end in two ways. */
  static final String REMEDY_OF_LINE_ENDS =
      "Write all lines with one kind of end, as 'dos2unix' does, and close each quote.";

  private static final String LOST_AMONG_LINES =
      "The CSV Parser state machine reached an invalid state";

  private static final String UNTERMINATED_QUOTE = "Value with unterminated quote found";

  private static final Pattern NO_VALUE =
      Pattern.compile(
          "^Error when converting column \"(.*)\"\\. Could not convert string"
              + " \"([\\s\\S]*)\" to '([^'\\n]*)'",
          Pattern.MULTILINE);

  private static final String WRITTEN =
      "'host+csv+series:///PATH?delim=;&decimal_separator=,&skip=2'.";

  private QueryErrors() {}

  /** Something that may run into an error of the engine. */
  public interface Action {
    void run();
  }

  /** Runs an action; errors of the engine come out as {@link PondException}. */
  public static void translating(String what, Action action) {
    translating(
        what,
        () -> {
          action.run();
          return true;
        });
  }

  /**
   * Answers what an action answers; errors of the engine come out as {@link PondException}.
   *
   * @param what the beginning of the message: "the query", for instance, which then failed
   */
  public static <T> T translating(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (DuckException e) {
      throw of(what, e);
    }
  }

  /** Answers the error to show for one of the engine. */
  public static PondException of(String what, DuckException e) {
    String failed = what + " failed";
    Optional<PondException> ofText = TextFailure.find(failed, e);
    if (ofText.isPresent()) {
      return ofText.get();
    }
    String reason = reason(e);
    if (isBadText(e)) {
      return badText(failed, e);
    }
    return switch (e.kind()) {
      case SYNTAX -> new PondException.Invalid(failed, reason, remedyOfSyntax(reason), e);
      case BINDING ->
          new PondException.Invalid(
              failed,
              reason,
              "Run 'pond describe PATH' for the columns; put one with a dot in double quotes.",
              e);
      case CATALOG ->
          new PondException.Invalid(
              failed, reason, "Put a path in double quotes, and a pattern in pond('…').", e);
      case CONVERSION ->
          CastFailure.find(failed, String.valueOf(e.getMessage()), e)
              .orElseGet(() ->
                  new PondException.Invalid(
                      failed,
                      reason,
                      "Convert with try_cast(… AS …), which gives NULL instead.",
                      e));
      case OUT_OF_MEMORY ->
          new PondException.NoSpace(
              failed, "it needs more memory than it may use", "Raise --memory-limit.", e);
      case NO_SPACE ->
          new PondException.NoSpace(
              failed,
              "there is no space left for its temporary files",
              "Free some space on that disk, or raise --memory-limit, which needs fewer of them.",
              e);
      case PERMISSION ->
          new PondException.Invalid(
              failed,
              "a query reads pond paths and the sources named on the command line, nothing else",
              "Name a file of this machine with --table name=host+csv:///path.",
              e);
      case INTERRUPTED -> new PondException.Failed(failed, "it was stopped", "Run it again.", e);
      case MISSING_FILE, NOT_PARQUET, TRUNCATED_PARQUET ->
          new PondException.Corrupt(
              failed, reason, "Get the file again from where it came from, or from a backup.", e);
      case IO ->
          new PondException.Failed(
              failed, reason, "Check the disk; --debug shows where it comes from.", e);
      case OTHER ->
          new PondException.Failed(
              failed, reason, "Correct the query; --debug shows where it comes from.", e);
    };
  }

  private static String remedyOfSyntax(String reason) {
    if (reason.startsWith("a PIVOT inside another query")) {
      return "List them, or let the PIVOT stand alone; what a stage makes of it with output_table"
          + " can be asked.";
    }
    return reason.startsWith("only a single query is accepted")
        ? "Ask one query; change the pond with copy, mkdir, mv, ln and rm."
        : "See the examples of 'pond help sql'.";
  }

  private static boolean isBadText(DuckException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("CSV Error on Line:")
        || isOfLineEnds(e)
        || message.startsWith("Error when sniffing file")
        || message.startsWith("Malformed JSON")
        || message.startsWith("Input is not a GZIP")
        || message.startsWith("ZSTD Decompression")
        || message.startsWith(NO_ZSTD)
        || isDamagedZstd(message);
  }

  /**
   * Tells whether the engine lost the lines of a CSV file, as it does when they end in two ways.
   */
  static boolean isOfLineEnds(DuckException e) {
    return String.valueOf(e.getMessage()).startsWith(LOST_AMONG_LINES);
  }

  /**
   * Tells whether a CSV file may have lines that end in two ways. Behind a quoted value the engine
   * takes an end of another kind for part of that value.
   */
  static boolean mayBeOfLineEnds(DuckException e) {
    return isOfLineEnds(e) || whole(e).contains(UNTERMINATED_QUOTE);
  }

  private static boolean isDamagedZstd(String message) {
    return DAMAGED_ZSTD.contains(message.lines().findFirst().orElse("").strip());
  }

  /** Says what is wrong with a text file, and where; the engine's advice names its own options. */
  private static PondException badText(String failed, DuckException e) {
    String message = whole(e);
    if (message.contains("not utf-8 encoded")) {
      return new PondException.Invalid(
          failed,
          "it is not UTF-8" + lineOf(message).map(line -> ", see line " + line).orElse(""),
          "Say the encoding, '?encoding=latin-1' or '?encoding=utf-16', or convert the file.",
          e);
    }
    if (isDamagedZstd(message)) {
      return new PondException.Invalid(
          failed,
          "it is damaged: what is unpacked of it as zstd is not what was packed",
          "Get it again from where it came from.",
          e);
    }
    for (String packing : List.of("GZIP", "ZSTD")) {
      if (message.startsWith("Input is not a " + packing)
          || message.startsWith(packing)
          || (packing.equals("ZSTD") && message.startsWith(NO_ZSTD))) {
        String word = packing.toLowerCase(Locale.ROOT);
        return new PondException.Invalid(
            failed,
            "it is not packed with " + word + ", or damaged",
            "Leave '+" + word + "' out of the URL when it is plain text.",
            e);
      }
    }
    if (isOfLineEnds(e)) {
      return new PondException.Invalid(
          failed,
          "it is not clear where its lines end: they end in two ways, or a quote is not closed",
          REMEDY_OF_LINE_ENDS,
          e);
    }
    Matcher value = NO_VALUE.matcher(message);
    if (value.find()) {
      return noValue(failed, value, lineOf(message), e);
    }
    if (message.startsWith("Error when sniffing file")) {
      return new PondException.Invalid(
          failed, "it cannot be read as CSV", "Say how it is written, as in " + WRITTEN, e);
    }
    String sentence = message.startsWith("CSV") ? lastBefore(message) : withoutPlace(message);
    String why = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return new PondException.Invalid(
        failed,
        lineOf(message).map(line -> "line " + line + ": " + why).orElse(why),
        message.startsWith("CSV")
            ? "Correct the file, or say how it is written, as in " + WRITTEN
            : "Correct the file.",
        e);
  }

  private static PondException noValue(
      String failed, Matcher value, Optional<String> line, DuckException e) {
    String column = value.group(1);
    String text = value.group(2);
    String what =
        "'%s' in the column '%s' cannot be read as %s"
            .formatted(ShownCell.of(text), column, value.group(3));
    return new PondException.Invalid(
        failed,
        line.map(number -> "line " + number + ": " + what).orElse(what),
        text.equals(column)
            ? "When that is the line of names, say '?skip=1' for an empty line before it."
            : "Write the values of the column alike, or say how the file is written, as in "
                + WRITTEN,
        e);
  }

  private static String lastBefore(String message) {
    return message
        .lines()
        .takeWhile(line -> !line.startsWith("Possible "))
        .filter(line -> !line.isBlank())
        .toList()
        .getLast()
        .strip();
  }

  /** Leaves out the blob that holds the text, and a line number that the engine miscounts. */
  private static String withoutPlace(String message) {
    String first = message.lines().findFirst().orElse("").strip();
    return PLACE.matcher(first).replaceFirst("");
  }

  /** The bad line itself, which may hold empty lines, stands before what is wrong with it. */
  private static String whole(DuckException e) {
    String first = String.valueOf(e.getMessage()).strip();
    String all = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
    int begin = all.indexOf(first);
    return begin < 0 ? first : all.substring(begin);
  }

  private static Optional<String> lineOf(String message) {
    Matcher matcher = LINE.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String reason(DuckException e) {
    String message = CATALOG_GUESS.matcher(String.valueOf(e.getMessage())).replaceAll("").strip();
    if (message.startsWith("TProtocolException")) {
      return "a Parquet file that it reads is damaged inside";
    }
    return e.findExcerpt()
        .filter(QueryErrors::isOfUser)
        .map(excerpt -> message + "\n" + excerpt)
        .orElse(message);
  }

  /** Tells whether the line shown is the user's, and not one that was made around the query. */
  private static boolean isOfUser(String excerpt) {
    return !excerpt.startsWith("LINE 1: COPY (") && !excerpt.contains("AS result(\"");
  }
}
