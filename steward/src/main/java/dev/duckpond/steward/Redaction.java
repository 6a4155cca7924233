package dev.duckpond.steward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of command lines before they are recorded anywhere.
 *
 * <p>A secret is the value of something whose name speaks of one: an option ({@code --password x},
 * {@code --client-secret=x}), a variable ({@code -v api_token=x}), a parameter of a URL ({@code
 * ?sig=x&y=z}), a member of JSON or YAML ({@code {"password": "x"}}, {@code token: x}); and the
 * user part of a URL ({@code s3://key:secret@host}). A reference to the environment, <code>
 * ${env:NAME}</code>, is no secret.
 *
 * <p>In doubt it masks too much: a command line that shows less is better than one that shows a
 * password.
 */
public final class Redaction {
  /** What stands in place of a secret. */
  static final String MASK = "***";

  /** Shorter values are masked in place but not searched for in other texts. */
  private static final int MIN_SEARCHED_LENGTH = 4;

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "secret|passw|passphrase|passcode|token|credential|api.?key|access.?key|account.?key"
              + "|private.?key|authorization|bearer|signature"
              + "|(?<![a-z])(?:pass|pwd|sig)(?![a-z])");

  private static final Pattern ENVIRONMENT = Pattern.compile("(?:\\$\\{env:[^}]*}:?)++");

  /** An option or variable and, after {@code =}, all the rest of the word as its value. */
  private static final Pattern ASSIGNMENT = Pattern.compile("-{0,2}([\\w.-]++)=");

  /** A name in front of its value, inside a longer text. */
  private static final Pattern NAMED =
      Pattern.compile(
          "([\\w.-]{1,100}+)(?:\\\\?[\"'])?"
              + "(?:\\s{0,9}(?:(?<colon>:(?!:))|=)\\s{0,9}|\\s{1,9}(?=[\"']))");

  private static final Pattern QUOTED =
      Pattern.compile(
          "(\\\\\")((?:[^\"\\\\]|\\\\[^\"])*+)\\\\\""
              + "|(\")((?:[^\"\\\\]|\\\\.)*+)\""
              + "|(')((?:[^'\\\\]|\\\\.)*+)'",
          Pattern.DOTALL);

  /** What follows a colon goes on to the end of the line or member, as in YAML and in headers. */
  private static final Pattern TO_LINE_END = Pattern.compile("[^\\n,}\\]\"']++");

  private static final Pattern TO_BLANK = Pattern.compile("[^\\s,;&}\\])\"']++");

  /** Up to the last {@code @} before a slash; or a password that itself has slashes. */
  private static final Pattern USER_INFO =
      Pattern.compile("(?<=://)(?:[^/?#\\s]+@|[^/?#\\s@:]++:(?!\\d{1,5}/)[^\\s@]*+@)");

  private final List<String> args = new ArrayList<>();
  private final Set<String> secrets =
      new TreeSet<>(
          // The longer first: a short one may be part of it.
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  private Redaction() {}

  /** Reads a command line. */
  public static Redaction of(List<String> args) {
    Redaction redaction = new Redaction();
    boolean valueIsSecret = false;
    for (String arg : args) {
      redaction.args.add(valueIsSecret ? redaction.masked(arg) : redaction.maskedWithin(arg));
      valueIsSecret = arg.startsWith("-") && arg.indexOf('=') < 0 && namesSecret(arg);
    }
    return redaction;
  }

  /** Lists the arguments with every secret masked. */
  public List<String> args() {
    return List.copyOf(args);
  }

  /** Answers a text, such as an error message, with the secrets of this command line masked. */
  public String clean(String text) {
    String out = text;
    for (String secret : secrets) {
      out = out.replace(secret, MASK);
    }
    return withoutUserInfo(out);
  }

  private String maskedWithin(String arg) {
    Matcher assignment = ASSIGNMENT.matcher(arg);
    int at = 0;
    while (assignment.region(at, arg.length()).lookingAt()) {
      at = assignment.end();
      if (namesSecret(assignment.group(1))) {
        return arg.substring(0, at) + masked(arg.substring(at));
      }
    }
    return withoutUserInfo(withoutNamed(arg));
  }

  private String withoutNamed(String text) {
    StringBuilder out = new StringBuilder();
    Matcher named = NAMED.matcher(text);
    int at = 0;
    while (named.find(at)) {
      out.append(text, at, named.end());
      at = named.end();
      if (namesSecret(named.group(1))) {
        at = appendMasked(out, text, at, named.group("colon") == null ? TO_BLANK : TO_LINE_END);
      }
    }
    return out.append(text, at, text.length()).toString();
  }

  /** Appends the value at {@code at} masked, its quotes kept, and answers where it ends. */
  private int appendMasked(StringBuilder out, String text, int at, Pattern unquoted) {
    Matcher quoted = QUOTED.matcher(text).region(at, text.length());
    if (quoted.lookingAt()) {
      for (int quote = 1; quote < quoted.groupCount(); quote += 2) {
        if (quoted.group(quote) != null) {
          String mark = quoted.group(quote);
          out.append(mark).append(masked(quoted.group(quote + 1))).append(mark);
        }
      }
      return quoted.end();
    }
    for (Pattern shape : List.of(ENVIRONMENT, unquoted)) {
      Matcher value = shape.matcher(text).region(at, text.length());
      if (value.lookingAt()) {
        out.append(masked(value.group()));
        return value.end();
      }
    }
    return at;
  }

  private String withoutUserInfo(String text) {
    return USER_INFO
        .matcher(text)
        .replaceAll(found -> {
          String user = found.group().substring(0, found.group().length() - 1);
          remember(user.substring(user.indexOf(':') + 1));
          return Matcher.quoteReplacement(masked(user) + "@");
        });
  }

  private String masked(String value) {
    if (value.equals(MASK) || ENVIRONMENT.matcher(value).matches()) {
      return value;
    }
    remember(value);
    return MASK;
  }

  private void remember(String secret) {
    if (secret.length() >= MIN_SEARCHED_LENGTH) {
      secrets.add(secret);
    }
  }

  private static boolean namesSecret(String name) {
    return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
  }
}
