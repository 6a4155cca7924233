package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ConversionOptions;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.UnclearTimes;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The time of the rows of a file. Each time of a column of text says for itself whether it is
 * local: one with a zone or an offset behind it is not.
 */
record InboxTime(Source source, Column column) {
  private static final List<String> NAMES =
      List.of(
          "timestamp", "time", "ts", "datetime", "date_time", "event_time", "date time", "date");

  private static final Map<String, Sql> UNITS =
      Map.of(
          "s", Sql.of(" * 1000000"),
          "ms", Sql.of(" * 1000"),
          "us", Sql.of(""),
          "ns", Sql.of(" // 1000"));
  private static final String WITH_ZONE = "TIMESTAMP WITH TIME ZONE";
  private static final String TEXT = "VARCHAR";

  /** What a file in UTF-16 begins with when the two bytes of each character are swapped. */
  private static final String SWAPPED = "\ufffe";

  /**
   * Finds the column of the time.
   *
   * @param label what errors call the file
   * @throws PondException.Invalid when there is none
   */
  static InboxTime find(Source source, String label, List<Column> columns) {
    if (source.timeColumn().isPresent() && !isOfUtc(source)) {
      return new InboxTime(source, require(label, columns, source.timeColumn().get()));
    }
    for (String name : NAMES) {
      for (Column column : columns) {
        if (column.name().toLowerCase(Locale.ROOT).strip().equals(name)) {
          return new InboxTime(source, column);
        }
      }
    }
    if (!columns.isEmpty() && columns.getFirst().name().startsWith(SWAPPED)) {
      throw new PondException.Invalid(
          "'" + label + "' cannot be read",
          "it is UTF-16 with the bytes in the order that 'encoding: utf-16' does not read",
          "Convert it to UTF-8.");
    }
    throw new PondException.Invalid(
        "'" + label + "' has no time column",
        "its columns are " + String.join(", ", columns.stream().map(Column::name).toList()),
        "Name it with 'time_column'.");
  }

  /**
   * Finds a column that the configuration names.
   *
   * @throws PondException.Invalid when there is none
   */
  static Column require(String label, List<Column> columns, String name) {
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new PondException.Invalid(
                "'" + label + "' has no column '" + name + "'",
                "its columns are " + String.join(", ", columns.stream().map(Column::name).toList()),
                DidYouMean.sentence(
                    name,
                    columns.stream().map(Column::name).toList(),
                    "Correct the name in the configuration.")));
  }

  /** Tells whether the format has settled the zone already. */
  private static boolean isOfUtc(Source source) {
    return switch (source.format().format()) {
      case EXCELHTML, JSONLOGS, WEBLOG, OTELJSON -> true;
      case CSV, NDJSON, PARQUET, FILE, TABLE, SERIES, DATA -> false;
    };
  }

  String name() {
    return column.name();
  }

  /**
   * Tells whether the engine has read the time, and passed over what it could not tell: the order
   * of day and month, a century, a zone; for dates it does so in spite of a given format.
   */
  boolean isGuessed() {
    return !column.type().equals(TEXT) && (!isNumber() || !formats().isEmpty());
  }

  /** Answers the time as TIMESTAMP, in UTC but where it is local; NULL where it is none. */
  Sql instant() {
    Sql name = Sql.identifier(column.name());
    SqlBuilder sql = new SqlBuilder();
    if (column.type().equals(WITH_ZONE)) {
      return sql.text("CASE WHEN isfinite(")
          .append(name)
          .text(") THEN make_timestamp(epoch_us(")
          .append(name)
          .text(")) END")
          .build();
    }
    if (isNumber() && unit().isPresent()) {
      Sql wide = isFraction() ? name : Sql.of("CAST(").plus(name).plus(" AS HUGEINT)");
      return sql.text("make_timestamp(TRY_CAST(round(")
          .append(wide)
          .append(unit().get())
          .text(") AS BIGINT))")
          .build();
    }
    if (isFraction()) {
      return sql.text("make_timestamp(TRY_CAST(round(CASE WHEN abs(")
          .append(name)
          .text(") < 1e11 THEN ")
          .append(name)
          .text(" * 1e6 WHEN abs(")
          .append(name)
          .text(") < 1e14 THEN ")
          .append(name)
          .text(" * 1e3 WHEN abs(")
          .append(name)
          .text(") < 1e17 THEN ")
          .append(name)
          .text(" ELSE ")
          .append(name)
          .text(" / 1e3 END) AS BIGINT))")
          .build();
    }
    if (isNumber()) {
      return byMagnitude(Sql.of("CAST(").plus(name).plus(" AS BIGINT)"));
    }
    if (column.type().equals(TEXT)) {
      return text().instant();
    }
    return sql.text("TRY_CAST(").append(name).text(" AS TIMESTAMP)").build();
  }

  /** The magnitude tells the unit, as it does for the times of other formats. */
  private static Sql byMagnitude(Sql count) {
    return new SqlBuilder()
        .text("make_timestamp(CASE WHEN abs(")
        .append(count)
        .text(") < 100000000000 THEN ")
        .append(count)
        .text(" * 1000000 WHEN abs(")
        .append(count)
        .text(") < 100000000000000 THEN ")
        .append(count)
        .text(" * 1000 WHEN abs(")
        .append(count)
        .text(") < 100000000000000000 THEN ")
        .append(count)
        .text(" ELSE ")
        .append(count)
        .text(" // 1000 END)")
        .build();
  }

  /** Answers a condition: whether the time of a row is one of clocks on a wall. */
  Sql isLocal() {
    if (source.zone().isEmpty()
        || isOfUtc(source)
        || isNumber()
        || column.type().equals(WITH_ZONE)) {
      return Sql.of("FALSE");
    }
    return column.type().equals(TEXT) ? text().isLocal() : Sql.of("TRUE");
  }

  /** Lists what is refused of the times, though it may be read somehow. */
  List<InboxChecks.Refusal> refusals() {
    if (column.type().equals(TEXT)) {
      return text().refusals();
    }
    boolean mayBeDays = isNumber() && unit().isEmpty() && isText(source.format().format());
    return mayBeDays ? text().numberRefusals() : List.of();
  }

  private InboxTimeText text() {
    return new InboxTimeText(column.name(), formats());
  }

  /** Lists how the configuration says that times are written. */
  private List<String> formats() {
    return UnclearTimes.formats(source.format());
  }

  /** Finds what the configuration says that numbers count, as what makes microseconds of them. */
  private Optional<Sql> unit() {
    return Optional.ofNullable(source.format().options().get(ConversionOptions.TIME_UNIT))
        .map(UNITS::get);
  }

  private static boolean isText(PondUrl.Format format) {
    return format == PondUrl.Format.CSV || format == PondUrl.Format.NDJSON;
  }

  private boolean isNumber() {
    return isFraction() || column.type().endsWith("BIGINT") || column.type().endsWith("INTEGER");
  }

  private boolean isFraction() {
    return StoredTypes.isFloatType(column.type());
  }
}
