package dev.duckpond.cli;

import java.util.ArrayList;
import java.util.List;

/** The commands of the demo, in order. */
final class DemoSteps {
  /**
   * Commands, and why.
   *
   * @param commands the words after {@code pond} of each
   */
  record Step(String title, List<List<String>> commands) {
    Step {
      commands = List.copyOf(commands);
    }
  }

  /** Where the samples of the service are, and what it says about itself. */
  static final String SERVICE = "service";

  static final String ACCOUNT = "nodes/hydrovu.yaml";
  static final String DERIVED = "nodes/derived.yaml";

  /** Series of hours and days, where the templates of a site look for them. */
  static final String DERIVED_YAML =
      """
      kind: mkdir
      metadata: {path: /reduced}
      ---
      kind: mknod
      metadata: {path: /reduced/site}
      spec:
        factory: temporal-reduce
        config:
          in_pattern: /harbour/*/*.series
          out_pattern: $0
          resolutions: [1h, 12h, 1d]
          aggregations: [{type: avg}, {type: min}, {type: max}]
      ---
      kind: mknod
      metadata: {path: /reduced/buoy}
      spec:
        factory: temporal-reduce
        config:
          in_pattern: /hydrovu/devices/*/*.series
          out_pattern: north
          resolutions: [1h, 12h, 1d]
          aggregations: [{type: avg}, {type: min}, {type: max}]
      """;

  private final String home;

  /**
   * Prepares.
   *
   * @param home the directory of the demo, as the user wrote it
   */
  DemoSteps(String home) {
    this.home = home;
  }

  /** Lists what comes before the service is there. */
  List<Step> ofFiles() {
    return List.of(
        step("An empty pond", pond("init", "--birthplace", "demo")),
        step(
            "All files of the folder go in, in one transaction",
            pond("copy", at("instruments"), "/harbour")),
        step("What is there", pond("list")),
        step(
            "What is known of one instrument; its clock was not set at first, and it has gaps",
            pond("describe", "/harbour/quay/AT500_1.series")),
        step(
            "SQL over all of them",
            pond(
                "sql",
                "--format",
                "table",
                "SELECT year(timestamp) AS year, count(*) AS readings,"
                    + " round(avg(\"Temperature.C\"), 2) AS mean_temperature,"
                    + " round(max(\"Depth.m\"), 2) AS highest_tide"
                    + " FROM pond('/harbour/*/*.series') GROUP BY ALL ORDER BY year")),
        step(
            "Sorted Parquet by site, instrument, year and month, for everybody else",
            pond(
                "export",
                "-p",
                "/harbour/*/*.series",
                "-d",
                at("export"),
                "--temporal",
                "year,month")));
  }

  /** Answers how somebody would start the service that the demo plays itself. */
  List<String> service() {
    return List.of("dev", "hydrovu-server", "--data", at(SERVICE));
  }

  /** Lists what is done while the service is there. */
  List<Step> ofService() {
    return List.of(
        new Step(
            "A buoy at a service: what is there comes in, and the next time what is new",
            List.of(
                pond("mkdir", "-p", "/system/run"),
                pond("mknod", "hydrovu", "/system/run/hydrovu", "--config-path", at(ACCOUNT)),
                pond("run", "hydrovu"),
                pond("run", "hydrovu"))));
  }

  /** Lists what comes after it. */
  List<Step> ofSite() {
    return List.of(
        new Step(
            "Hours, half days and days of all of them, which compute themselves",
            List.of(
                pond("apply", "-f", at(DERIVED)),
                pond(
                    "cat",
                    "/reduced/site/quay/res=1d.series",
                    "--time-start",
                    "2025-12-29",
                    "--sql",
                    "SELECT timestamp AS day, round(\"Temperature.C.min\", 2) AS coldest,"
                        + " round(\"Temperature.C.max\", 2) AS warmest FROM source",
                    "--format",
                    "table"))),
        new Step(
            "A web site with charts of them, to be opened as a folder",
            List.of(
                List.of("site-kit", at("site")),
                pond("mkdir", "/web"),
                pond("copy", at("site/assets"), "/web/assets"),
                pond(
                    "export",
                    "--pipeline",
                    at("site/site.yaml"),
                    "-d",
                    at("www"),
                    "-v",
                    "title=A harbour",
                    "-v",
                    "site=Sites",
                    "-v",
                    "buoy=Buoys"))),
        step("What was done", pond("log")));
  }

  /** Lists all steps. */
  List<Step> list() {
    List<Step> all = new ArrayList<>(ofFiles());
    all.addAll(ofService());
    all.addAll(ofSite());
    return all;
  }

  /**
   * Tells whether somebody who wrote a line only did what the demo does.
   *
   * @param words after {@code pond}
   */
  boolean hold(List<String> words) {
    return list().stream()
        .flatMap(step -> step.commands().stream())
        .anyMatch(own -> isSame(own, words));
  }

  /** The directory may have been written in another way then. */
  private boolean isSame(List<String> own, List<String> words) {
    List<String> given = words.stream().filter(word -> !word.equals("--quiet")).toList();
    if (own.size() != given.size()) {
      return false;
    }
    for (int i = 0; i < own.size(); i++) {
      String word = own.get(i);
      boolean isSame =
          word.startsWith(home + "/")
              ? given.get(i).endsWith(word.substring(home.length()))
              : given.get(i).equals(word);
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  private String at(String part) {
    return home + "/" + part;
  }

  private List<String> pond(String... words) {
    List<String> all = new ArrayList<>(List.of("--pond", at("pond")));
    all.addAll(List.of(words));
    return all;
  }

  private static Step step(String title, List<String> command) {
    return new Step(title, List.of(command));
  }
}
