package dev.duckpond.tera;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Writes times as the letters of strftime ask, those that the library behind Tera 1.x knows (chrono
 * 0.4).
 */
final class Strftime {
  private final ZonedDateTime time;
  private final Locale locale;
  private final BoundedText text;

  private Strftime(ZonedDateTime time, Locale locale, BoundedText text) {
    this.time = time;
    this.locale = locale;
    this.text = text;
  }

  static String format(String format, ZonedDateTime time, BoundedText text) {
    return format(format, time, Locale.ENGLISH, text);
  }

  static String format(String format, ZonedDateTime time, Locale locale, BoundedText text) {
    new Strftime(time, locale, text).append(format);
    return text.toString();
  }

  private void append(String format) {
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        text.append(c);
        continue;
      }
      int start = at;
      while (at < format.length() && "-_0.:3679".indexOf(format.charAt(at)) >= 0) {
        at++;
      }
      if (at == format.length()) {
        throw unknown(format.substring(start));
      }
      letter(format.substring(start, at), format.charAt(at++));
    }
  }

  /** Appends what one letter stands for, with the signs between it and the percent sign. */
  private void letter(String signs, char letter) {
    switch (signs) {
      case "" -> plain(letter, ' ');
      case "-", "_", "0" -> plain(letter, signs.charAt(0));
      case ":" -> offset(letter, "xxx");
      case "::" -> {
        offset(letter, "xxx");
        int seconds = Math.abs(time.getOffset().getTotalSeconds() % 60);
        text.append(String.format(Locale.ROOT, ":%02d", seconds));
      }
      case ".", ".3", ".6", ".9", "3", "6", "9" -> fraction(signs, letter);
      default -> throw unknown(signs + letter);
    }
  }

  private void plain(char letter, char padding) {
    switch (letter) {
      case 'Y' -> number(time.getYear(), 4, '0', padding);
      case 'C' -> number(Math.floorDiv(time.getYear(), 100), 2, '0', padding);
      case 'y' -> number(Math.floorMod(time.getYear(), 100), 2, '0', padding);
      case 'G' -> number(time.get(IsoFields.WEEK_BASED_YEAR), 4, '0', padding);
      case 'g' -> number(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, '0', padding);
      case 'm' -> number(time.getMonthValue(), 2, '0', padding);
      case 'd' -> number(time.getDayOfMonth(), 2, '0', padding);
      case 'e' -> number(time.getDayOfMonth(), 2, '_', padding);
      case 'j' -> number(time.getDayOfYear(), 3, '0', padding);
      case 'q' -> number(time.get(IsoFields.QUARTER_OF_YEAR), 1, '0', padding);
      case 'U' -> number((time.getDayOfYear() + 6 - sundays()) / 7, 2, '0', padding);
      case 'W' -> number((time.getDayOfYear() + 6 - mondays()) / 7, 2, '0', padding);
      case 'V' -> number(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', padding);
      case 'u' -> number(time.getDayOfWeek().getValue(), 1, '0', padding);
      case 'w' -> number(sundays(), 1, '0', padding);
      case 'H' -> number(time.getHour(), 2, '0', padding);
      case 'k' -> number(time.getHour(), 2, '_', padding);
      case 'I' -> number(hourOfHalf(), 2, '0', padding);
      case 'l' -> number(hourOfHalf(), 2, '_', padding);
      case 'M' -> number(time.getMinute(), 2, '0', padding);
      case 'S' -> number(time.getSecond(), 2, '0', padding);
      case 'f' -> number(time.getNano(), 9, '0', padding);
      case 's' -> number(time.toEpochSecond(), 1, '0', padding);
      default -> {
        if (padding != ' ') {
          throw unknown(Character.toString(padding) + letter);
        }
        words(letter);
      }
    }
  }

  private void words(char letter) {
    switch (letter) {
      case 'a' -> text.append(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale));
      case 'A' -> text.append(time.getDayOfWeek().getDisplayName(TextStyle.FULL, locale));
      case 'b', 'h' -> text.append(time.getMonth().getDisplayName(TextStyle.SHORT, locale));
      case 'B' -> text.append(time.getMonth().getDisplayName(TextStyle.FULL, locale));
      case 'p' -> text.append(time.getHour() < 12 ? "AM" : "PM");
      case 'P' -> text.append(time.getHour() < 12 ? "am" : "pm");
      case 'Z' -> text.append(zoneName());
      case 'z' -> offset('z', "xx");
      case 'D', 'x' -> append("%m/%d/%y");
      case 'F' -> append("%Y-%m-%d");
      case 'v' -> append("%e-%b-%Y");
      case 'R' -> append("%H:%M");
      case 'T', 'X' -> append("%H:%M:%S");
      case 'r' -> append("%I:%M:%S %p");
      case 'c' -> append("%a %b %e %H:%M:%S %Y");
      case '+' -> append("%Y-%m-%dT%H:%M:%S%.f%:z");
      case 't' -> text.append('\t');
      case 'n' -> text.append('\n');
      case '%' -> text.append('%');
      default -> throw unknown(Character.toString(letter));
    }
  }

  private void fraction(String signs, char letter) {
    if (letter != 'f') {
      throw unknown(signs + letter);
    }
    String digits = String.format(Locale.ROOT, "%09d", time.getNano());
    char last = signs.charAt(signs.length() - 1);
    if (last != '.') {
      text.append(signs.length() == 2 ? "." : "").append(digits, 0, last - '0');
      return;
    }
    // A bare point shows as many digits as there are: none, three, six or nine.
    int shown = time.getNano() == 0 ? 0 : 9;
    while (shown > 3 && digits.substring(shown - 3, shown).equals("000")) {
      shown -= 3;
    }
    text.append(shown == 0 ? "" : ".").append(digits, 0, shown);
  }

  private void offset(char letter, String pattern) {
    if (letter != 'z') {
      throw unknown(":" + letter);
    }
    text.append(DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time));
  }

  private void number(long number, int width, char usual, char asked) {
    char padding = asked == ' ' ? usual : asked;
    String digits = Long.toString(Math.abs(number));
    String filler = padding == '_' ? " " : padding == '0' ? "0" : "";
    text.append(number < 0 ? "-" : "");
    text.append(filler.repeat(Math.max(0, width - digits.length()))).append(digits);
  }

  private String zoneName() {
    if (time.getOffset().equals(time.getZone())) {
      return time.getOffset().getTotalSeconds() == 0
          ? "UTC"
          : DateTimeFormatter.ofPattern("xxx", Locale.ROOT).format(time);
    }
    return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
  }

  /** Counts the days since Sunday. */
  private int sundays() {
    return time.getDayOfWeek().getValue() % 7;
  }

  /** Counts the days since Monday. */
  private int mondays() {
    return time.getDayOfWeek().getValue() - 1;
  }

  private int hourOfHalf() {
    return time.get(ChronoField.CLOCK_HOUR_OF_AMPM);
  }

  private static CallException unknown(String letters) {
    return new CallException(
        "`%" + letters + "` is no part of a date format", "A percent sign itself is `%%`.");
  }
}
