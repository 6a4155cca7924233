package dev.duckpond.factories;

import dev.duckpond.tinyfs.PondException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What takes the place of what a regular expression found: text in which {@code $1} and {@code
 * ${name}} are groups and a backslash lets the next character stand for itself, as {@link
 * Matcher#replaceAll(String)} takes it.
 */
record Replacement(Pattern pattern, String text) {
  private static final Pattern PART =
      Pattern.compile(
          "(?<plain>[^$\\\\]+|\\\\.)|\\$(?<number>\\d)|\\$\\{(?<name>[a-zA-Z][a-zA-Z0-9]*)\\}",
          Pattern.DOTALL);

  /**
   * Reads a replacement for what a pattern finds.
   *
   * @throws PondException.Usage when it names a group that is not there, or cannot be read
   */
  static Replacement parse(Pattern pattern, String text) {
    Matcher parts = PART.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!parts.find(at) || parts.start() != at) {
        throw text.charAt(at) == '$'
            ? new PondException.Usage(
                "a '$' of '" + text + "' stands before no group",
                "",
                "Write $1 or ${name} for a group, and \\$ for the character itself.")
            : new PondException.Usage(
                "'" + text + "' ends in a backslash", "", "Write two for one that stays.");
      }
      requireGroup(pattern, parts);
      at = parts.end();
    }
    return new Replacement(pattern, text);
  }

  private static void requireGroup(Pattern pattern, Matcher part) {
    int groups = pattern.matcher("").groupCount();
    if (part.group("number") != null && Integer.parseInt(part.group("number")) > groups) {
      throw new PondException.Usage(
          "'" + part.group() + "' has no group; the pattern has " + groups,
          "",
          "Put parentheses around a part of the pattern.");
    }
    if (part.group("name") != null && !pattern.namedGroups().containsKey(part.group("name"))) {
      throw new PondException.Usage(
          "'" + part.group() + "' has no group of that name",
          "",
          "Write (?<" + part.group("name") + ">…) around a part of the pattern.");
    }
  }

  /** Answers a name with all that the pattern finds in it replaced. */
  String applied(String name) {
    return pattern.matcher(name).replaceAll(text);
  }
}
