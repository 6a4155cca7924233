package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The harbour's chain, made by command lines from the files in {@code src/test/resources/noyo}.
 *
 * <pre>
 * /noyo           the harbour's files, as they are
 * /etc/names      renames columns of pages
 * /combined       a series for each site
 * /singled        a series for each parameter, over the sites
 * /reduced        single_site and single_param: both, at five resolutions
 * </pre>
 */
record NoyoChain(CliFixture cli) {
  static final List<String> FILES = List.of("names.yaml", "combined.yaml", "derived.yaml");

  /** Makes the pond {@code pond} in a directory. */
  static NoyoChain make(Path directory, Path noyo) throws IOException {
    Files.createDirectories(directory);
    CliFixture cli =
        CliFixture.in(directory).withVariable("POND", directory.resolve("pond").toString());
    for (String name : FILES) {
      cli.file(name, resource(name));
    }
    NoyoChain chain = new NoyoChain(cli);
    chain.ok("init");
    chain.ok("copy", noyo.toString(), "/noyo");
    chain.ok("mkdir", "/etc");
    chain.ok("mknod", "column-rename", "/etc/names", "--config-path", "names.yaml");
    chain.ok("mknod", "dynamic-dir", "/combined", "--config-path", "combined.yaml");
    chain.ok("apply", "-f", "derived.yaml");
    return chain;
  }

  static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NoyoChain.class.getResourceAsStream("/noyo/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Runs a command line that must not fail, and answers what it printed. */
  CliResult ok(String... words) {
    CliResult result = cli.run(words);
    assertThat(result.status()).as("%s: %s", List.of(words), result.err()).isZero();
    return result;
  }

  /** A computed path, and the table of {@link NoyoOracle} that it must be equal to. */
  record Computed(String path, String expected) {}

  static List<Computed> everything() {
    List<Computed> all = new ArrayList<>();
    for (String site : NoyoOracle.SITES) {
      all.add(new Computed("/combined/" + site, "site:" + site));
      for (int hours : NoyoOracle.HOURS) {
        all.add(
            new Computed(
                "/reduced/single_site/%s/res=%dh.series".formatted(site, hours),
                "site:%s:%dh".formatted(site, hours)));
      }
    }
    for (String parameter : NoyoOracle.PARAMETERS) {
      all.add(new Computed("/singled/" + parameter, "param:" + parameter));
      for (int hours : NoyoOracle.HOURS) {
        all.add(
            new Computed(
                "/reduced/single_param/%s/res=%dh.series".formatted(parameter, hours),
                "param:%s:%dh".formatted(parameter, hours)));
      }
    }
    return all;
  }
}
