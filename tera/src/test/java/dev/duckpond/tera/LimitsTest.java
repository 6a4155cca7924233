package dev.duckpond.tera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final int SMALL_STACK = 512 << 10;

  private static String render(String template) {
    return Tera.builder().build().compile("page.txt", template).render(TestJson.object("{}"));
  }

  @Test
  void loop_tooManySteps_stops() {
    String loops = "{% for i in range(end=100000) %}";
    assertThatThrownBy(() -> render(loops + loops + "{% endfor %}{% endfor %}"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("the page takes more than 10000000 steps")
        .hasMessageContaining("page.txt:1:45");
  }

  @Test
  void page_tooLong_stops() {
    Limits limits = new Limits(1000, 10, 100, 100, 100);
    Template page =
        Tera.builder().limits(limits).build().compile("page.txt", "{{ 'ééééé' }}{{ 1 }}");
    assertThatThrownBy(() -> page.render(TestJson.object("{}")))
        .hasMessageContaining("the text printed is longer than 10 bytes")
        .hasMessageContaining("page.txt:1:17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% set s = 'x' %}{% for i in range(end=100) %}{% set_global s = s ~ s %}{% endfor %}",
        "{% set s = 'xxxxxxxxxxxxxxxx' %}{% for i in range(end=100) %}"
            + "{% set_global s = s | replace(from='x', to=s) %}{% endfor %}",
        "{% set s = 'x' %}{% for i in range(end=100) %}{% set_global s = [s, s] | join %}{% endfor %}",
        "{% set s = [1] %}{% for i in range(end=60) %}{% set_global s = [s, s] %}{% endfor %}"
            + "{{ s | json_encode }}",
        "{% macro m(s) %}{{ s }}{{ s }}{% endmacro %}{% set s = 'x' %}{% for i in range(end=100) %}"
            + "{% set_global s = self::m(s=s) %}{% endfor %}",
        "{% set s = 'a\nb' %}{% for i in range(end=100) %}"
            + "{% set_global s = s | indent(prefix=s, first=true) %}{% endfor %}"
      })
  void string_thatGrows_stops(String template) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(TemplateException.class)
        .message()
        .containsAnyOf(
            "a string is longer than 16777216 characters",
            "the text printed is longer than 16777216 bytes",
            "steps");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ s ~ 'x' | replace(from=s ~ 'b', to='') }}",
        "{{ s ~ 'x' | split(pat=s ~ 'b') }}",
        "{% if s ~ 'b' in s ~ s %}{% endif %}",
        "{% for i in range(end=1000000) %}{% if s ~ 'b' == s ~ 'c' %}{% endif %}{% endfor %}",
        "{% for i in range(end=1000000) %}{% if s | length == 1 %}{% endif %}{% endfor %}",
        "{% for c in s ~ s %}{% endfor %}",
        "{{ s ~ s | split(pat='a') | length }}",
        "{{ s | slugify | length }}",
        "{% for i in range(end=1000000) %}{% if s is starting_with(s) %}{% endif %}{% endfor %}",
        "{% for i in range(end=1000000) %}{{ s | truncate(length=1) }}{% endfor %}"
      })
  void longStrings_thatAreWorkedOn_stop(String use) {
    String doubled =
        "{% set s = 'a' %}{% for i in range(end=20) %}{% set_global s = s ~ s %}{% endfor %}";
    assertThatThrownBy(() -> render(doubled + use))
        .isInstanceOf(TemplateException.class)
        .message()
        .containsAnyOf("steps", "elements");
  }

  @Test
  void array_thatGrows_stops() {
    assertThatThrownBy(() ->
            render(
                "{% set s = [1] %}{% for i in range(end=100) %}"
                    + "{% set_global s = s | concat(with=s) %}{% endfor %}"))
        .hasMessageContaining("an array has more than 1000000 elements");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ s }}", "{{ s | json_encode }}", "{{ s == s }}", "{{ s in [s] }}"})
  void array_withinItself_isGoneThroughToALimit(String use) {
    String nested =
        "{% set s = [1] %}{% for i in range(end=5000) %}{% set_global s = [s] %}{% endfor %}";
    assertThatThrownBy(() -> render(nested + use))
        .hasMessageContaining("a value is nested more than 100 levels");
  }

  @Test
  void equality_ofSharedParts_stops() {
    assertThatThrownBy(() ->
            render(
                "{% set a = [1] %}{% set b = [1] %}{% for i in range(end=60) %}"
                    + "{% set_global a = [a, a] %}{% set_global b = [b, b] %}{% endfor %}"
                    + "{{ a == b }}"))
        .hasMessageContaining("steps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "not ", "a[", "f(x=", "a is x(", "a | f(x=", "- ", "a.b + ("})
  void source_thatNestsDeep_isAMistake(String open) {
    assertThatThrownBy(() -> render("{{ " + open.repeat(10_000) + " }}"))
        .isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% if a %}",
        "{% for a in b %}",
        "{% filter upper %}",
        "{% block a %}",
        "{% if a %}{% elif b %}"
      })
  void sections_thatNestDeep_areAMistake(String open) {
    assertThatThrownBy(() -> render(open.repeat(10_000))).isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" + 1", " ~ 1", " and 1", " or 1", " | upper", " - 1", " * 1", " + 1 | round"})
  void source_thatIsLongButFlat_isFine(String more) {
    String start = more.contains("upper") ? "{{ 'a'" : "{{ 1";
    assertThat(render(start + more.repeat(5_000) + " }}")).isNotEmpty();
  }

  @Test
  void rendering_asDeepAsAllowed_fitsIntoASmallStack() throws InterruptedException {
    String inner = "(".repeat(40) + "self::m(n=n+1)" + ")".repeat(40);
    String template =
        "{% macro m(n) %}{% if true %}{% for i in [1] %}{{ not not [[[0 + 1 * ("
            + inner
            + " | length)]]] }}{% endfor %}{% endif %}{% endmacro %}{{ self::m(n=1) }}";
    Limits limits = new Limits(10_000_000, 1 << 20, Limits.MAX_DEPTH, 1000, 1000);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                Tera.builder()
                    .limits(limits)
                    .build()
                    .compile("page.txt", template)
                    .render(TestJson.object("{}"));
              } catch (TemplateException | StackOverflowError e) {
                thrown.set(e);
              }
            },
            "small",
            SMALL_STACK);
    thread.start();
    thread.join();
    assertThat(thrown.get())
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("more than 500 levels deep")
        .hasMessageContaining("… ");
  }

  @Test
  void source_tooLong_isAMistake() {
    assertThatThrownBy(() -> render("x".repeat(Limits.MAX_SOURCE_CHARS + 1)))
        .hasMessageContaining("the template is longer than 4194304 characters");
  }

  @Test
  void templates_withoutEnd_areAMistake() {
    Tera tera =
        Tera.builder().loader(name -> Optional.of("{% import \"x" + name + "\" as x %}")).build();
    assertThatThrownBy(() -> tera.compile("a"))
        .hasMessageContaining("more than 1000 templates belong to it");
  }
}
