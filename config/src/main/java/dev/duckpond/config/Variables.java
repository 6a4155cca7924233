package dev.duckpond.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces references in the values of a configuration: <code>${env:NAME}</code> and <code>
 * ${env:NAME:-otherwise}</code> by a variable of the environment, <code>${var:NAME}</code> by one
 * that was {@link #given}, with {@code -v}; in a node that is in the pond it is replaced already. A
 * value stays one value, whatever the variable holds. Keys are never touched, nor are values of the
 * key {@code template}. Immutable.
 */
public final class Variables {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(env|var):([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  /** What becomes of a reference to a variable that is not there. */
  private enum Missing {
    STAYS,
    ENVIRONMENT_STAYS,
    EVERYTHING_STAYS,
    IS_A_MISTAKE
  }

  /** The key of texts in a language of their own, in which a dollar is theirs. */
  static final String TEMPLATE_KEY = "template";

  private final Function<String, Optional<String>> environment;
  private final Missing missing;
  private final Map<String, String> given;

  private Variables(
      Function<String, Optional<String>> environment, Missing missing, Map<String, String> given) {
    this.environment = environment;
    this.missing = missing;
    this.given = Map.copyOf(given);
  }

  /** Answers what is used when a node is read: every variable must be there. */
  public static Variables forUse(Function<String, Optional<String>> environment) {
    return new Variables(environment, Missing.IS_A_MISTAKE, Map.of());
  }

  /** Answers what is used to check a configuration, which may be done on another machine. */
  public static Variables forCheck(Function<String, Optional<String>> environment) {
    return new Variables(environment, Missing.STAYS, Map.of());
  }

  /** Answers what is used to write a configuration again: every reference stays as it is. */
  public static Variables unreplaced() {
    return new Variables(_ -> Optional.empty(), Missing.EVERYTHING_STAYS, Map.of());
  }

  /** Answers the same with variables of the command line. */
  public Variables given(Map<String, String> variables) {
    return new Variables(environment, missing, variables);
  }

  /** Answers what replaces variables of the command line, and leaves those of the environment. */
  static Variables onlyGiven(Map<String, String> variables) {
    return new Variables(_ -> Optional.empty(), Missing.ENVIRONMENT_STAYS, variables);
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
      String value = given.getOrDefault(name, found.group(3));
      if (value != null) {
        return value;
      }
      mistakes.addUnknown(
          place, "the variable '" + name + "' was not given", "Give it: '-v " + name + "=…'.");
      return found.group();
    }
    if (missing == Missing.ENVIRONMENT_STAYS) {
      return found.group();
    }
    Optional<String> value = environment.apply(name).or(() -> Optional.ofNullable(found.group(3)));
    if (value.isEmpty() && missing == Missing.IS_A_MISTAKE) {
      // A secret is nothing but a reference, and is not to be written here.
      boolean mayBeSecret = found.group().length() == text.length();
      mistakes.addUnknown(place, unsetProblem(name), mayBeSecret ? "Set it." : unsetRemedy(name));
    }
    return value.orElse(found.group());
  }

  /** Finds the first variable of the environment that a text refers to. */
  static Optional<String> findEnvironment(String text) {
    return REFERENCE
        .matcher(text)
        .results()
        .filter(found -> found.group(1).equals("env"))
        .map(found -> found.group(2))
        .findFirst();
  }

  /** Says of a variable of the environment that it is needed and not there. */
  static String unsetProblem(String name) {
    return "the environment variable '" + name + "' is not set";
  }

  /** Answers what to do about it, where the value is no secret. */
  static String unsetRemedy(String name) {
    return "Set it, or write ${env:" + name + ":-otherwise}.";
  }
}
