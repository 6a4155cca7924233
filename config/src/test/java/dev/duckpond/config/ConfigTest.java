package dev.duckpond.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private static final Variables NONE = Variables.forUse(name -> Optional.empty());

  private record Input(String pattern, Optional<Long> limit, String scope) {}

  private static final Field<String> PATTERN = Field.required("pattern", Shapes.text(), "What.");
  private static final Field<Long> LIMIT =
      Field.optional("limit", Shapes.integer(1, 10), "How many.");
  private static final Field<String> SCOPE =
      Field.optional("scope", Shapes.text(), "all", "Where.");
  private static final ObjectShape<Input> INPUT =
      ObjectShape.of(
          "an input",
          List.of(PATTERN, LIMIT, SCOPE),
          fields -> new Input(fields.value(PATTERN), fields.find(LIMIT), fields.value(SCOPE)));

  private static <T> T read(Shape<T> shape, String yaml) {
    Mistakes mistakes = new Mistakes("a.yaml");
    Optional<T> value = shape.read(ConfigText.parse("a.yaml", yaml, NONE), mistakes);
    mistakes.requireNone();
    return value.orElseThrow();
  }

  @Test
  void read_goodMapping_isTyped() {
    assertThat(read(INPUT, "pattern: /a/*\nlimit: 3\n"))
        .isEqualTo(new Input("/a/*", Optional.of(3L), "all"));
  }

  @Test
  void variableText_whateverAVariableHolds_staysOneValue() {
    String yaml =
        """
        # ${var:not} asked here
        plain: ${var:a} # why
        quoted: 'it''s ${var:a}'
        list: [1, "${var:a}", ${env:HOME:-x}]
        number: ${var:n}
        block: |
          one ${var:a}
          two
        template: ${var:a}
        ünder: ${var:gone:-else}
        after: 1
        """
            .replace("${env:HOME:-x}", "'${env:HOME:-x}'");
    String value = "x: \"y\"\n- 'z' # no";
    String replaced = VariableText.replace("a.yaml", yaml, Map.of("a", value, "n", "7"));

    assertThat(replaced).startsWith("# ${var:not} asked here\n").contains(" # why\n");
    ConfigNode.Mapping read =
        (ConfigNode.Mapping) ConfigText.parse("a.yaml", replaced, Variables.unreplaced());
    assertThat(read.members().stream().map(member -> member.value()))
        .extracting(node ->
            node instanceof ConfigNode.Scalar scalar
                ? scalar.kind() + " " + scalar.text()
                : ((ConfigNode.Scalar) ((ConfigNode.Sequence) node).elements().get(1)).text())
        .containsExactly(
            "TEXT " + value,
            "TEXT it's " + value,
            value,
            "INTEGER 7",
            "TEXT one " + value + "\ntwo\n",
            "TEXT ${var:a}",
            "TEXT else",
            "INTEGER 1");
    assertThatThrownBy(() -> VariableText.replace("a.yaml", yaml, Map.of()))
        .hasMessageStartingWith(
            "'a.yaml' has 5 mistakes\na.yaml:2:8: the variable 'a' was not given");
  }

  @Test
  void read_severalMistakes_areToldAtOnceWithTheirPlaces() {
    String yaml =
        """
        - patern: /a
        - pattern: [x]
          limit: 11
        - just text
        - pattern: /b
          pattern: /c
        """;
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", yaml, NONE))
        .hasMessage("a.yaml:6:3: the key 'pattern' stands here twice. Leave one.");
    assertThatThrownBy(() -> read(Shapes.listOf(INPUT, 1), yaml.replace("  pattern: /c\n", "")))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            """
            'a.yaml' has 5 mistakes
            a.yaml:1:3: unknown key 'patern'. Did you mean 'pattern'?
            a.yaml:1:3: the key 'pattern' is missing. Add it: text.
            a.yaml:2:12: here stands a list. It should be text.
            a.yaml:3:10: here stands the number 11. It should be an integer from 1 to 10.
            a.yaml:4:3: here stands the text 'just text'; an input is written as keys and values.\
             Its keys are pattern, limit, scope.\
            """);
  }

  @Test
  void read_variables_areReplacedInValues() {
    Variables variables =
        Variables.forUse(name -> name.equals("SITE") ? Optional.of("dock: 1") : Optional.empty());
    Mistakes mistakes = new Mistakes("a.yaml");
    ConfigNode node =
        ConfigText.parse(
            "a.yaml", "pattern: '/${env:SITE}/${env:KIND:-all}'\nscope: ${env:SITE}", variables);
    assertThat(INPUT.read(node, mistakes))
        .contains(new Input("/dock: 1/all", Optional.empty(), "dock: 1"));
  }

  @Test
  void read_wrongValueOfAVariable_isToldByItsReference() {
    Variables variables = Variables.forUse(name -> Optional.of("hidden"));
    Shape<Integer> parsed =
        Shapes.parsed(
            "an age",
            text -> {
              throw new PondException.Usage("'" + text + "' is no age", "", "Write one.");
            });
    for (Shape<?> shape :
        List.of(Shapes.integer(1, 2), Shapes.flag(), Shapes.oneOf(Map.of("hiddem", 1)), parsed)) {
      Mistakes mistakes = new Mistakes("a.yaml");
      shape.read(ConfigText.parse("a.yaml", "x${env:X}", variables), mistakes);
      assertThatThrownBy(mistakes::requireNone)
          .hasMessageContaining("'x${env:X}'")
          .hasMessageNotContaining("hidden");
    }
  }

  @Test
  void read_missingVariable_isAMistakeAtUseAndStaysAtCheck() {
    String yaml = "pattern: ${env:NOWHERE}";
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", yaml, NONE))
        .hasMessage("a.yaml:1:10: the environment variable 'NOWHERE' is not set." + " Set it.");
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", "pattern: a/${env:NOWHERE}", NONE))
        .hasMessageEndingWith(" Set it, or write ${env:NOWHERE:-otherwise}.");
    Variables check = Variables.forCheck(name -> Optional.empty());
    assertThat(INPUT.read(ConfigText.parse("a.yaml", yaml, check), new Mistakes("a.yaml")))
        .map(Input::pattern)
        .contains("${env:NOWHERE}");
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", "x: ${var:y}", check))
        .hasMessageContaining("the variable 'y' was not given");
  }

  @Test
  void check_valueThatCannotBeToldWithoutItsVariable_saysThatItIsNotSet() {
    Variables check = Variables.forCheck(name -> Optional.empty());
    Shape<Path> file =
        Shapes.parsed(
            "a path",
            text -> {
              if (!text.startsWith("/")) {
                throw new PondException.Usage("'" + text + "' is not absolute", "", "Add a slash.");
              }
              return Path.of(text);
            });
    Mistakes mistakes = new Mistakes("a.yaml");

    file.read(ConfigText.parse("a.yaml", "${env:NOPE}/a", check), mistakes);
    Shapes.integer(1, 9).read(ConfigText.parse("a.yaml", "${env:COUNT}", check), mistakes);

    assertThatThrownBy(mistakes::requireNone)
        .hasMessageContaining(
            "the environment variable 'NOPE' is not set. Set it, or write ${env:NOPE:-otherwise}.")
        .hasMessageContaining("the environment variable 'COUNT' is not set")
        .hasMessageNotContaining("slash");
  }

  @Test
  void read_wrongValueOfAVariable_keepsTheReasonThatHasNothingOfIt() {
    Shape<Integer> file =
        Shapes.parsed(
            "a file",
            text -> {
              String ending = text.substring(text.lastIndexOf('.') + 1);
              throw new PondException.Usage(
                  "the ending of '" + text + "' tells no format", "'" + ending + "'", "Use csv.");
            });
    for (String yaml : List.of("${env:X}/a.foo", "${env:X}")) {
      Mistakes mistakes = new Mistakes("a.yaml");
      Variables variables = Variables.forUse(name -> Optional.of("hidden.secret"));
      file.read(ConfigText.parse("a.yaml", yaml, variables), mistakes);
      assertThatThrownBy(mistakes::requireNone)
          .hasMessageContaining(
              yaml.endsWith("foo")
                  ? "the ending of '${env:X}/a.foo' tells no format: 'foo'"
                  : "here stands the text '${env:X}'")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void read_valueWithAMissingVariable_isToldOfOnce() {
    Mistakes mistakes = new Mistakes("a.yaml");
    ConfigNode node =
        ConfigText.parse("a.yaml", "pattern: x\nlimit: ${env:GONE}\nscop: y", NONE, mistakes);
    assertThat(INPUT.read(node, mistakes)).isEmpty();
    assertThatThrownBy(mistakes::requireNone)
        .hasMessageStartingWith("'a.yaml' has 2 mistakes\n")
        .hasMessageContaining("a.yaml:2:8: the environment variable 'GONE' is not set")
        .hasMessageContaining("a.yaml:3:1: unknown key 'scop'");
  }

  @Test
  void parse_textThatIsNoYaml_namesThePlace() {
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", "a: b: c", NONE))
        .hasMessageStartingWith("a.yaml:1:5: it is not YAML: mapping values are not allowed here");
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", "a:\n\t- b", NONE))
        .hasMessageStartingWith("a.yaml:2:1: it is not YAML: ");
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", "# nothing", NONE))
        .hasMessageContaining("it is empty");
  }

  @Test
  void parse_hostileText_isRefused() {
    String bomb =
        """
        a: &a [x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
        f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
        """;
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", bomb, NONE))
        .isInstanceOf(PondException.Invalid.class);
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", "[".repeat(100_000), NONE))
        .isInstanceOf(PondException.Invalid.class);
    assertThatThrownBy(() -> ConfigText.parse("a.yaml", "a: &a [*a]", NONE))
        .isInstanceOf(PondException.Invalid.class);
  }

  @Test
  void read_mergedKeys_ownOnesWin() {
    String yaml =
        """
        x-base: &base {pattern: /base, scope: one}
        <<: *base
        pattern: /own
        """;
    assertThat(read(INPUT, yaml)).isEqualTo(new Input("/own", Optional.empty(), "one"));
  }

  @Test
  void variant_wordThatIsUnknown_hasASuggestion() {
    VariantShape<Input> shape = VariantShape.of("a rule", "type", Map.of("direct", INPUT));
    assertThat(read(shape, "{type: direct, pattern: x}").pattern()).isEqualTo("x");
    assertThatThrownBy(() -> read(shape, "{type: dirct, pattern: x}"))
        .hasMessage("a.yaml:1:8: there is no type 'dirct'. Did you mean 'direct'?");
    assertThatThrownBy(() -> read(shape, "{pattern: x}"))
        .hasMessage("a.yaml:1:1: a rule needs the key 'type'. It is one of direct.");
  }

  @Test
  void schema_ofAnObject_saysWhatIsKnown() {
    assertThat(INPUT.schema().toText())
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"pattern\":{\"type\":\"string\",\"description\":"
                + "\"What.\"},\"limit\":{\"type\":\"integer\",\"description\":\"How many.\"},"
                + "\"scope\":{\"type\":\"string\",\"description\":\"Where.\",\"default\":\"all\"}},"
                + "\"patternProperties\":{\"^x-\":true},\"required\":[\"pattern\"],"
                + "\"additionalProperties\":false}");
  }

  @Test
  void write_anyConfiguration_readsBackAsTheSame() {
    String yaml =
        """
        entries:
          - name: "Silver: 1"
            empty: {}
            none: []
            nothing: null
            list: [1, 2.5, true, "true", "12", [a, [b, {c: d}]]]
            query: |
              SELECT *
                FROM "x"

              WHERE a = 'b'
            ends: "two\n\n"
            spaced: " x\n y"
            "odd key: #": ${env:A:-b} # not stored
        """;
    Variables kept = Variables.forCheck(name -> Optional.empty());
    ConfigNode node = ConfigText.parse("a.yaml", yaml, kept);

    String written = ConfigWriter.write(node);

    assertThat(shape(ConfigText.parse("a.yaml", written, kept))).isEqualTo(shape(node));
    assertThat(written).contains("    query: |\n      SELECT *\n        FROM \"x\"\n\n      WHERE");
    assertThat(ConfigWriter.write(ConfigText.parse("a.yaml", written, kept))).isEqualTo(written);
  }

  /** Answers everything of a node but its places. */
  private static String shape(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Scalar scalar -> scalar.kind() + "<" + scalar.text() + ">";
      case ConfigNode.Sequence sequence ->
          sequence.elements().stream().map(ConfigTest::shape).toList().toString();
      case ConfigNode.Mapping mapping ->
          mapping.members().stream()
              .map(member -> member.key() + "=" + shape(member.value()))
              .toList()
              .toString();
    };
  }
}
