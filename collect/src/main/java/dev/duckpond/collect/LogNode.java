package dev.duckpond.collect;

import dev.duckpond.factories.NodeSite;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Execution;
import dev.duckpond.query.Freshness;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node that takes in log files: {@code collect}, which is usual, and {@code sha256}. */
record LogNode(NodeSite site, LogConfig config) implements ExecutableNode {
  @Override
  public InputStream open() {
    return site.openConfig();
  }

  @Override
  public Optional<Freshness> freshness(PondTree tree) {
    List<Freshness.Source> sources = new ArrayList<>();
    for (KnownLog log : LogShelf.read(tree, config.path()).active()) {
      sources.add(new Freshness.Source(name(log.path()), NewestData.written(tree, log.path())));
    }
    return Optional.of(new Freshness(sources, config.staleAfter()));
  }

  /** Answers a path as it is below the directory of the logs. */
  private String name(PondPath path) {
    return String.join(
        "/",
        path.names().stream().skip(config.path().names().size()).map(name -> name.text()).toList());
  }

  @Override
  public void run(Execution execution) throws IOException {
    CollectSite run = new CollectSite(execution);
    Failures failures = new Failures(run, "files");
    switch (String.join(" ", execution.arguments())) {
      case "", "collect" -> collect(run, failures);
      case "sha256" -> {
        List<HostLog> files =
            new ArrayList<>(logs(failures.list(config.archived()), config.archived()));
        files.addAll(logs(failures.list(config.active()), config.active()));
        new LogHashes(run, config).print(files);
      }
      default ->
          throw new PondException.Usage(
              "'" + String.join(" ", execution.arguments()) + "' is not known",
              "",
              "Run it without words, or with sha256.");
    }
  }

  private void collect(CollectSite run, Failures failures) {
    List<HostLog> active = logs(failures.listOfFolder(config.active()), config.active());
    LogIntake intake = new LogIntake(run, config, active);
    intake.take(failures, rotated(failures, active));
    run.tell(intake.summary());
    failures.requireNone();
  }

  private List<HostLog> logs(List<HostGlob.Match> matches, HostGlob glob) {
    return matches.stream().map(match -> HostLog.of(match.file(), glob, config.path())).toList();
  }

  /** Lists rotated files, the oldest first; a pattern that matches active ones too means others. */
  private List<RotatedLog> rotated(Failures failures, List<HostLog> active) {
    Set<Path> others = new HashSet<>();
    active.forEach(log -> others.add(log.file()));
    List<RotatedLog> rotated = new ArrayList<>();
    for (HostLog log : logs(failures.list(config.archived()), config.archived())) {
      if (!others.contains(log.file())) {
        look(failures, log).ifPresent(rotated::add);
      }
    }
    rotated.sort(
        Comparator.comparingLong((RotatedLog log) -> log.stat().modifiedNanos())
            .thenComparing(log -> log.file().file(), Comparator.reverseOrder()));
    return rotated;
  }

  private static Optional<RotatedLog> look(Failures failures, HostLog log) {
    try {
      return Optional.of(new RotatedLog(log, log.stat()));
    } catch (NoSuchFileException e) {
      // It was renamed or deleted since the folder was listed; the next run sees which.
      return Optional.empty();
    } catch (IOException e) {
      failures.attempt(
          log.file().toString(),
          () -> {
            throw HostFailure.of("'" + log.file() + "' cannot be taken in", e);
          });
      return Optional.empty();
    }
  }
}
