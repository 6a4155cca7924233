package dev.duckpond.formats;

import dev.duckpond.tinyfs.PondException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody says about the times of a file.
 *
 * @param timeColumn the member or column that holds the time, when its name does not tell
 * @param unit of times that are numbers; by default told by magnitude
 * @param zone of times that say none themselves
 * @param ambiguous which instant is meant by a local time that a change of the clocks makes twice
 */
public record ConversionOptions(
    Optional<String> timeColumn,
    Optional<EpochScale> unit,
    Optional<ZoneId> zone,
    Ambiguous ambiguous) {
  /** The names of the options. */
  public static final String TIME_COLUMN = "time_column";

  public static final String TIME_UNIT = "time_unit";
  public static final String TIMEZONE = "timezone";
  public static final String AMBIGUOUS = "ambiguous";

  /** Nothing is said. */
  public static final ConversionOptions NONE =
      new ConversionOptions(
          Optional.empty(), Optional.empty(), Optional.empty(), Ambiguous.REFUSED);

  /** What becomes of a local time that two instants share, or that the clocks skipped. */
  public enum Ambiguous {
    /** It is an error. */
    REFUSED,
    /** The earlier instant; a skipped time is as much later as the clocks were put forward. */
    EARLIER,
    /** The later instant; a skipped time as above. */
    LATER
  }

  /**
   * Reads options; those of other names are left alone.
   *
   * @throws PondException.Usage when a value cannot be
   */
  public static ConversionOptions of(Map<String, String> options) {
    return new ConversionOptions(
        Optional.ofNullable(options.get(TIME_COLUMN)),
        Optional.ofNullable(options.get(TIME_UNIT)).map(EpochScale::require),
        Optional.ofNullable(options.get(TIMEZONE)).map(ConversionOptions::requireZone),
        Optional.ofNullable(options.get(AMBIGUOUS))
            .map(ConversionOptions::requireSide)
            .orElse(Ambiguous.REFUSED));
  }

  private static ZoneId requireZone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new PondException.Usage(
          "'" + name + "' is not a time zone",
          "",
          "Write it as 'America/Los_Angeles' or '-08:00'.");
    }
  }

  private static Ambiguous requireSide(String word) {
    return Stream.of(Ambiguous.EARLIER, Ambiguous.LATER)
        .filter(side -> side.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new PondException.Usage(
                "the option '" + AMBIGUOUS + "' cannot be '" + word + "'",
                "",
                "Use one of earlier, later."));
  }
}
