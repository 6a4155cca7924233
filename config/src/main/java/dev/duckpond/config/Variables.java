package dev.duckpond.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces references in the values of a configuration: <code>${env:NAME}</code> and <code>
 * ${env:NAME:-otherwise}</code> by a variable of the environment. <code>${var:NAME}</code> is one
 * that whoever made the node gave with {@code -v}; here it is replaced already, or missing. Keys
 * are never touched, nor are values of the key {@code template}. Immutable.
 */
public final class Variables {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(env|var):([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  /** What becomes of a reference to a variable that is not there. */
  private enum Missing {
    STAYS,
    EVERYTHING_STAYS,
    IS_A_MISTAKE
  }

  /** The key of texts in a language of their own, in which a dollar is theirs. */
  static final String TEMPLATE_KEY = "template";

  private final Function<String, Optional<String>> environment;
  private final Missing missing;

  private Variables(Function<String, Optional<String>> environment, Missing missing) {
    this.environment = environment;
    this.missing = missing;
  }

  /** Answers what is used when a node is read: every variable must be there. */
  public static Variables forUse(Function<String, Optional<String>> environment) {
    return new Variables(environment, Missing.IS_A_MISTAKE);
  }

  /** Answers what is used to check a configuration, which may be done on another machine. */
  public static Variables forCheck(Function<String, Optional<String>> environment) {
    return new Variables(environment, Missing.STAYS);
  }

  /** Answers what is used to write a configuration again: every reference stays as it is. */
  public static Variables unreplaced() {
    return new Variables(_ -> Optional.empty(), Missing.EVERYTHING_STAYS);
  }

  /** Answers the text with references replaced; what is missing is reported. */
  public String expand(String text, ConfigPlace place, Mistakes mistakes) {
    if (!text.contains("${") || missing == Missing.EVERYTHING_STAYS) {
      return text;
    }
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, text, place, mistakes)));
  }

  private String value(MatchResult found, String text, ConfigPlace place, Mistakes mistakes) {
    String name = found.group(2);
    if (found.group(1).equals("var")) {
      mistakes.add(
          place, "the variable '" + name + "' was not given", "Give it: '-v " + name + "=…'.");
      return found.group();
    }
    Optional<String> value = environment.apply(name).or(() -> Optional.ofNullable(found.group(3)));
    if (value.isEmpty() && missing == Missing.IS_A_MISTAKE) {
      // A secret is nothing but a reference, and is not to be written here.
      boolean mayBeSecret = found.group().length() == text.length();
      mistakes.add(
          place,
          "the environment variable '" + name + "' is not set",
          mayBeSecret ? "Set it." : "Set it, or write ${env:" + name + ":-otherwise}.");
    }
    return value.orElse(found.group());
  }
}
