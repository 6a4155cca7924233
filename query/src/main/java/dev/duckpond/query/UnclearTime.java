package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.util.List;

/**
 * A form of written times that may be read in several ways, though the engine would choose one: the
 * order of day and month, a century, a zone, a date without separators.
 *
 * @param condition which values are of it
 * @param problem what errors say of such a value, behind it
 * @param reason why
 */
public record UnclearTime(Sql condition, String problem, String reason) {
  /** Advice for counts that are too small; of a URL, as all advice about options. */
  public static final String COUNT_REMEDY =
      "Write dates and times in full, as in 2024-06-01T12:00:00Z; or say what the numbers count from"
          + " 1970 on, with '?time_unit=s' for instance.";

  /** Advice for a value that the format that was given does not read. */
  public static final String FORMAT_REMEDY =
      "Correct the line, or 'timestampformat', which it does not fit.";

  /** Matches an offset from UTC that there can be, up to 18 hours. */
  public static final String OFFSET =
      "[+-]((0[0-9]|1[0-7])(:?[0-5][0-9](:?[0-5][0-9])?)?|18(:?00(:?00)?)?)$";

  private static final String OFFSET_BEGUN = "[0-9]:[0-9]{2}[0-9:.]* *[+-][0-9]{2}";

  private static final String SEVERAL = "can be read in several ways";

  /** What stands behind a time and says in which zone it is, in one way. */
  private static final String ZONE =
      "[0-9] *([Zz]|[Uu][Tt][Cc]|[Gg][Mm][Tt])$|[0-9] *[A-Za-z_]+/[A-Za-z0-9_/+-]+$";

  private static final String CLOCK_ALONE =
      "^[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( *[AaPp][Mm])?$";

  private static final String WORD = "[0-9]:[0-9]{2}[^A-Za-z]*[A-Za-z]";
  private static final String TWELVE_HOURS = "[0-9] *[AaPp][.]?[Mm][.]?$";
  private static final String SWAPPABLE =
      "^[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}([0-9]{2})?([^0-9]|$)";

  /** Of the length of a count from 1970 that nobody writes, or that lies decades ahead. */
  private static final List<String> DATES =
      List.of("%Y%m%d", "%Y%m%d%H", "%Y%m%d%H%M", "%Y%m%d%H%M%S");

  /**
   * Counts of seconds below are of before March 1973, as years and days of spreadsheets would be.
   */
  private static final double LEAST_SECONDS = 1e8;

  /** Answers the form of a value, as below, that is a time of day alone. */
  public static UnclearTime ofClock(Sql text) {
    return new UnclearTime(matches(text, CLOCK_ALONE), "is no time", "it has no date");
  }

  /** Answers a condition: whether a zone or an offset from UTC stands behind a time. */
  static Sql isZoned(Sql text) {
    return matches(text, ZONE).plus(" OR ").plus(matches(text, OFFSET_BEGUN));
  }

  /** Lists the forms of a value that is text, without blanks around it. */
  public static List<UnclearTime> ofText(Sql text) {
    Sql twelve = matches(text, TWELVE_HOURS);
    Sql word =
        matches(text, WORD)
            .plus(" AND NOT ")
            .plus(matches(text, ZONE))
            .plus(" AND NOT ")
            .plus(twelve);
    return List.of(
        new UnclearTime(
            word,
            "ends in a word that is not clear",
            "abbreviations of zones stand for several; UTC, GMT, Z, offsets such as -07:00 and names"
                + " such as America/Denver for one"),
        new UnclearTime(
            matches(text, SWAPPABLE), SEVERAL, "it does not begin with a year of four digits"),
        new UnclearTime(
            matches(text, WORD).plus(" AND ").plus(twelve),
            "is of a clock of twelve hours",
            "that is read only as a format says, such as %Y-%m-%d %I:%M %p"));
  }

  /** Answers the form of a value, as above, behind which is no offset that there can be. */
  public static UnclearTime ofOffset(Sql text) {
    return new UnclearTime(
        matches(text, OFFSET_BEGUN).plus(" AND NOT ").plus(matches(text, OFFSET)),
        "is no time",
        "an offset from UTC is at most 18 hours, and its minutes are below 60");
  }

  /** Answers the form of a value that is a number: a date without separators is no count. */
  public static UnclearTime ofNumber(Sql number) {
    SqlBuilder sql = new SqlBuilder().text("coalesce((").append(number);
    sql.text(" <> trunc(").append(number).text(") AND abs(").append(number).text(") < ");
    sql.literal(LEAST_SECONDS).text(")");
    for (String date : DATES) {
      sql.text(" OR (year(try_strptime(CAST(TRY_CAST(")
          .append(number)
          .text(" AS BIGINT) AS VARCHAR), ")
          .literal(date)
          .text(")) BETWEEN 1900 AND 2100)");
    }
    return new UnclearTime(
        sql.text(", FALSE)").build(),
        SEVERAL,
        "it is a number that may be a date or count from 1970");
  }

  /**
   * Answers the form of whole numbers that count too little: days of spreadsheets, years. Proper
   * times beside them show that they are what clocks said that were never set.
   *
   * @param rows what stands after FROM, for all the numbers
   */
  public static UnclearTime ofSmall(Sql number, Sql rows) {
    return new UnclearTime(
        new SqlBuilder()
            .text("coalesce(abs(")
            .append(number)
            .text(") < ")
            .literal(LEAST_SECONDS)
            .text(" AND (SELECT ")
            .append(areSmall(number))
            .text(" FROM ")
            .append(rows)
            .text("), FALSE)")
            .build(),
        "is near the beginning of 1970, as all times of the file",
        "it may be a year, or a day of a spreadsheet");
  }

  /** Answers an aggregate: whether there are numbers, and all count too little. */
  static Sql areSmall(Sql number) {
    return new SqlBuilder()
        .text("coalesce(max(abs(")
        .append(number)
        .text(")) < ")
        .literal(LEAST_SECONDS)
        .text(", FALSE)")
        .build();
  }

  /** Answers a condition: whether a value has a pattern in it. */
  static Sql matches(Sql text, String pattern) {
    return new SqlBuilder()
        .text("regexp_matches(")
        .append(text)
        .text(", ")
        .literal(pattern)
        .text(")")
        .build();
  }
}
