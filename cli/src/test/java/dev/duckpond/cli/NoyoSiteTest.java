package dev.duckpond.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    Map<String, Extent> exported = exported();
    Map<String, String> pages = texts(".md");
    assertThat(pages).hasSize(SITES + PARAMETERS + 1);
    Set<String> named = new TreeSet<>();
    pages.forEach((page, text) -> {
      Matcher file = FILE.matcher(text);
      while (file.find()) {
        String url = file.group(1);
        assertThat(exported).as(page).containsKey(url);
        Extent extent = requireNonNull(exported.get(url));
        assertThat(extent.rows()).as(url).isEqualTo(Long.parseLong(file.group(4)));
        assertThat(extent.firstMillis()).as(url).isGreaterThanOrEqualTo(number(file.group(2)));
        assertThat(extent.lastMillis()).as(url).isLessThan(number(file.group(3)));
        named.add(url);
      }
    });
    assertThat(named).isEqualTo(exported.keySet());
  }

  /** What is in a file, found out without the pond. */
  private record Extent(long rows, long firstMillis, long lastMillis) {}

  private static Map<String, Extent> exported() throws IOException {
    Path site = out().toRealPath();
    DuckOptions options =
        DuckOptions.builder(directory.resolve("spill")).allowDirectory(site).build();
    Map<String, Extent> extents = new TreeMap<>();
    try (DuckSession duck = DuckSession.open(options);
        Rows rows =
            duck.query(
                Sql.of(
                        "SELECT filename, count(*), min(epoch_ms(timestamp)),"
                            + " max(epoch_ms(timestamp)) FROM read_parquet(")
                    .plus(Sql.literal(site + "/**/*.parquet"))
                    .plus(
                        Sql.of(
                            ", filename = true, union_by_name = true, hive_partitioning = false)"
                                + " GROUP BY 1")))) {
      while (rows.next()) {
        extents.put(
            site.relativize(Path.of(requireNonNull(rows.text(0)))).toString(),
            new Extent(rows.longValue(1), rows.longValue(2), rows.longValue(3)));
      }
    }
    return extents;
  }

  private static long number(String text) {
    return Long.parseLong(text);
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
