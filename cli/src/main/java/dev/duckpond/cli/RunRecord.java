package dev.duckpond.cli;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.query.Freshness;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the runs of a node ended, kept in a file of its own: see {@code docs/format/cache.md}.
 *
 * @param key of the node when it was run last
 * @param lastSuccess when a run last ended well
 * @param lastFailure when one last failed, in whole or in part
 * @param error of that run, in a sentence; holds no secret
 * @param freshness of the data after the last run
 */
record RunRecord(
    RunKey key,
    Optional<Instant> lastSuccess,
    Optional<Instant> lastFailure,
    String error,
    Optional<Freshness> freshness) {
  private static final String ENDING = ".json";

  /** Tells whether the last run failed. */
  boolean isFailing() {
    return lastFailure.isPresent()
        && (lastSuccess.isEmpty() || lastSuccess.get().isBefore(lastFailure.get()));
  }

  /** Lists the sources whose data is older than it may be. */
  List<Freshness.Source> stale(Instant now) {
    return freshness.stream()
        .flatMap(fresh -> fresh.sources().stream().filter(source -> isStale(fresh, source, now)))
        .toList();
  }

  private static boolean isStale(Freshness fresh, Freshness.Source source, Instant now) {
    return source.newest().isEmpty()
        || source.newest().get().plus(fresh.staleAfter()).isBefore(now);
  }

  /** Finds the record of a file; empty when there is none, or none that can be read. */
  static Optional<RunRecord> find(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(parse(Json.parse(Files.readString(file)).asObject()))
          : Optional.empty();
    } catch (IOException | JsonException | PondException | IllegalArgumentException e) {
      // It is a cache: the next run writes it anew.
      return Optional.empty();
    }
  }

  /** Lists the records of nodes that are in a pond still, sorted by the path that they have now. */
  static List<RunRecord> list(Path directory, PondTree tree) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<RunRecord> all =
          files
              .filter(file -> file.toString().endsWith(ENDING))
              .flatMap(file -> find(file).stream())
              .toList();
      Map<NodeId, PondPath> places = all.isEmpty() ? Map.of() : places(tree);
      return all.stream()
          .flatMap(record -> record.findNow(tree, places).stream())
          .sorted(Comparator.comparing(record -> record.key().path()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Map<NodeId, PondPath> places(PondTree tree) {
    Map<NodeId, PondPath> places = new HashMap<>();
    for (PathMatch match : tree.match(PathPattern.parse("/**/*"), Visibility.ALL)) {
      if (match.node().type() == EntryType.DATA_DYNAMIC) {
        match.node().findEntry().ifPresent(entry -> places.putIfAbsent(entry.node(), match.path()));
      }
    }
    return places;
  }

  /** Finds the record under the path that the node has now; empty when the node is gone. */
  private Optional<RunRecord> findNow(PondTree tree, Map<NodeId, PondPath> places) {
    Optional<PondPath> path =
        key.node().isPresent()
            ? key.node().map(places::get)
            : RunKey.find(tree, key.path())
                .filter(there -> there.node().isEmpty())
                .map(RunKey::path);
    return path.map(now ->
        new RunRecord(new RunKey(now, key.node()), lastSuccess, lastFailure, error, freshness));
  }

  /** Puts the record in the place of the one before, whole or not at all. */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.writeString(draft, toJson().toText());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder().put("path", key.path().toString());
    key.node().ifPresent(node -> json.put("node", node.toString()));
    lastSuccess.ifPresent(time -> json.put("last_success", time.toString()));
    lastFailure.ifPresent(time -> json.put("last_failure", time.toString()));
    json.put("error", error);
    freshness.ifPresent(fresh -> {
      List<Json> sources = new ArrayList<>();
      for (Freshness.Source source : fresh.sources()) {
        JsonObject.Builder each = JsonObject.builder().put("name", source.name());
        source.newest().ifPresent(time -> each.put("newest", time.toString()));
        sources.add(each.build());
      }
      json.put("stale_after_s", fresh.staleAfter().toSeconds());
      json.put("sources", new JsonArray(sources));
    });
    return json.build();
  }

  private static RunRecord parse(JsonObject json) {
    List<Freshness.Source> sources = new ArrayList<>();
    json.findValue("sources")
        .ifPresent(list -> {
          for (Json each : list.asArray()) {
            sources.add(
                new Freshness.Source(
                    each.asObject().require("name").text(),
                    each.asObject().findText("newest").map(Instant::parse)));
          }
        });
    return new RunRecord(
        new RunKey(PondPath.of(json.require("path").text()), json.findText("node").map(NodeId::of)),
        json.findText("last_success").map(Instant::parse),
        json.findText("last_failure").map(Instant::parse),
        json.require("error").text(),
        json.findValue("stale_after_s")
            .map(seconds -> new Freshness(sources, Duration.ofSeconds(seconds.longValue()))));
  }
}
