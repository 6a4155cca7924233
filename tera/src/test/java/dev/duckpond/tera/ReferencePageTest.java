package dev.duckpond.tera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReferencePageTest {
  private static final Path PAGE = Path.of("../docs/reference/tera.md");

  /** With {@code -Dduckpond.write=true} the page is written instead of compared. */
  @Test
  void page_inDocs_isWhatTheTableSays() throws IOException {
    String page = ReferencePage.of(Library.standard());
    if (Boolean.getBoolean("duckpond.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @TestFactory
  Stream<DynamicTest> table_everyExample_isTrue() {
    List<Callable> all = new ArrayList<>(Library.standard().filters());
    all.addAll(Library.standard().tests());
    all.addAll(Library.standard().functions());
    return all.stream()
        .map(callable ->
            DynamicTest.dynamicTest(
                callable.described(),
                () -> {
                  Template page =
                      Tera.builder().build().compile("page", callable.example().template());
                  assertThat(page.render(TestJson.object("{}")))
                      .isEqualTo(callable.example().result());
                }));
  }
}
