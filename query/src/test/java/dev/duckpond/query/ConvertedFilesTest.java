package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.query.QueryOptions.CacheOptions;
import dev.duckpond.testkit.FakeClock;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertedFilesTest {
  private static final String LOG = "{\"time\":\"2024-06-01T12:00:00Z\",\"n\":%d}\n";

  /** {@code a,b}, {@code 1,2}, packed by bzip2. */
  private static final String BZIP2_CSV =
      "425a6839314159265359bf87407f00000359000010000430003000200030c00869b28823278bb9229c28485fc3a0"
          + "3f80";

  @TempDir Path directory;
  private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final List<String> notices = new ArrayList<>();
  private Harbour harbour;

  @BeforeEach
  void open() {
    harbour = new Harbour(directory);
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  /** What a read in a session of its own gave, and how often it parsed. */
  private record Read(String csv, long conversions) {}

  private Read read(String url) {
    return read(url, CacheOptions.DEFAULT_LIMIT_BYTES);
  }

  private Read read(String url, long limitBytes) {
    PondUrl parsed = PondUrl.parse(url);
    QueryOptions options =
        QueryOptions.builder(directory.resolve("scratch"))
            .threads(2)
            .pondDirectory(directory.resolve("pond"))
            .hostFilesOf(List.of(parsed))
            .cache(new CacheOptions(cache(), limitBytes, clock))
            .notices(notices::add)
            .build();
    try (QuerySession session = QuerySession.open(options, harbour.tree())) {
      String csv = Harbour.csv(session, session.relation(parsed).select(TimeRange.ALL));
      // The same once more in the same session.
      assertThat(Harbour.csv(session, session.relation(parsed).select(TimeRange.ALL)))
          .isEqualTo(csv);
      return new Read(csv, session.converted().conversions());
    } finally {
      clock.advance(Duration.ofMinutes(1));
    }
  }

  private Path cache() {
    return directory.resolve("cache/converted");
  }

  private List<Path> kept() {
    try (Stream<Path> files = Files.walk(cache())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void read_contentOfThePond_isParsedOnceForAllSessions() throws IOException {
    harbour.data("/logs/a", String.format(LOG, 1) + "oops\n");
    Read first = read("jsonlogs:///logs/a");
    assertThat(first.csv())
        .isEqualTo("timestamp,time,n\n2024-06-01T12:00:00Z,2024-06-01T12:00:00Z,1\n");
    assertThat(first.conversions()).isEqualTo(1);
    Read second = read("jsonlogs:///logs/a");
    assertThat(second).isEqualTo(new Read(first.csv(), 0));
    assertThat(notices).hasSize(2).allMatch(notice -> notice.startsWith("'/logs/a': 1 of 2 lines"));
    try (Stream<Path> left = Files.list(directory.resolve("scratch"))) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("converted-")))
          .isEmpty();
    }
  }

  @Test
  void read_patternThatGrows_parsesWhatIsNew() {
    harbour.data("/logs/a", String.format(LOG, 1));
    assertThat(read("jsonlogs:///logs/*").conversions()).isEqualTo(1);
    harbour.data("/logs/b", "{\"time\":1717243260,\"extra\":true}\n");
    Read both = read("jsonlogs:///logs/*");
    assertThat(both.conversions()).isEqualTo(1);
    assertThat(both.csv().lines())
        .containsExactly(
            "timestamp,time,n,extra",
            "2024-06-01T12:00:00Z,2024-06-01T12:00:00Z,1,",
            "2024-06-01T12:01:00Z,1717243260,,true");
  }

  @Test
  void read_otherOptionsOrContent_areConvertedAnew() {
    harbour.data("/a", "{\"time\":\"2024-06-01 12:00:00\",\"n\":1}");
    assertThat(read("jsonlogs:///a").conversions()).isEqualTo(1);
    Read zoned = read("jsonlogs:///a?timezone=America/Los_Angeles");
    assertThat(zoned.conversions()).isEqualTo(1);
    assertThat(zoned.csv()).contains("\n2024-06-01T19:00:00");
    assertThat(kept()).hasSize(2);
    harbour.data("/a", "{\"time\":\"2024-06-01 13:00:00\",\"n\":1}");
    assertThat(read("jsonlogs:///a").csv()).contains("\n2024-06-01T13:00:00");
  }

  @Test
  void read_damagedOrMissingFile_isMadeAgain() throws IOException {
    harbour.data("/a", String.format(LOG, 1));
    Read first = read("jsonlogs:///a");
    Path file = kept().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(read("jsonlogs:///a")).isEqualTo(first);
    assertThat(kept()).containsExactly(file);
    Files.write(file, new byte[] {1});
    assertThat(read("jsonlogs:///a")).isEqualTo(first);
    Files.delete(file);
    assertThat(read("jsonlogs:///a")).isEqualTo(first);
    assertThat(read("jsonlogs:///a").conversions()).isZero();
  }

  @Test
  void read_cacheThatIsFull_losesWhatWasNotUsedForLongest() throws IOException {
    for (String name : List.of("/a", "/b", "/c")) {
      harbour.data(name, String.format(LOG, (int) name.charAt(1)));
    }
    read("jsonlogs:///a");
    long bytes = Files.size(kept().getFirst());
    long limit = 2 * bytes + bytes / 2;
    read("jsonlogs:///b", limit);
    assertThat(read("jsonlogs:///a", limit).conversions()).isZero();
    assertThat(read("jsonlogs:///c", limit).conversions()).isEqualTo(1);
    assertThat(kept()).hasSize(2);
    assertThat(read("jsonlogs:///a", limit).conversions()).isZero();
    assertThat(read("jsonlogs:///b", limit).conversions()).isEqualTo(1);
    assertThat(read("jsonlogs:///b", 0).conversions()).isZero();
    assertThat(read("jsonlogs:///a?time_unit=s", 0).csv()).contains(",97\n");
    assertThat(kept()).isEmpty();
  }

  @Test
  void read_cacheThatIsALinkToAnotherPlace_losesWhatItHasNoRoomFor() throws IOException {
    Path other = Files.createDirectories(directory.resolve("other disk"));
    Files.createDirectories(cache().getParent());
    Files.createSymbolicLink(cache(), other);
    harbour.data("/a", String.format(LOG, 1));
    read("jsonlogs:///a");
    assertThat(other).isDirectoryRecursivelyContaining("glob:**.parquet");
    harbour.data("/b", String.format(LOG, 2));

    read("jsonlogs:///b", 0);

    assertThat(other).isDirectoryNotContaining(place -> place.toFile().list().length != 0);
  }

  @Test
  void read_cacheThatCannotBeWritten_onlyCostsTime() throws IOException {
    Files.createDirectories(cache().getParent());
    Files.writeString(cache(), "in the way");
    harbour.data("/a", String.format(LOG, 1));
    assertThat(read("jsonlogs:///a").conversions()).isEqualTo(1);
    assertThat(read("jsonlogs:///a").conversions()).isEqualTo(1);
  }

  @Test
  void read_hostFile_isConvertedOncePerSession() {
    Path file = harbour.text("x.jsonl", String.format(LOG, 1));
    assertThat(read("host+jsonlogs://" + file).conversions()).isEqualTo(1);
    assertThat(read("host+jsonlogs://" + file).conversions()).isEqualTo(1);
    assertThat(cache()).doesNotExist();
  }

  @Test
  void read_csvInBzip2_isUnpackedFirst() {
    Path file = harbour.bytes("x.csv.bz2", HexFormat.of().parseHex(BZIP2_CSV));
    assertThat(read("host+csv+bzip2://" + file)).isEqualTo(new Read("a,b\n1,2\n", 1));
    harbour.data("/x", HexFormat.of().parseHex(BZIP2_CSV));
    assertThat(read("csv+bzip2:///x").csv()).isEqualTo("a,b\n1,2\n");
    assertThat(read("csv+bzip2:///x").conversions()).isZero();
  }

  private static String manyLines(String value) {
    String line = "2024-06-01 12:00:00," + value + "\n";
    return "time,v\n" + line.repeat((int) UrlReader.MAX_REPARSED_BYTES / line.length() + 1);
  }

  @Test
  void read_csvOfThePond_isConvertedWhenItIsLarge() {
    harbour.data("/small", "time,v\n2024-06-01 12:00:00,007\n");
    assertThat(read("csv:///small").conversions()).isZero();
    harbour.data("/large", manyLines("8"));
    Read large = read("csv:///large");
    assertThat(large.conversions()).isEqualTo(1);
    assertThat(large.csv().lines().skip(1).distinct()).containsExactly("2024-06-01T12:00:00Z,8");
    assertThat(read("csv:///large").conversions()).isZero();
  }

  @Test
  void read_csvFilesWhoseTypesDiffer_areConvertedTogether() {
    harbour.data("/c/1", manyLines("7.50"));
    harbour.data("/c/2", "time,v\n2024-06-01 13:00:00,seven\n");
    Read both = read("csv:///c/*");
    assertThat(both.csv().lines().skip(1).distinct())
        .containsExactly("2024-06-01T12:00:00Z,7.50", "2024-06-01T13:00:00Z,seven");
    assertThat(both.conversions()).isEqualTo(3);
    assertThat(read("csv:///c/*")).isEqualTo(new Read(both.csv(), 0));
  }

  @Test
  void read_gzipBomb_isRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packer = new GZIPOutputStream(out)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 70; i++) {
        packer.write(zeros);
      }
    }
    Path file = harbour.bytes("bomb.gz", out.toByteArray());
    for (String format : Set.of("csv", "ndjson", "weblog", "excelhtml")) {
      assertThatThrownBy(() -> read("host+" + format + "+gzip://" + file))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageContaining("unpacks to more than 67108864 bytes");
    }
  }

  @Test
  void relation_ofText_isASeriesWithItsRange() {
    harbour.data(
        "/access.log",
        """
        h - - [01/Jun/2024:12:00:00 +0000] "GET /a HTTP/1.1" 200 5
        h - - [01/Jun/2024:13:00:00 +0000] "GET /b HTTP/1.1" 404 6
        """);
    try (QuerySession session = harbour.open()) {
      Relation log = session.relation(PondUrl.parse("weblog+series:///access.log"));
      assertThat(log.time()).contains(new TimeColumn("timestamp", Set.of(TimeEncoding.TIMESTAMP)));
      assertThat(log.extents()).hasSize(1);
      TimeRange range =
          TimeRange.between(Optional.of(Instant.parse("2024-06-01T12:30:00Z")), Optional.empty());
      assertThat(Harbour.csv(session, log.select(range))).contains("/b").doesNotContain("/a");
      assertThat(
              Harbour.csv(
                  session,
                  session.prepare(
                      "SELECT path, status FROM \"weblog:///access.log\" WHERE bytes > 5")))
          .isEqualTo("path,status\n/b,404\n");
    }
  }
}
