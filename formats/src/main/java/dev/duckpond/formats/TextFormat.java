package dev.duckpond.formats;

import java.util.List;
import java.util.Locale;

/** The formats that this room converts. Every result has a column {@code timestamp}, the first. */
public enum TextFormat {
  /** A JSON object of any shape a line. */
  JSONLOGS(
      1,
      List.of(
          ConversionOptions.TIME_COLUMN,
          ConversionOptions.TIME_UNIT,
          ConversionOptions.TIMEZONE,
          ConversionOptions.AMBIGUOUS)),
  /** The Common or Combined Log Format of web servers. */
  WEBLOG(1, List.of()),
  /** Metrics or logs as OpenTelemetry's collector writes them to files, a JSON object a line. */
  OTELJSON(1, List.of()),
  /** Tables of HTML pages that are made for spreadsheets. */
  EXCELHTML(
      1,
      List.of(
          ConversionOptions.TIME_COLUMN, ConversionOptions.TIMEZONE, ConversionOptions.AMBIGUOUS));

  private final int version;
  private final List<String> options;

  TextFormat(int version, List<String> options) {
    this.version = version;
    this.options = options;
  }

  /** Tells whether each line stands for itself, so that unfit ones are left out and told of. */
  public boolean isOfLines() {
    return this != EXCELHTML;
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
    return options;
  }
}
