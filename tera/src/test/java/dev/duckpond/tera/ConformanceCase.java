package dev.duckpond.tera;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Is one case of the conformance suite.
 *
 * <p>In a chapter a line {@code template => text} says what a template prints, {@code template =!
 * words} of what the message of its mistake tells; {@code \n} is a line break. Longer cases are
 * blocks:
 *
 * <pre>
 * %% case what it shows
 * %% template page.txt        (more of these: what it includes, imports, extends)
 * …
 * %% prints                   (or: %% fails)
 * …
 * %% end
 * </pre>
 *
 * {@code %% context} gives the variables of the cases after it, {@code %% name} the name of their
 * templates. Lines that start with {@code #} and blank lines are for the reader.
 *
 * @param templates by name, the one rendered first
 */
record ConformanceCase(
    String title,
    Map<String, String> templates,
    ObjectValue context,
    Expectation expectation,
    String expected) {
  enum Expectation {
    PRINTS,
    FAILS
  }

  /** Reads the cases of one chapter. */
  static List<ConformanceCase> read(String chapter, String text) {
    List<ConformanceCase> cases = new ArrayList<>();
    String name = "page.txt";
    ObjectValue context = TestJson.object("{}");
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String title = chapter + ":" + (i + 1);
      if (line.startsWith("%% context ")) {
        context = TestJson.object(line.substring("%% context ".length()));
      } else if (line.startsWith("%% name ")) {
        name = line.substring("%% name ".length());
      } else if (line.startsWith("%% case ")) {
        int end = i + lines.subList(i, lines.size()).indexOf("%% end");
        cases.add(block(title + line.substring(7), context, lines.subList(i + 1, end)));
        i = end;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        cases.add(line(title, name, context, line));
      }
    }
    return cases;
  }

  private static ConformanceCase line(String title, String name, ObjectValue context, String line) {
    int prints = line.lastIndexOf(" =>");
    int fails = line.lastIndexOf(" =! ");
    int at = Math.max(prints, fails);
    if (at < 0) {
      throw new IllegalArgumentException(title + " is no case: " + line);
    }
    String expected = line.length() > at + 4 ? line.substring(at + 4) : "";
    return new ConformanceCase(
        title + " " + line,
        Map.of(name, broken(line.substring(0, at))),
        context,
        prints > fails ? Expectation.PRINTS : Expectation.FAILS,
        broken(expected));
  }

  private static String broken(String line) {
    return line.replace("\\n", "\n");
  }

  private static ConformanceCase block(String title, ObjectValue context, List<String> lines) {
    Map<String, String> templates = new LinkedHashMap<>();
    String open = "";
    List<String> part = new ArrayList<>();
    Expectation expectation = Expectation.PRINTS;
    for (String line : lines) {
      boolean template = line.startsWith("%% template ");
      if (template || line.equals("%% prints") || line.equals("%% fails")) {
        if (!open.isEmpty()) {
          templates.put(open, String.join("\n", part));
        }
        part.clear();
        open = template ? line.substring("%% template ".length()) : "";
        expectation = line.equals("%% fails") ? Expectation.FAILS : Expectation.PRINTS;
      } else {
        part.add(line);
      }
    }
    return new ConformanceCase(title, templates, context, expectation, String.join("\n", part));
  }
}
