package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.cli.EchoingService.Fault;
import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.SqlBuilder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets of an account, and the tokens that it is given, stay in memory: whatever goes wrong, and
 * whatever the service repeats, they are in no output and in no file but the one that the user
 * wrote.
 */
@Tag("slow")
final class CollectSecretsTest {
  private static final String CLIENT = "Cl13ntOfTheHarbour";
  private static final String SECRET = "Zq7 s3cret/of+the=Harbour&é";

  @TempDir Path directory;
  private final StringBuilder outputs = new StringBuilder();
  private EchoingService service;
  private CliFixture cli;

  @BeforeEach
  void start() throws IOException {
    service = EchoingService.start();
    cli =
        CliFixture.in(directory)
            .withVariable("POND", "p")
            .withVariable("CLIENT", CLIENT)
            .withVariable("SECRET", SECRET)
            // What 'install-timer' advises.
            .file(
                "home/.config/pond/environment", "CLIENT=" + CLIENT + "\nSECRET='" + SECRET + "'\n")
            .file("buoy.yaml", yaml("${env:SECRET}"))
            .file("clear.yaml", yaml("'" + SECRET + "'"));
    run("init");
    run("mkdir", "-p", "/system/run");
    run("mknod", "hydrovu", "/system/run/buoy", "--config-path", "buoy.yaml");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private String yaml(String secret) {
    return """
    client_id: ${env:CLIENT}
    client_secret: %s
    hydrovu_path: /hydrovu
    base_url: %s
    deadline: 1s
    devices:
      - {name: buoy, id: 7}
    """
        .formatted(secret, service.baseUrl());
  }

  private CliResult run(String... words) {
    CliResult result = cli.run(words);
    outputs.append(result.out()).append(result.err());
    return result;
  }

  @Test
  void collect_everyFault_leavesNoSecretInAnyOutputOrFile() throws IOException {
    Map<Fault, Integer> codes = new TreeMap<>();
    for (Fault fault : Fault.values()) {
      service.fail(fault);
      codes.put(fault, run("run", "--debug", "buoy").status());
      cli.pass(Duration.ofMinutes(1));
    }
    run("status");
    service.fail(Fault.TOKEN_IS_BARE);
    run("run", "--debug", "buoy", "locations");
    service.fail(Fault.NONE);
    run("run", "--debug", "--all");
    run("mknod", "hydrovu", "/system/run/clear", "--config-path", "clear.yaml");
    run("run", "--debug", "host+hydrovu://" + cli.path("clear.yaml"));
    run("cat", "/system/run/buoy");
    run("describe", "/system/run/buoy");
    run("describe", "/hydrovu/devices/7/buoy_active.series");
    run("log", "--format", "csv");
    run("show");
    run("sql", "--format", "csv", "SELECT * FROM pond_transactions");
    run("cat", "--format", "csv", "/hydrovu/devices/7/buoy_active.series");

    assertThat(codes.remove(Fault.NONE)).isZero();
    // The service says the same of a device that has nothing new.
    assertThat(codes.remove(Fault.NOT_FOUND)).isZero();
    assertThat(codes).allSatisfy((fault, code) -> assertThat(code).as("%s", fault).isIn(1, 8));
    assertThat(outputs)
        .contains("it answered 403, with each of 3", "this is no JSON", "took too long");
    assertThat(outputs).contains("client_secret: ${env:SECRET}", "3.5");
    assertThat(outputs).doesNotContain("internal error");
    requireNoSecret("the outputs", outputs.toString());
    requireNoSecretInFiles();
  }

  private void requireNoSecretInFiles() throws IOException {
    List<Path> users = List.of(cli.path("home/.config/pond/environment"), cli.path("clear.yaml"));
    int files = 0;
    int tables = 0;
    try (Stream<Path> walk = Files.walk(cli.directory());
        DuckSession duck =
            DuckSession.open(
                DuckOptions.builder(Files.createDirectory(cli.path("spill")))
                    .allowDirectory(cli.directory())
                    .build())) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        if (users.contains(file)) {
          continue;
        }
        files++;
        requireNoSecret(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        if (file.toString().endsWith(".parquet")) {
          tables++;
          requireNoSecret(file + ", unpacked", rows(duck, file));
        }
      }
    }
    assertThat(files).isGreaterThan(20);
    assertThat(tables).isGreaterThan(5);
  }

  private static String rows(DuckSession duck, Path file) {
    SqlBuilder sql =
        new SqlBuilder()
            .text("SELECT CAST(t AS VARCHAR) FROM read_parquet(")
            .literal(file.toString())
            .text(") AS t");
    return String.join("\n", duck.list(sql.build(), row -> row.text(0)));
  }

  private static void requireNoSecret(String where, String text) {
    List<String> forms = new ArrayList<>(List.of(CLIENT, EchoingService.TOKEN));
    forms.add(SECRET);
    forms.add(new String(SECRET.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    forms.add("s3cret");
    forms.add(URLEncoder.encode(SECRET, StandardCharsets.UTF_8));
    forms.add(Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
    assertThat(text).as(where).doesNotContain(forms);
  }
}
