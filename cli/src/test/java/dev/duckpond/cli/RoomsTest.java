package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of rooms in ARCHITECTURE.md: who may know whom, and which library lives where.
 */
class RoomsTest {
  /** The platform, the logging front, and annotations that only the compiler reads. */
  private static final Set<String> FOR_ALL =
      Set.of(
          "java",
          "javax",
          "org.slf4j",
          "org.jspecify.annotations",
          "com.google.errorprone.annotations");

  private static final List<Room> TABLE =
      List.of(
          new Room("json", Set.of(), Set.of("com.fasterxml.jackson.core")),
          new Room("tinyfs", Set.of(), Set.of()),
          new Room("duckdb", Set.of(), Set.of("org.duckdb")),
          new Room(
              "testkit",
              Set.of("tinyfs"),
              Set.of("org.junit.jupiter", "org.assertj", "org.opentest4j")),
          // Delta Kernel's own JSON handler is given an ObjectMapper, so that is here and only
          // here.
          new Room(
              "oplog",
              Set.of("json", "tinyfs", "duckdb"),
              Set.of("io.delta", "com.fasterxml.jackson")),
          new Room("steward", Set.of("json", "tinyfs", "oplog"), Set.of()),
          new Room(
              "formats",
              Set.of("json", "tinyfs", "duckdb"),
              Set.of("org.jsoup", "org.apache.commons.compress")),
          new Room(
              "query", Set.of("json", "tinyfs", "duckdb", "formats"), Set.of("org.apache.arrow")),
          new Room("config", Set.of("json", "tinyfs"), Set.of("org.snakeyaml.engine")),
          new Room("rollups", Set.of("json", "tinyfs", "duckdb", "query"), Set.of()),
          new Room(
              "factories",
              Set.of("json", "tinyfs", "duckdb", "query", "rollups", "config", "tera"),
              Set.of()),
          new Room("tera", Set.of(), Set.of()),
          new Room(
              "export",
              Set.of("json", "tinyfs", "duckdb", "query", "config", "tera", "factories"),
              Set.of()),
          new Room(
              "simulate", Set.of("json", "tinyfs", "duckdb"), Set.of("com.sun.net.httpserver")),
          new Room(
              "collect",
              Set.of("json", "tinyfs", "duckdb", "formats", "query", "config", "factories"),
              Set.of()),
          new Room(
              "cli",
              Set.of(
                  "json",
                  "tinyfs",
                  "duckdb",
                  "oplog",
                  "steward",
                  "formats",
                  "query",
                  "config",
                  "rollups",
                  "factories",
                  "export",
                  "simulate",
                  "collect"),
              Set.of("picocli")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.duckpond");

  @Test
  void everyClass_table_isKept() {
    assertThat(CLASSES).hasSizeGreaterThan(50);
    assertThat(new Rooms(TABLE, FOR_ALL).violations(CLASSES)).isEmpty();
  }

  @Test
  void table_arrows_haveNoCycle() {
    assertThat(new Rooms(TABLE, FOR_ALL).cycles()).isEmpty();
  }

  @Test
  void rooms_packages_haveNoCycle() {
    SlicesRuleDefinition.slices()
        .matching("dev.duckpond.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void table_roomThatLosesARight_isBroken() {
    List<Room> wrong =
        TABLE.stream()
            .map(room -> room.name().equals("cli") ? new Room("cli", Set.of(), Set.of()) : room)
            .toList();
    assertThat(new Rooms(wrong, FOR_ALL).violations(CLASSES))
        .contains(
            "cli may not use dev.duckpond.tinyfs.PondException: dev.duckpond.cli.ExitCode",
            "cli may not use picocli.CommandLine: dev.duckpond.cli.CommandModel")
        .noneMatch(sentence -> sentence.contains("may not use java."));
  }

  @Test
  void table_roomThatIsMissing_isBroken() {
    List<Room> wrong = TABLE.stream().filter(room -> !room.name().equals("json")).toList();
    assertThat(new Rooms(wrong, FOR_ALL).violations(CLASSES))
        .contains("dev.duckpond.json.Json is in no room of the table");
  }

  @Test
  void table_arrowBack_isACycle() {
    Room back = new Room("tinyfs", Set.of("cli"), Set.of());
    List<Room> wrong =
        TABLE.stream().map(room -> room.name().equals("tinyfs") ? back : room).toList();
    assertThat(new Rooms(wrong, FOR_ALL).cycles()).contains("tinyfs", "cli");
  }

  @Test
  void cli_system_isAskedInOnePlace() {
    List<String> places =
        CLASSES.stream()
            .filter(type -> type.getPackageName().equals("dev.duckpond.cli"))
            .filter(type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(
                        dependency -> dependency.getTargetClass().isEquivalentTo(System.class)))
            .map(type -> type.getSimpleName())
            .toList();
    assertThat(places).containsExactly("ProcessEnvironment");
  }
}
