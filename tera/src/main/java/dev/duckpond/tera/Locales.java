package dev.duckpond.tera;

import java.util.Locale;

/** Finds the language of dates. */
final class Locales {
  private Locales() {}

  static Locale of(Call call) {
    String name = call.text("locale", "");
    if (name.isEmpty() || name.equals("POSIX")) {
      return Locale.ENGLISH;
    }
    Locale locale = Locale.forLanguageTag(name.replace('_', '-'));
    if (locale.getLanguage().isEmpty()) {
      throw new CallException("there is no locale `" + name + "`", "Take a name such as fr_FR.");
    }
    return locale;
  }
}
