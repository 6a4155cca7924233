package dev.duckpond.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text of several formats, from files of this machine and from the pond. */
class FormatsTest {
  private static final String PAGE =
      """
      <html><body><table>
      <tr><td>Time shown in UTC</td></tr>
      <tr><td>Date Time</td><td>Depth (ft)</td><td>pH (pH)</td></tr>
      <tr><td>2024-06-01 12:00:00.000</td><td>1.5</td><td></td></tr>
      <tr><td>2024-06-01 13:00:00.000</td><td>1.75</td><td>8.1</td></tr>
      </table></body></html>
      """;

  private static final String ACCESS =
      """
      10.0.0.1 - - [01/Jun/2024:12:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8"
      torn lin
      10.0.0.2 - ada [01/Jun/2024:13:00:00 +0000] "GET /b HTTP/1.1" 404 -
      """;

  private static final String METRICS =
      """
      {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"well_depth_value","gauge":{"dataPoints":[{"timeUnixNano":"1717243200000000000","asDouble":2.5}]}}]}]}]}
      """;

  @TempDir Path directory;

  @Test
  void everyFormat_isReadAndCopied() throws IOException {
    Files.writeString(directory.resolve("page.htm"), PAGE);
    Files.writeString(directory.resolve("access.log"), ACCESS);
    Files.writeString(directory.resolve("metrics.json"), METRICS);
    CliFixture.in(directory)
        .withVariable("POND", directory.resolve("pond").toString())
        .check(
            """
            $ pond cat host+weblog://<dir>/access.log --format csv --sql 'SELECT timestamp, user, status FROM source'
            timestamp,user,status
            2024-06-01T12:00:00Z,,200
            2024-06-01T13:00:00Z,ada,404
            ! <any>1 of 3 lines left out; line 2: it has no time in brackets
            $ pond init
            <...>
            $ pond mkdir /field
            $ pond copy host+excelhtml+series://<dir>/page.htm /field/page.series
            ! copied 1 file, 2 rows, <size> in transaction 3
            $ pond describe /field/page.series
            <...>
              rows        2
              time        timestamp, timestamps, taken as UTC
              first       2024-06-01T12:00:00Z
              last        2024-06-01T13:00:00Z
              gaps        none; a reading each 1 h
              duplicates  none
              columns
                timestamp   TIMESTAMP
                Depth (ft)  DOUBLE  [ft]
                pH (pH)     DOUBLE  [pH]
            $ pond copy host://<dir>/access.log host://<dir>/metrics.json /logs/
            <...>
            $ pond sql 'SELECT count(*) AS n, max(nvl(bytes, 0)) AS most FROM "weblog:///logs/access.log"'
            n,most
            2,5
            ! <any>'/logs/access.log': 1 of 3 lines left out; line 2: it has no time in brackets
            $ pond cat oteljson+series:///logs/metrics.json --format csv
            timestamp,well_depth_value
            2024-06-01T12:00:00Z,2.5
            $ pond copy host+jsonlogs+table://<dir>/access.log /logs/never
            ! pond: '<any>' is not jsonlogs: none of its 3 lines fits; line 1: <any>
            <...>
            = 1
            """);
  }
}
