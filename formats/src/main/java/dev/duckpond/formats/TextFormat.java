package dev.duckpond.formats;

import java.util.List;
import java.util.Locale;

/** The formats that this room converts. Every result has a column {@code timestamp}, the first. */
public enum TextFormat {
  /** A JSON object of any shape a line. */
  JSONLOGS(1),
  /** The Common or Combined Log Format of web servers. */
  WEBLOG(1),
  /** Metrics or logs as OpenTelemetry's collector writes them to files, a JSON object a line. */
  OTELJSON(1),
  /** Tables of HTML pages that are made for spreadsheets. */
  EXCELHTML(3);

  private final int version;

  TextFormat(int version) {
    this.version = version;
  }

  /** Answers the word that URLs use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Answers the version of the conversion: another one may give other rows of the same bytes. */
  public int version() {
    return version;
  }

  /** Lists the options that it takes. */
  public List<String> options() {
    return switch (this) {
      case JSONLOGS ->
          List.of(
              ConversionOptions.TIME_COLUMN,
              ConversionOptions.TIME_UNIT,
              ConversionOptions.TIMEZONE,
              ConversionOptions.AMBIGUOUS);
      case EXCELHTML ->
          List.of(
              ConversionOptions.TIME_COLUMN,
              ConversionOptions.TIMEZONE,
              ConversionOptions.AMBIGUOUS);
      case WEBLOG, OTELJSON -> List.of();
    };
  }
}
