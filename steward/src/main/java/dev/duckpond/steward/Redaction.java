package dev.duckpond.steward;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of command lines before they are recorded anywhere.
 *
 * <p>A secret is the value of an option or variable whose name speaks of one ({@code --password x},
 * {@code --client-secret=x}, {@code -v api_token=x}), an option of a URL of such a name ({@code
 * host+csv:///x?token=y}), and the user part of a URL ({@code s3://key:secret@host}). A reference
 * to the environment, <code>${env:NAME}</code>, is no secret.
 */
public final class Redaction {
  /** What stands in place of a secret. */
  static final String MASK = "***";

  /** Shorter values are masked in place but not searched for in other texts. */
  private static final int MIN_SEARCHED_LENGTH = 4;

  private static final Pattern SECRET_NAME =
      Pattern.compile("secret|passw|passphrase|token|credential|api.?key|access.?key|private.?key");
  private static final Pattern URL_OPTION = Pattern.compile("(?<=[?&])([^=?&\\s]+)=([^&\\s]+)");
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");

  private final List<String> args = new ArrayList<>();
  private final Set<String> secrets = new TreeSet<>();

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
    String out = USER_INFO.matcher(text).replaceAll(MASK);
    for (String secret : secrets) {
      out = out.replace(secret, MASK);
    }
    return out;
  }

  private String maskedWithin(String arg) {
    int equals = arg.indexOf('=');
    if (equals > 0 && namesSecret(arg.substring(0, equals))) {
      return arg.substring(0, equals + 1) + masked(arg.substring(equals + 1));
    }
    Matcher option = URL_OPTION.matcher(arg);
    String masked =
        option.replaceAll(found ->
            Matcher.quoteReplacement(
                found.group(1)
                    + "="
                    + (namesSecret(found.group(1)) ? masked(found.group(2)) : found.group(2))));
    return USER_INFO
        .matcher(masked)
        .replaceAll(found -> Matcher.quoteReplacement(masked(found.group())));
  }

  private String masked(String value) {
    if (value.matches("\\$\\{env:[^}]*}")) {
      return value;
    }
    if (value.length() >= MIN_SEARCHED_LENGTH) {
      secrets.add(value);
    }
    return MASK;
  }

  private static boolean namesSecret(String name) {
    return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
  }
}
