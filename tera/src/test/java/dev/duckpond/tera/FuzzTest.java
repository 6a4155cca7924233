package dev.duckpond.tera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Feeds templates that mean nothing: whatever they are, nothing but a template's mistake comes out.
 */
class FuzzTest {
  private static final int ROUNDS = Integer.getInteger("duckpond.rounds", 30_000);
  private static final Limits LIMITS = new Limits(20_000, 100_000, 200, 10_000, 100_000);
  private static final ObjectValue CONTEXT =
      TestJson.object(
          "{\"a\": 1, \"b\": \"text\", \"c\": [1, [2], {\"k\": null}], \"d\": {\"k\": 1.5, \"l\": [true]}}");

  @Test
  void templates_ofWordsInAnyOrder_failAsTemplates() throws IOException {
    List<String> words = words();
    run(random -> {
      StringBuilder template = new StringBuilder();
      int count = random.nextInt(1, 12);
      for (int i = 0; i < count; i++) {
        template.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      return random.nextBoolean() ? "{{ " + template + "}}" : template.toString();
    });
  }

  @Test
  void templates_ofCasesCutAndJoined_failAsTemplates() throws IOException {
    List<String> cases = cases();
    run(random -> {
      StringBuilder template = new StringBuilder(cases.get(random.nextInt(cases.size())));
      int changes = random.nextInt(1, 4);
      for (int i = 0; i < changes; i++) {
        String other = cases.get(random.nextInt(cases.size()));
        int from = random.nextInt(other.length() + 1);
        int to = random.nextInt(from, other.length() + 1);
        int at = random.nextInt(template.length() + 1);
        int end = Math.min(template.length(), at + random.nextInt(4));
        template.replace(at, end, other.substring(from, to));
      }
      return template.toString();
    });
  }

  @Test
  void regexes_ofAnyCharacters_failAsTemplates() {
    String alphabet = "ab(|)*+?{1,3}[^-]\\dwb.$:<>=!iPx ";
    run(random -> {
      StringBuilder pattern = new StringBuilder();
      int count = random.nextInt(1, 20);
      for (int i = 0; i < count; i++) {
        pattern.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      return "{{ \"aabbaab 11\" is matching(`" + pattern + "`) }}";
    });
  }

  private interface Source {
    String template(Random random);
  }

  private static void run(Source source) {
    long seed = Long.getLong("duckpond.seed", System.nanoTime());
    System.out.println("FuzzTest -Dduckpond.seed=" + seed);
    Random random = new Random(seed);
    int rendered = 0;
    for (int i = 0; i < ROUNDS; i++) {
      rendered += render(source.template(random), seed) ? 1 : 0;
    }
    assertThat(rendered).isBetween(1, ROUNDS - 1);
  }

  private static boolean render(String template, long seed) {
    Tera tera =
        Tera.builder()
            .limits(LIMITS)
            .loader(name -> name.length() < 3 ? Optional.of(template) : Optional.empty())
            .build();
    try {
      tera.compile("page.html", template).render(CONTEXT);
      return true;
    } catch (TemplateException e) {
      assertThat(e.getMessage()).startsWith(e.template() + ":" + e.line() + ":" + e.column());
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("seed " + seed + ", template: " + template, e);
    }
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "-%}",
            "{%-",
            "if",
            "elif",
            "else",
            "endif",
            "for",
            "in",
            "endfor",
            "set",
            "set_global",
            "=",
            "filter",
            "endfilter",
            "block",
            "endblock",
            "macro",
            "endmacro",
            "include",
            "import",
            "as",
            "extends",
            "raw",
            "endraw",
            "break",
            "continue",
            "super()",
            "self::m()",
            "a",
            "b",
            "c",
            "d",
            "c.1",
            "d.k",
            "c[0]",
            "loop.index",
            "1",
            "-1",
            "0",
            "1.5",
            "9223372036854775807",
            "\"x\"",
            "'y'",
            "\"p\"",
            "[",
            "]",
            "(",
            ")",
            "[1, 2]",
            "true",
            "and",
            "or",
            "not",
            "is",
            "+",
            "-",
            "*",
            "/",
            "%",
            "~",
            "|",
            "==",
            "<",
            ",",
            ".",
            "::",
            "by=\"k\"",
            "in=c",
            "pat=\"\"",
            "value=a",
            "n=1",
            "end=5",
            "text"));
    Library library = Library.standard();
    library.filters().forEach(filter -> words.add("| " + filter.name()));
    library.tests().forEach(test -> words.add("is " + test.name()));
    library.functions().forEach(function -> words.add(function.name() + "("));
    return List.copyOf(words);
  }

  private static List<String> cases() throws IOException {
    List<String> cases = new ArrayList<>();
    for (String chapter :
        List.of("for", "macros", "inheritance", "dates", "text-filters", "math")) {
      try (InputStream text =
          FuzzTest.class.getResourceAsStream("conformance/" + chapter + ".txt")) {
        assertThat(text).isNotNull();
        ConformanceCase.read(chapter, new String(text.readAllBytes(), StandardCharsets.UTF_8))
            .forEach(one -> cases.addAll(one.templates().values()));
      }
    }
    return cases;
  }
}
