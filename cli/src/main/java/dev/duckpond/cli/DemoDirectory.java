package dev.duckpond.cli;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonException;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory that a demo lives in.
 *
 * <pre>
 * home/
 *   .duckpond-demo   the mark: what is named here is the demo's, and may be replaced
 *   instruments/     the samples
 *   service/         the samples that a service plays
 *   nodes/           descriptions of nodes
 *   pond/            the pond that all went into
 *   export/          what it published as Parquet
 *   site/            the templates of a web site
 *   www/             the web site
 *   spill/           of the engine that made the samples
 * </pre>
 */
final class DemoDirectory {
  private static final String MARK = ".duckpond-demo";
  private static final List<String> PARTS =
      List.of("instruments", "service", "nodes", "spill", "pond", "export", "site", "www");

  /** What a pond that nobody has touched since consists of. */
  private static final Set<String> POND_FILES =
      Set.of("data", "blobs", "control", "cache", "tmp", "lock");

  private static final String EXPORT_FILES = ".pond-export";

  private final Path home;

  DemoDirectory(Path home) {
    this.home = home;
  }

  /** Lists the parts of an earlier demo that are there. */
  List<Path> listParts() {
    return PARTS.stream().map(home::resolve).filter(Files::exists).toList();
  }

  /**
   * Refuses a place that is neither new, nor empty, nor that of a demo.
   *
   * @throws PondException.Conflict when it is somebody's
   */
  void requireFree() throws IOException {
    if (!Files.exists(home)) {
      return;
    }
    String remedy = "Name another directory: 'pond demo DIR'.";
    if (!Files.isDirectory(home)) {
      throw new PondException.Conflict("no demo can be made in " + home, "it is a file", remedy);
    }
    if (!Files.exists(home.resolve(MARK)) && !list(home).isEmpty()) {
      throw new PondException.Conflict(
          home + " is not empty", "it holds something else than a demo", remedy);
    }
  }

  /** Finds, in words, something in the parts of the demo that it has not made itself. */
  Optional<String> findForeign(InstantSource clock) throws IOException {
    Optional<String> file = foreignFile("instruments", DemoHarbour.files());
    file = file.isPresent() ? file : foreignFile(DemoSteps.SERVICE, DemoHarbour.files());
    file =
        file.isPresent()
            ? file
            : foreignFile("nodes", List.of(DemoSteps.ACCOUNT, DemoSteps.DERIVED));
    file =
        file.isPresent()
            ? file
            : foreignFile("site", SiteKit.files().stream().map(name -> "site/" + name).toList());
    return file.or(() -> foreignInPond(clock))
        .or(() -> foreignExport("export"))
        .or(() -> foreignExport("www"));
  }

  /** Takes away an earlier demo, and nothing else. */
  void clear() throws IOException {
    for (String part : PARTS) {
      HostTree.delete(home.resolve(part));
    }
    Files.createDirectories(home);
    Files.writeString(home.resolve(MARK), "made by 'pond demo', which may replace all of it\n");
  }

  private Optional<String> foreignExport(String part) {
    try {
      return foreignFile(part, exported(part));
    } catch (IOException | JsonException e) {
      return Optional.of("the list of what is in '" + part + "' cannot be read");
    }
  }

  private Set<String> exported(String part) throws IOException {
    Path manifest = home.resolve(part).resolve(".pond-export.json");
    Set<String> files = new HashSet<>();
    if (Files.exists(manifest)) {
      Json all = Json.parse(Files.readString(manifest));
      for (Json target : all.asObject().require("targets").asArray()) {
        for (Json file : target.asObject().require("files").asArray()) {
          files.add(part + "/" + file.asObject().require("path").text());
        }
      }
    }
    return files;
  }

  private Optional<String> foreignFile(String part, Collection<String> own) throws IOException {
    Path directory = home.resolve(part);
    if (!Files.exists(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> home.relativize(file).toString())
          .filter(name -> !own.contains(name) && !name.startsWith(part + "/" + EXPORT_FILES))
          .sorted()
          .findFirst()
          .map(name -> "'" + name + "' is not of the demo");
    }
  }

  private Optional<String> foreignInPond(InstantSource clock) {
    PondLayout layout = new PondLayout(home.resolve("pond"));
    if (!Files.exists(layout.root())) {
      return Optional.empty();
    }
    try {
      Optional<String> file =
          list(layout.root()).stream().filter(name -> !POND_FILES.contains(name)).findFirst();
      if (file.isPresent()) {
        return file.map(name -> "'pond/" + name + "' is not of the demo");
      }
      return layout.isPond() ? foreignTransaction(layout, clock) : Optional.empty();
    } catch (IOException | PondException e) {
      return Optional.of("its pond cannot be read");
    }
  }

  private static Optional<String> foreignTransaction(PondLayout layout, InstantSource clock)
      throws IOException {
    try (OplogStore store = OplogStore.open(layout, clock)) {
      long foreign =
          store.latest().listTransactions().stream()
              .filter(transaction -> !isOfDemo(transaction))
              .count();
      return foreign == 0
          ? Optional.empty()
          : Optional.of("its pond holds " + Counted.of(foreign, "transaction") + " of yours");
    }
  }

  private static boolean isOfDemo(CommittedTransaction transaction) {
    return new DemoSteps("demo").hold(transaction.info().args());
  }

  private static List<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }
}
