package dev.duckpond.tera;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * Makes names for URLs. Latin letters lose their marks; letters of other scripts become hyphens.
 */
final class Slug {
  /** Latin letters that are no letter with a mark. */
  private static final Map<Integer, String> LETTERS =
      Map.ofEntries(
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'ħ', "h"),
          Map.entry((int) 'ı', "i"),
          Map.entry((int) 'µ', "u"),
          Map.entry((int) 'μ', "u"));

  private Slug() {}

  static String of(String text) {
    StringBuilder slug = new StringBuilder();
    String parted = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    parted.codePoints().forEach(c -> append(slug, c));
    int end = slug.length();
    return end > 0 && slug.charAt(end - 1) == '-' ? slug.substring(0, end - 1) : slug.toString();
  }

  private static void append(StringBuilder slug, int c) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug.append((char) c);
    } else if (LETTERS.containsKey(c)) {
      slug.append(LETTERS.get(c));
    } else if (Character.getType(c) != Character.NON_SPACING_MARK
        && !slug.isEmpty()
        && slug.charAt(slug.length() - 1) != '-') {
      slug.append('-');
    }
  }
}
