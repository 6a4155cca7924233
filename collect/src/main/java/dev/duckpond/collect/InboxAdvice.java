package dev.duckpond.collect;

import dev.duckpond.formats.ConversionOptions;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the words of a configuration what other parts advise for URLs: formats are the same in
 * both, but options are written in another place.
 */
final class InboxAdvice {
  /** A URL with options, or these alone, in quotes. */
  private static final Pattern URL = Pattern.compile("'([^'?\\s]*)\\?([a-z_]+=[^']*)'");

  private static final Pattern PACKING = Pattern.compile("out of the URL");
  private static final Pattern FORMAT = Pattern.compile("'host\\+([^':]*):///file[^']*'");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_…/-]+");

  /** Keys of a source, which are no options of its format. */
  private static final Set<String> KEYS =
      Set.of(
          ConversionOptions.TIMEZONE, ConversionOptions.AMBIGUOUS, ConversionOptions.TIME_COLUMN);

  private InboxAdvice() {}

  /** Answers the same error about a file. */
  static PondException.Invalid of(PondException.Invalid e) {
    return new PondException.Invalid(e.problem(), e.reason(), inConfiguration(e.remedy()), e);
  }

  /** Answers the same error about a format, whose URL nobody wrote. */
  static PondException.Usage of(PondException.Usage e) {
    return new PondException.Usage(
        FORMAT.matcher(e.problem()).replaceAll("the format '$1'"),
        e.reason(),
        inConfiguration(e.remedy()));
  }

  private static String inConfiguration(String remedy) {
    String text =
        URL.matcher(remedy)
            .replaceAll(
                found -> Matcher.quoteReplacement(inConfiguration(found.group(1), found.group(2))));
    return PACKING.matcher(text).replaceAll("out of 'format'");
  }

  private static String inConfiguration(String url, String query) {
    List<String> options = new ArrayList<>();
    for (String option : query.split("&", -1)) {
      int equals = option.indexOf('=');
      String value = option.substring(equals + 1);
      String written = PLAIN.matcher(value).matches() ? value : "\"" + value + "\"";
      options.add(option.substring(0, equals) + ": " + written);
    }
    String first = options.getFirst();
    if (options.size() == 1 && KEYS.contains(first.substring(0, first.indexOf(':')))) {
      return "'" + first + "'";
    }
    String all = "'options: {" + String.join(", ", options) + "}'";
    return url.startsWith("csv:") ? "'format: csv' and " + all : all;
  }
}
