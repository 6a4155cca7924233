package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.query.PondUrl.Compression;
import dev.duckpond.query.PondUrl.Format;
import dev.duckpond.query.PondUrl.Place;
import dev.duckpond.query.PondUrl.Treatment;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PondUrlTest {

  @Test
  void parse_everyPart_isRead() {
    assertThat(PondUrl.parse("host+csv+gzip+series:///d/x%20y.csv?delim=;&header=false"))
        .isEqualTo(
            new PondUrl(
                Place.HOST,
                Format.CSV,
                Compression.GZIP,
                Treatment.SERIES,
                "/d/x y.csv",
                Map.of("delim", ";", "header", "false")));
  }

  @Test
  void parse_barePath_standsAsItIs() {
    PondUrl url = PondUrl.parse("/a%20b?c=d&+#.series");
    assertThat(url.path()).isEqualTo("/a%20b?c=d&+#.series");
    assertThat(url.format()).isEqualTo(Format.FILE);
    assertThat(url.options()).isEmpty();
    assertThat(url).hasToString("/a%20b?c=d&+#.series");
  }

  @Test
  void parse_hostAlone_isAFile() {
    PondUrl url = PondUrl.parse("host:///tmp/f.bin");
    assertThat(url.place()).isEqualTo(Place.HOST);
    assertThat(url.format()).isEqualTo(Format.FILE);
    assertThat(url.findHostFile()).contains(Path.of("/tmp/f.bin"));
  }

  @Test
  void parse_percentEscapes_areUtf8() {
    assertThat(PondUrl.parse("csv:///%C3%A9t%c3%a9%3F+#%25").path()).isEqualTo("/été?+#%");
    assertThat(PondUrl.parse("csv:///x?delim=%26").options()).containsEntry("delim", "&");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/b.series",
        "csv:///a/b",
        "host+csv+zstd+table:///a%20b?delim=;&nullstr=%25%26",
        "host:///f",
        "host+excelhtml+series:///a.htm?timezone=America/Los_Angeles",
        "jsonlogs+bzip2+table:///logs/*.jsonl.bz2?time_column=@t&time_unit=ms",
        "oteljson+zstd:///m",
        "weblog+gzip+series:///access.log.*.gz",
        "host+parquet:///f",
        "series:///a/%3F",
        "file:///odd%3A//name"
      })
  void toString_anyUrl_parsesBack(String text) {
    PondUrl url = PondUrl.parse(text);
    assertThat(PondUrl.parse(url.toString())).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "cvs:///x ! 'cvs:///x' cannot be read: 'cvs' is not a format. Did you mean 'csv'?",
        "spreadsheet:///x ! 'spreadsheet:///x' cannot be read: 'spreadsheet' is not a format. Known formats are file, table, series, data, csv, ndjson, jsonlogs, weblog, oteljson, excelhtml, parquet.",
        "csv+lzma:///x ! 'csv+lzma:///x' cannot be read: 'lzma' is neither a compression nor a type. Compressions are gzip, zstd and bzip2, types are table and series.",
        "weblog:///x?time_column=a ! 'weblog:///x?time_column=a' cannot be read: 'time_column' is not an option of weblog. It takes no options.",
        "excelhtml:///x?timezone=Mars/North ! 'Mars/North' is not a time zone. Write it as 'America/Los_Angeles' or '-08:00'.",
        "jsonlogs:///x?ambiguous=both ! the option 'ambiguous' cannot be 'both'. Use one of earlier, later.",
        "csv+gzpi:///x ! 'csv+gzpi:///x' cannot be read: 'gzpi' is neither a compression nor a type. Did you mean 'gzip'?",
        "csv+series+gzip:///x ! 'csv+series+gzip:///x' cannot be read: 'gzip' stands twice or in the wrong place. Write [host+]format[+compression][+type]:///path.",
        "parquet+gzip:///x ! 'parquet+gzip:///x' cannot be read: parquet cannot be read through gzip. Compressions go with csv, ndjson, jsonlogs, weblog, oteljson, excelhtml.",
        "https://host/x.csv ! 'https://host/x.csv' cannot be read: pond reads files, nothing over a network. Fetch it into a file, then read that: 'host+csv:///PATH', for instance.",
        "csv://x ! 'csv://x' cannot be read: after '://' comes an absolute path. Write 'csv:///x'.",
        "a/b ! 'a/b' cannot be read: a pond path starts with '/'. Write '/a/b'.",
        "csv:///x?delimiter=; ! 'csv:///x?delimiter=;' cannot be read: 'delimiter' is not an option of csv. Its options are delim, quote, escape, header, skip, comment, encoding, nullstr, timestampformat, dateformat, decimal_separator, time_column, time_unit.",
        "csv:///x?headr=true ! 'csv:///x?headr=true' cannot be read: 'headr' is not an option of csv. Did you mean 'header'?",
        "file:///x?a=b ! 'file:///x?a=b' cannot be read: 'a' is not an option of file. It takes no options.",
        "csv:///x?header ! 'csv:///x?header' cannot be read: 'header' is not of the form option=value. Write '?delim=;&skip=2', for instance.",
        "csv:///x?header=1 ! the option 'header' cannot be '1'. Use one of false, true.",
        "csv:///x?delim=;;&skip=1 ! the option 'delim' is one character, not ';;'. Write '\\t' for"
            + " a tab.",
        "csv:///x?skip=-1 ! the option 'skip' is a number of lines, not '-1'. Give 0 or more:"
            + " '?skip=2'.",
        "csv:///x?time_unit=min ! 'min' is not a unit of time. Use one of s, ms, us, ns.",
        "csv:///x?skip=1&skip=2 ! 'csv:///x?skip=1&skip=2' cannot be read: the option 'skip' stands twice. Leave one of them out.",
        "csv:///x%2 ! 'csv:///x%2' cannot be read: a '%' is not followed by two hexadecimal digits. Write '%25' for '%'.",
        "csv:///x%FF ! 'csv:///x%FF' cannot be read: its %-escapes are not UTF-8. Write a letter as it is, or as its UTF-8 bytes.",
        "host+csv:///x%00 ! 'host+csv:///x%00' cannot be read: this machine has no such paths. Check the path."
      })
  void parse_mistake_saysWhatIsKnown(String text, String message) {
    assertThatThrownBy(() -> PondUrl.parse(text))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage(message);
  }
}
