package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of the guide lets its reader do: files it shows, command lines, and what they answer.
 *
 * @param steps in the order of the page
 */
record GuidePage(List<Step> steps) {
  /** What a fenced block means. */
  sealed interface Step {
    /** A file, named in the text before it. */
    record File(String name, String text) implements Step {}

    /**
     * Command lines.
     *
     * @param answer what they print, when the page shows it; a line or part of one that is an
     *     ellipsis stands for anything
     */
    record Commands(List<String> lines, Optional<List<String>> answer) implements Step {}
  }

  private record Block(String language, String before, String text) {}

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
  private static final Pattern FILE = Pattern.compile("`([\\w.-]+\\.yaml)`");

  static GuidePage parse(String markdown) {
    List<Block> blocks = new ArrayList<>();
    Matcher fence = BLOCK.matcher(markdown);
    int end = 0;
    while (fence.find()) {
      blocks.add(new Block(fence.group(1), markdown.substring(end, fence.start()), fence.group(2)));
      end = fence.end();
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      switch (block.language()) {
        case "yaml" -> steps.add(new Step.File(fileName(block), block.text()));
        case "sh" -> {
          boolean hasAnswer = i + 1 < blocks.size() && blocks.get(i + 1).language().isEmpty();
          steps.add(
              new Step.Commands(
                  commandLines(block.text()),
                  hasAnswer
                      ? Optional.of(blocks.get(i + 1).text().lines().toList())
                      : Optional.empty()));
        }
        case "" -> {
          if (i == 0 || !blocks.get(i - 1).language().equals("sh")) {
            throw new IllegalArgumentException("an answer without commands:\n" + block.text());
          }
        }
        default -> throw new IllegalArgumentException("what is ```" + block.language());
      }
    }
    return new GuidePage(steps);
  }

  private static String fileName(Block block) {
    return FILE.matcher(block.before())
        .results()
        .map(name -> name.group(1))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a file without a name:\n" + block.text()));
  }

  /** A line goes on after a backslash, and inside of quotes. */
  private static List<String> commandLines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : text.replace("\\\n", "").lines().toList()) {
      line.append(line.isEmpty() ? "" : "\n").append(part);
      if (isWhole(line)) {
        lines.add(line.toString());
        line.setLength(0);
      }
    }
    if (!line.isEmpty()) {
      throw new IllegalArgumentException("a quote is left open: " + line);
    }
    return lines;
  }

  private static boolean isWhole(CharSequence line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    return quote == 0;
  }

  /** Requires that lines are those of the answer that the page shows; there may be none. */
  static void requireFitting(Step.Commands commands, List<String> lines) {
    commands
        .answer()
        .ifPresent(answer ->
            assertThat(fits(answer, lines))
                .as(
                    "%s\nanswered\n%s\nand not\n%s",
                    commands.lines(), String.join("\n", lines), String.join("\n", answer))
                .isTrue());
  }

  /** Tells whether lines are those of an answer. */
  static boolean fits(List<String> answer, List<String> lines) {
    StringBuilder form = new StringBuilder();
    for (String line : answer) {
      if (line.strip().equals("…")) {
        form.append("(?:.*\n)*");
      } else {
        form.append(Pattern.quote(line.stripTrailing()).replace("…", "\\E.*\\Q")).append('\n');
      }
    }
    StringBuilder went = new StringBuilder();
    lines.forEach(line -> went.append(line.stripTrailing()).append('\n'));
    return Pattern.matches(form.toString(), went);
  }
}
