package dev.duckpond.collect;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.UnclearTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads times that are written as text: the year first, in four digits, and what says in which zone
 * they are behind them. What the engine would guess is refused.
 *
 * @param column the name of the column
 * @param formats how the configuration says that times are written; they come first
 */
record InboxTimeText(String column, List<String> formats) {
  /** Advice for times that may be read in several ways. */
  static final String HOW_WRITTEN =
      "Say how times are written, with 'options: {timestampformat: \"%m/%d/%Y %H:%M\"}' for"
          + " instance, or %d before %m, or with %I:%M %p.";

  private static final String DATE = "^[0-9]{4}[-/ ][0-9]{1,2}[-/ ][0-9]{1,2}";
  private static final String CLOCK = "[T ] *[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?";
  private static final String LOCAL = DATE + "(" + CLOCK + ")?$";
  private static final String UTC = " *([Zz]|[Uu][Tt][Cc]|[Gg][Mm][Tt])$";
  private static final String OFFSET = " *" + UnclearTime.OFFSET;
  private static final String REGION = " *[A-Za-z_]+/[A-Za-z0-9_/+-]+$";

  private static final String TWO_NUMBERS = "[0-9][^0-9]+[0-9]";

  /** Around a time; the engine leaves them there. */
  private static final String BLANKS = " \t\u00a0";

  InboxTimeText {
    formats = List.copyOf(formats);
  }

  /** Answers the time as TIMESTAMP, in UTC but where it is local; NULL where it is none. */
  Sql instant() {
    SqlBuilder sql = new SqlBuilder().text("CASE ");
    for (String format : formats) {
      Sql parsed = parsed(format);
      sql.text("WHEN ").append(parsed).text(" IS NOT NULL THEN ");
      sql.append(
          isZoned(format)
              ? Sql.of("make_timestamp(epoch_us(").plus(parsed).plus("))")
              : parsed.plus("::TIMESTAMP"));
      sql.text(" ");
    }
    return sql.text("WHEN ")
        .append(matches(LOCAL))
        .text(" THEN TRY_CAST(")
        .append(text())
        .text(" AS TIMESTAMP) WHEN ")
        .append(matches(DATE + CLOCK + UTC))
        .text(" THEN TRY_CAST(regexp_replace(")
        .append(text())
        .text(", ' *[A-Za-z]+$', '') AS TIMESTAMP) WHEN ")
        .append(matches(DATE + CLOCK + OFFSET))
        .text(" THEN make_timestamp(epoch_us(TRY_CAST(regexp_replace(")
        .append(text())
        .text(", ' +([+-][0-9:]+)$', '\\1') AS TIMESTAMPTZ))) WHEN ")
        .append(matches(DATE + CLOCK + REGION))
        .text(" THEN make_timestamp(epoch_us(TRY_CAST(")
        .append(text())
        .text(" AS TIMESTAMPTZ))) END")
        .build();
  }

  /** Answers a condition: whether there is a time with nothing behind it. */
  Sql isLocal() {
    SqlBuilder sql = new SqlBuilder().text("coalesce(");
    for (String format : formats) {
      if (!isZoned(format)) {
        sql.append(parsed(format)).text(" IS NOT NULL OR ");
      }
    }
    return sql.append(matches(LOCAL)).text(", FALSE)").build();
  }

  private static boolean isZoned(String format) {
    return format.contains("%z") || format.contains("%Z");
  }

  private Sql parsed(String format) {
    return new SqlBuilder()
        .text("try_strptime(")
        .append(text())
        .text(", ")
        .literal(format)
        .text(")")
        .build();
  }

  private Sql isUnread() {
    SqlBuilder sql = new SqlBuilder();
    for (String format : formats) {
      sql.append(parsed(format)).text(" IS NULL AND ");
    }
    return sql.build();
  }

  /** Lists what is refused before anything is called no time. */
  List<InboxChecks.Refusal> refusals() {
    UnclearTime clock = UnclearTime.ofClock(text());
    InboxChecks.Refusal withoutDate =
        new InboxChecks.Refusal(
            isUnread().plus(clock.condition()),
            clock.problem(),
            clock.reason(),
            "Write date and time in one column, as in 2024-06-01 12:00; if there is one already,"
                + " name it with 'time_column'.");
    UnclearTime offset = UnclearTime.ofOffset(text());
    InboxChecks.Refusal ofOffset =
        new InboxChecks.Refusal(
            isUnread().plus(offset.condition()),
            offset.problem(),
            offset.reason(),
            InboxChecks.CORRECT_LINE);
    return Stream.of(Stream.of(withoutDate, ofOffset), unclear(), Stream.of(writtenOtherwise()))
        .flatMap(each -> each)
        .toList();
  }

  private Stream<InboxChecks.Refusal> unclear() {
    return UnclearTime.ofText(text()).stream()
        .map(form ->
            new InboxChecks.Refusal(
                isUnread().plus(form.condition()), form.problem(), form.reason(), remedy()));
  }

  private String remedy() {
    return formats.isEmpty() ? HOW_WRITTEN : UnclearTime.FORMAT_REMEDY;
  }

  /** Answers what is no time, but could be one that a format reads. */
  private InboxChecks.Refusal writtenOtherwise() {
    return new InboxChecks.Refusal(
        new SqlBuilder()
            .append(InboxChecks.TIME)
            .text(" IS NULL AND ")
            .append(matches(TWO_NUMBERS))
            .text(" AND NOT ")
            .append(matches(LOCAL))
            .text(" AND NOT ")
            .append(matches(DATE + CLOCK))
            .build(),
        "is no time",
        "",
        remedy());
  }

  /** Lists what is refused of numbers. */
  List<InboxChecks.Refusal> numberRefusals() {
    Sql number = Sql.identifier(column);
    UnclearTime date = UnclearTime.ofNumber(number);
    UnclearTime small = UnclearTime.ofSmall(number, InboxChecks.ROWS);
    return List.of(
        new InboxChecks.Refusal(
            date.condition(),
            date.problem(),
            date.reason(),
            "Write dates with separators, or counts in milliseconds; or say how times are written,"
                + " with 'options: {timestampformat: \"%Y%m%d\"}' for instance."),
        new InboxChecks.Refusal(
            small.condition(), small.problem(), small.reason(), UnclearTime.COUNT_REMEDY));
  }

  private Sql text() {
    return new SqlBuilder()
        .text("trim(")
        .identifier(column)
        .text(", ")
        .literal(BLANKS)
        .text(")")
        .build();
  }

  private Sql matches(String pattern) {
    return new SqlBuilder()
        .text("regexp_matches(")
        .append(text())
        .text(", ")
        .literal(pattern)
        .text(")")
        .build();
  }
}
