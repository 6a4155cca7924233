package dev.duckpond.cli;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.tinyfs.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names what can be set once for many commands: by an option, a variable of the environment, the
 * file of a pond, the file of a user.
 */
enum Setting {
  MEMORY_LIMIT("512MB", "memory the SQL engine may use, such as 512MB or 1GiB") {
    @Override
    Object read(String text) {
      long bytes = SizeText.parse(text);
      if (bytes < DuckOptions.MIN_MEMORY_LIMIT_BYTES) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is below "
                + SizeText.format(DuckOptions.MIN_MEMORY_LIMIT_BYTES)
                + ", the least the SQL engine works with");
      }
      return bytes;
    }
  },
  THREADS("auto", "threads the SQL engine may use; auto is one for each processor") {
    @Override
    Object read(String text) {
      if (text.equals("auto")) {
        return 0;
      }
      if (!text.matches("[1-9]\\d{0,3}")) {
        throw new IllegalArgumentException("'" + text + "' is not auto or a number from 1 to 9999");
      }
      return Integer.valueOf(text);
    }
  },
  LOCK_TIMEOUT("30s", "how long to wait for another writer, such as 30s or 5m") {
    @Override
    Object read(String text) {
      return DurationText.parse(text);
    }
  },
  COLOR("auto", "when to colour output: auto, always, never") {
    @Override
    Object read(String text) {
      return choice(ColorChoice.class, text);
    }
  },
  PROGRESS("auto", "how to show progress: auto, bar, json, none") {
    @Override
    Object read(String text) {
      return choice(ProgressChoice.class, text);
    }
  },
  FORMAT("auto", "how to print rows: auto, " + FormatOptions.NAMES) {
    @Override
    Object read(String text) {
      return text.equals("auto") ? Optional.empty() : Optional.of(FormatOptions.parse(text));
    }
  };

  private final String defaultText;
  private final String summary;

  Setting(String defaultText, String summary) {
    this.defaultText = defaultText;
    this.summary = summary;
  }

  /**
   * Answers the typed value of a text.
   *
   * @throws IllegalArgumentException with the reason, when the text does not fit
   */
  abstract Object read(String text);

  /** Answers the key, as in files and after {@code --}: {@code memory-limit}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Answers the variable of the environment: {@code POND_MEMORY_LIMIT}. */
  String variable() {
    return "POND_" + name();
  }

  /** Answers what holds when nobody set anything. */
  String defaultText() {
    return defaultText;
  }

  /** Answers what the setting is for, in a line. */
  String summary() {
    return summary;
  }

  /** Answers all keys, in order. */
  static List<String> keys() {
    return List.of(values()).stream().map(Setting::key).toList();
  }

  /** Finds a setting by its key. */
  static Optional<Setting> find(String key) {
    return List.of(values()).stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  private static <E extends Enum<E>> E choice(Class<E> family, String text) {
    for (E constant : family.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    List<String> names =
        List.of(family.getEnumConstants()).stream()
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    String question = DidYouMean.question(text, names);
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not one of "
            + String.join(", ", names)
            + (question.isEmpty() ? "" : "; " + question));
  }
}
