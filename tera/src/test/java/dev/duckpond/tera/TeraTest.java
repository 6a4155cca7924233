package dev.duckpond.tera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TeraTest {
  private static final ObjectValue NOTHING = ObjectValue.of(Map.of());

  private static Tera tera(Map<String, String> templates) {
    return Tera.builder().loader(name -> Optional.ofNullable(templates.get(name))).build();
  }

  @Test
  void rendering_page_saysWhatItDependedOn() throws IOException {
    Template page =
        tera(Map.of(
                "page", "{% extends 'base' %}{% block a %}{{ x.y }}{{ now() }}{% endblock %}",
                "base",
                    "{% block a %}{% endblock %}{% if z %}{% include 'never' %}{% endif %}"
                        + "{% include 'part' %}{% set own = 1 %}{{ own }}",
                "part", "é",
                "never", "{{ w }}"))
            .compile("page");
    StringBuilder written = new StringBuilder();
    Rendering rendering = page.render((ObjectValue) Value.of(Map.of("x", Map.of("y", 1))), written);
    assertThat(written.toString()).startsWith("11970-01-01T00:00:00").endsWith("é1");
    assertThat(rendering.templates()).isEqualTo(Set.of("page", "base", "part"));
    assertThat(rendering.variables()).isEqualTo(Set.of("x", "z"));
    assertThat(rendering.functions()).isEqualTo(Set.of("now"));
    assertThat(rendering.bytes()).isEqualTo(written.length() + 1L);
    assertThat(page.sources()).containsOnlyKeys("page", "base", "part", "never");
    assertThat(page.name()).isEqualTo("page");
  }

  @Test
  void rendering_everything_dependsOnEverything() throws IOException {
    Template page = Tera.builder().build().compile("page", "{{ __tera_context }}");
    Rendering rendering =
        page.render((ObjectValue) Value.of(Map.of("x", 1, "y", 2)), new StringBuilder());
    assertThat(rendering.variables()).contains("x", "y");
  }

  @Test
  void check_severalTemplates_tellsAllMistakes() {
    Tera tera =
        tera(
            Map.of(
                "a", "{{ x | uper }}{{ nope() }}{% include 'shared' %}",
                "b", "{% if %}",
                "c", "{% include 'shared' %}{% include 'nowhere' %}",
                "d", "fine",
                "shared", "{{ 1 is od }}"));
    List<TemplateException> mistakes = tera.check(List.of("a", "b", "c", "d"));
    assertThat(mistakes)
        .extracting(mistake ->
            mistake.template()
                + ":"
                + mistake.line()
                + ":"
                + mistake.column()
                + " "
                + mistake.problem())
        .containsExactlyInAnyOrder(
            "a:1:8 there is no filter `uper`",
            "a:1:18 there is no function `nope`",
            "b:1:7 expected a value, not `%}`",
            "c:1:26 there is no template `nowhere`",
            "shared:1:9 there is no test `od`");
    assertThat(mistakes).extracting(TemplateException::remedy).contains("Did you mean `upper`?");
  }

  @Test
  void compile_unknownName_isTheCallersMistake() {
    assertThatThrownBy(() -> tera(Map.of()).compile("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no template nowhere");
  }

  @Test
  void library_withOwnCallables_offersThem() {
    Filter half =
        new Filter(
            "half",
            "Halves a number.",
            List.of(Parameter.optional("digits", "how many")),
            new Example("{{ 4 | half }}", "2"),
            (input, call) -> Value.decimal(call.number(input) / 2));
    Function files =
        new Function(
            "files",
            "Lists files.",
            List.of(),
            new Example("{{ files() }}", "[]"),
            _ -> {
              throw new CallException("the disk is away", "Bring it back.");
            });
    Tera tera = Tera.builder().library(Library.standard().with(half).with(files)).build();
    assertThat(tera.compile("page", "{{ 5 | half }}").render(NOTHING)).isEqualTo("2.5");
    assertThatThrownBy(() -> tera.compile("page", "a\n{{ files() }}").render(NOTHING))
        .isInstanceOf(TemplateException.class)
        .hasMessage(
            """
            page:2:4: the disk is away
              |
            2 | {{ files() }}
              |    ^^^^^
            Bring it back.\
            """);
    assertThatThrownBy(() -> tera.compile("page", "{{ 5 | half(digit=1) }}"))
        .hasMessageContaining("Did you mean `digits`?");
    assertThatThrownBy(() -> Library.standard().with(half).with(half))
        .hasMessage("there is a filter `half` already");
  }

  @Test
  void value_ofJava_isCopied() {
    Value value =
        Value.of(
            Map.of(
                "b",
                List.of(1, 2L, 1.5, 0.1f, new BigDecimal("2.5"), BigInteger.TWO.pow(70)),
                "a",
                true,
                "c",
                "text"));
    ObjectValue object = (ObjectValue) value;
    assertThat(object.keys()).containsExactly("a", "b", "c");
    Template page = Tera.builder().build().compile("page", "{{ b }}{{ a }}{{ c }}");
    assertThat(page.render(object))
        .isEqualTo("[1, 2, 1.5, 0.1, 2.5, 1180591620717411303424]truetext");
    assertThat(Value.of(null)).isSameAs(NullValue.NULL);
    assertThatThrownBy(() -> Value.of(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no value for a java.lang.Object");
    assertThatThrownBy(() -> Value.of(Map.of(1, 2))).hasMessage("a key that is not text: 1");
  }

  @Test
  void value_computed_isMadeWhenAskedFor() {
    AtomicInteger made = new AtomicInteger();
    ObjectValue export =
        ObjectValue.of(
            List.of("z", "a"),
            key -> {
              made.incrementAndGet();
              return ArrayValue.of(10_000, i -> Value.text(key + i));
            });
    Template page =
        Tera.builder()
            .build()
            .compile(
                "page", "{% for k, v in export %}{{ k }}{{ v.7 }}{{ v | length }} {% endfor %}");
    assertThat(page.render(ObjectValue.of(Map.of("export", export))))
        .isEqualTo("aa710000 zz710000 ");
    assertThat(made).hasValue(2);
  }

  @Test
  void chance_seeded_isRepeated() {
    String draws = "{% for i in range(end=20) %}{{ get_random(end=1000) }} {% endfor %}";
    Template page = Tera.builder().build().compile("page", draws);
    assertThat(page.render(NOTHING)).isEqualTo(page.render(NOTHING));
    Tera other = Tera.builder().random(() -> new SplittableRandom(7)).build();
    assertThat(other.compile("page", draws).render(NOTHING)).isNotEqualTo(page.render(NOTHING));
  }

  @Test
  void template_severalThreads_rendersTheSame() {
    Template page =
        Tera.builder()
            .build()
            .compile("page", "{% for i in range(end=n) %}{% set x = i * i %}{{ x }},{% endfor %}");
    List<String> pages =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> page.render(ObjectValue.of(Map.of("n", Value.integer(i % 50)))))
            .toList();
    for (int i = 0; i < pages.size(); i++) {
      assertThat(pages.get(i)).isEqualTo(pages.get(i % 50));
    }
  }

  @Test
  void page_thatCannotBeWritten_saysSo() {
    Appendable full =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public Appendable append(char c) throws IOException {
            throw new IOException("disk full");
          }
        };
    Template page = Tera.builder().build().compile("page", "x");
    assertThatThrownBy(() -> page.render(NOTHING, full))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
  }

  @Test
  void keys_beyondTheBasicPlane_comeLast() {
    assertThat(List.of("\ud83e\udd86", "\uffee", "a").stream().sorted(TextOrder.BY_CODE_POINT))
        .containsExactly("a", "\uffee", "\ud83e\udd86");
  }

  @Test
  void json_controlCharacters_areNumbered() {
    Template page = Tera.builder().build().compile("page", "{{ s | json_encode }}");
    assertThat(page.render((ObjectValue) Value.of(Map.of("s", "\b\f\n\r\t\u0001\\/"))))
        .isEqualTo("\"\\b\\f\\n\\r\\t\\u0001\\\\/\"");
  }
}
