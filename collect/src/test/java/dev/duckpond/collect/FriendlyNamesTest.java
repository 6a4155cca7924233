package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FriendlyNamesTest {
  @Test
  void find_nameThatIsEmptyOrNull_isNone() throws IOException {
    String text =
        """
        {"parameters": {"1": "pH", "2": "", "3": "\\u0000 "}, "units": {"1": null}}
        """;
    FriendlyNames names =
        HydroVuReplies.names(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

    assertThat(names.findParameter("1")).hasValue("pH");
    assertThat(names.findParameter("2")).isEmpty();
    assertThat(names.findParameter("3")).isEmpty();
    assertThat(names.findUnit("1")).isEmpty();
  }

  @Test
  void find_nameThatIsTheIdOfOneWithoutName_staysApart() {
    FriendlyNames names = new FriendlyNames(Map.of("1", "22", "22", "", "3", "22"), Map.of());

    assertThat(names.findParameter("1")).hasValue("22 (1)");
    assertThat(names.findParameter("22")).isEmpty();
    assertThat(names.findParameter("3")).hasValue("22 (3)");
  }
}
