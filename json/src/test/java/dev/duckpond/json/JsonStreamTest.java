package dev.duckpond.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonStreamTest {
  private static final String TEXT =
      "{\"skipped\":{\"a\":[1,{}]},\"list\":[{\"t\":1,\"v\":1.5},{\"t\":2,\"v\":null}],\"end\":\"x\"}";

  private static JsonStream open(String text) throws IOException {
    return JsonStream.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> walk(String text) throws IOException {
    List<String> seen = new ArrayList<>();
    try (JsonStream json = open(text)) {
      json.enterObject();
      for (var name = json.nextMember(); name.isPresent(); name = json.nextMember()) {
        switch (name.get()) {
          case "list" -> {
            json.enterArray();
            while (json.nextElement()) {
              json.enterObject();
              for (var in = json.nextMember(); in.isPresent(); in = json.nextMember()) {
                seen.add(in.get() + (json.isNull() ? "-" : Double.toString(json.doubleValue())));
              }
            }
          }
          case "end" -> seen.add(json.text());
          default -> json.skip();
        }
      }
      json.requireEnd();
    }
    return seen;
  }

  @Test
  void walk_nestedDocument_readsWhatIsAskedForAndSkipsTheRest() throws IOException {
    assertThat(walk(TEXT)).containsExactly("t1.0", "v1.5", "t2.0", "v-", "x");
  }

  @Test
  void walk_documentCutOffAnywhere_saysSo() {
    for (int length = 0; length < TEXT.length(); length++) {
      String cut = TEXT.substring(0, length);
      assertThatThrownBy(() -> walk(cut)).as(cut).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void walk_otherKindOfValue_namesItsPlace() {
    assertThatThrownBy(() -> walk("[]"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("here stands an array in place of an object");
    assertThatThrownBy(() -> walk("{\"end\":true}"))
        .hasMessageContaining("here stands true or false in place of text");
    assertThatThrownBy(() -> walk("{} {}")).hasMessageContaining("in place of the end");
    assertThatThrownBy(() -> walk("{\"end\":oops}")).isInstanceOf(JsonException.class);
  }
}
