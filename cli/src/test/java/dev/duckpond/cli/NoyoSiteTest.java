package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of the harbour: for each site and each parameter one, by a pipeline of eight stages. */
@Tag("acceptance")
final class NoyoSiteTest {
  private static final int SITES = 4;
  private static final int PARAMETERS = 4;
  private static final int FILES_PER_PAGE = 5;
  private static final Pattern FILE =
      Pattern.compile("url: \"([^\"]+)\", start: (-?\\d+), end: (-?\\d+), rows: (\\d+)");

  @TempDir static Path directory;
  private static NoyoChain chain;

  @BeforeAll
  static void make() throws IOException {
    chain = NoyoChain.make(directory.resolve("site"), SharedData.requireNoyo());
    for (String name : new String[] {"pipeline.yaml", "sites.yaml", "params.yaml", "page.md"}) {
      chain.cli().file(name, NoyoChain.resource("site/" + name));
    }
    chain.ok("export", "--pipeline", "pipeline.yaml", "-d", "out");
  }

  private static Path out() {
    return chain.cli().path("out");
  }

  @Test
  void pages_everyFileThatTheyName_isThereWithItsRowsAndTimes() throws IOException {
    int files = 0;
    Map<String, String> pages = texts(".md");
    assertThat(pages).hasSize(SITES + PARAMETERS + 1);
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Matcher named = FILE.matcher(page.getValue());
      // Each is a command of its own; some of each page will do.
      for (int i = 0; i < FILES_PER_PAGE && named.find(); i++) {
        Path file = out().resolve(named.group(1));
        assertThat(file).as(page.getKey()).exists();
        String found =
            chain
                .ok(
                    "sql",
                    "--table",
                    "f=host+parquet://" + file.toRealPath(),
                    "SELECT count(*) AS n, epoch_ms(min(timestamp)) >= "
                        + named.group(2)
                        + " AND epoch_ms(max(timestamp)) < "
                        + named.group(3)
                        + " AS inside FROM f",
                    "--format",
                    "csv")
                .out();
        assertThat(found).isEqualTo("n,inside\n" + named.group(4) + ",true\n");
        files++;
      }
    }
    assertThat(files).isGreaterThan(SITES + PARAMETERS);
  }

  @Test
  void pages_chartsAndLines_areThoseOfTheColumns() throws IOException {
    String silver = Files.readString(out().resolve("sites/Silver.md"));
    assertThat(silver)
        .startsWith("---\ntitle: Silver\n")
        .contains("\"res=1h\": [", "\"res=24h\": [")
        .contains("## Temperature (C)\nAT500_Surface: AT500_Surface.Temperature.C.avg")
        .contains("Vulink: Vulink.Temperature.C.avg")
        .doesNotContain("## timestamp");
    assertThat(Files.readString(out().resolve("params/DO.md")))
        .contains("## DO (mg/L)")
        .contains("Silver.AT500_Surface: Silver.AT500_Surface.DO.mg/L.avg");
    assertThat(Files.readString(out().resolve("index.md"))).contains("- Silver: ", "- BDock: ");
  }

  @Test
  void pipeline_runAgain_writesNothing() throws IOException {
    Map<String, FileTime> before = times();
    assertThat(chain.ok("export", "--pipeline", "pipeline.yaml", "-d", "out").out())
        .contains("(0 written, ");
    assertThat(times()).isEqualTo(before);
  }

  private static Map<String, String> texts(String ending) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out())) {
      for (Path file : all.filter(f -> f.toString().endsWith(ending)).toList()) {
        texts.put(out().relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static Map<String, FileTime> times() throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(".pond-export.lock")) {
          times.put(out().relativize(file).toString(), Files.getLastModifiedTime(file));
        }
      }
    }
    return times;
  }
}
