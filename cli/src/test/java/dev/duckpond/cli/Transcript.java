package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a conversation with the command as text, and checks that it goes like that.
 *
 * <pre>
 * # a comment
 * $ pond config get threads        a command line; a backslash at the end goes on in the next
 * 4                                a line of standard output
 * ! pond: …                        a line of standard error
 * = 3                              the exit code, when it is not 0
 * </pre>
 *
 * <p>Blank lines at the end of an answer are not compared. A line that begins like one of the marks
 * has a backslash before it. What differs from run to run is a placeholder, within one line: {@code
 * <time> <date> <uuid> <id> <hash> <size> <duration> <number> <any>}; {@code <dir>} is the
 * directory of the fixture; a line {@code <...>} stands for any lines.
 *
 * <p>When something differs, the failure shows the conversation as it went, ready to be pasted.
 */
record Transcript(List<Exchange> exchanges) {
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "<time>",
              "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)?",
          "<date>", "\\d{4}-\\d\\d-\\d\\d",
          "<uuid>", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
          "<id>", "[0-9a-f]{12}",
          "<hash>", "[0-9a-f]{64}",
          "<size>", "\\d+(?:\\.\\d+)? (?:B|[kMGTP]B)",
          "<duration>", "\\d[\\d.]* (?:ms|s|min|h)(?: \\d+ (?:s|min))?",
          "<number>", "-?[\\d,]+(?:\\.\\d+)?",
          "<any>", ".*");
  private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z]+>");
  private static final String ANY_LINES = "<...>";

  /** A command line and what it answers: lines as they stand in the transcript. */
  record Exchange(List<String> comments, String command, List<String> answer) {}

  static Transcript parse(String text) {
    List<Exchange> exchanges = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    List<String> answer = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("$ ")) {
        StringBuilder command = new StringBuilder(line);
        while (lines.get(i).endsWith("\\")) {
          i++;
          command.append('\n').append(lines.get(i));
        }
        answer = new ArrayList<>();
        exchanges.add(new Exchange(comments, command.toString(), answer));
        comments = new ArrayList<>();
      } else if (line.startsWith("# ") || line.equals("#")) {
        comments.add(line);
      } else if (exchanges.isEmpty() && !line.isBlank()) {
        throw new IllegalArgumentException("a transcript begins with '$ pond …': " + line);
      } else {
        answer.add(line.stripTrailing());
      }
    }
    if (exchanges.isEmpty()) {
      throw new IllegalArgumentException("a transcript without a command checks nothing");
    }
    exchanges.forEach(exchange -> dropBlankEnd(exchange.answer()));
    return new Transcript(exchanges);
  }

  /** Runs every command, in order, and compares the whole. */
  void check(CliFixture cli) {
    StringBuilder expected = new StringBuilder();
    StringBuilder actual = new StringBuilder();
    for (Exchange exchange : exchanges) {
      String line = exchange.command().substring(2).replace("\\\n", "");
      List<String> went = answer(cli.runLine(line.replace("<dir>", cli.directory().toString())));
      String head = String.join("\n", exchange.comments());
      head = (head.isEmpty() ? "" : head + "\n") + exchange.command() + "\n";
      append(expected.append(head), exchange.answer());
      append(actual.append(head), matched(exchange.answer(), went, cli.directory()));
    }
    assertThat(actual.toString()).isEqualTo(expected.toString());
  }

  private static List<String> answer(CliResult result) {
    List<String> lines = new ArrayList<>();
    result.out().lines().map(String::stripTrailing).map(Transcript::escaped).forEach(lines::add);
    dropBlankEnd(lines);
    result.err().lines().map(line -> ("! " + line).stripTrailing()).forEach(lines::add);
    if (result.status() != 0) {
      lines.add("= " + result.status());
    }
    return lines;
  }

  private static String escaped(String line) {
    boolean mark = line.matches("[$!=#\\\\] .*|[#\\\\]") || line.equals("!");
    return mark ? "\\" + line : line;
  }

  /** Answers the lines as they went, each replaced by the expected one where it fits. */
  private static List<String> matched(List<String> expected, List<String> went, Path directory) {
    int at = expected.indexOf(ANY_LINES);
    if (at >= 0) {
      List<String> after = expected.subList(at + 1, expected.size());
      if (went.size() < expected.size() - 1) {
        return went;
      }
      List<String> lines = new ArrayList<>();
      lines.addAll(matched(expected.subList(0, at), went.subList(0, at), directory));
      lines.add(ANY_LINES);
      int from = resumed(after, went.subList(at, went.size()), directory) + at;
      lines.addAll(matched(after, went.subList(from, went.size()), directory));
      return lines;
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < went.size(); i++) {
      boolean fits = i < expected.size() && fits(expected.get(i), went.get(i), directory);
      lines.add(fits ? expected.get(i) : went.get(i).replace(directory.toString(), "<dir>"));
    }
    return lines;
  }

  /**
   * Answers where the lines go on after any: what comes last stands at the end, and what comes
   * before some more, where it first fits.
   */
  private static int resumed(List<String> expected, List<String> went, Path directory) {
    int end = expected.indexOf(ANY_LINES);
    int last = went.size() - expected.size() + (end < 0 ? 0 : 1);
    for (int from = 0; end >= 0 && from < last; from++) {
      List<String> lines = went.subList(from, from + end);
      if (matched(expected.subList(0, end), lines, directory).equals(expected.subList(0, end))) {
        return from;
      }
    }
    return Math.max(0, last);
  }

  private static boolean fits(String expected, String line, Path directory) {
    String wanted = expected.replace("<dir>", directory.toString());
    StringBuilder form = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(wanted);
    int end = 0;
    while (placeholder.find()) {
      String pattern = PLACEHOLDERS.get(placeholder.group());
      if (pattern != null) {
        form.append(Pattern.quote(wanted.substring(end, placeholder.start()))).append(pattern);
        end = placeholder.end();
      }
    }
    return line.matches(form.append(Pattern.quote(wanted.substring(end))).toString());
  }

  private static void append(StringBuilder text, List<String> lines) {
    lines.forEach(line -> text.append(line).append('\n'));
    text.append('\n');
  }

  private static void dropBlankEnd(List<String> lines) {
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
  }
}
