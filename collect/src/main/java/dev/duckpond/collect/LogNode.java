package dev.duckpond.collect;

import dev.duckpond.factories.NodeSite;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Execution;
import dev.duckpond.query.Freshness;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
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
      sources.add(
          new Freshness.Source(log.path().name().text(), NewestData.written(tree, log.path())));
    }
    return Optional.of(new Freshness(sources, config.staleAfter()));
  }

  @Override
  public void run(Execution execution) throws IOException {
    CollectSite run = new CollectSite(execution);
    Failures failures = new Failures(run, "files");
    List<HostLog> active = logs(failures, config.active());
    List<HostLog> archived = archived(failures, active);
    switch (String.join(" ", execution.arguments())) {
      case "", "collect" -> collect(run, failures, active, archived);
      case "sha256" -> new LogHashes(run, config).print(active, archived);
      default ->
          throw new PondException.Usage(
              "'" + String.join(" ", execution.arguments()) + "' is not known",
              "",
              "Run it without words, or with sha256.");
    }
  }

  private void collect(
      CollectSite run, Failures failures, List<HostLog> active, List<HostLog> archived) {
    LogIntake intake = new LogIntake(run, config, active);
    for (HostLog log : archived) {
      failures.attempt(log.file().toString(), () -> intake.takeArchived(log));
    }
    for (HostLog log : active) {
      failures.attempt(log.file().toString(), () -> intake.takeActive(log));
    }
    run.tell(intake.summary());
    failures.requireNone();
  }

  private static List<HostLog> logs(Failures failures, HostGlob glob) {
    List<HostLog> logs = new ArrayList<>();
    failures.list(glob).forEach(match -> logs.add(new HostLog(match.file())));
    return logs;
  }

  /** Lists rotated files, the oldest first; a pattern that matches active ones too means others. */
  private List<HostLog> archived(Failures failures, List<HostLog> active) throws IOException {
    Set<java.nio.file.Path> others = new HashSet<>();
    active.forEach(log -> others.add(log.file()));
    record Aged(HostLog log, long mtimeMillis) {}
    List<Aged> aged = new ArrayList<>();
    for (HostLog log : logs(failures, config.archived())) {
      if (!others.contains(log.file())) {
        aged.add(new Aged(log, log.mtimeMillis()));
      }
    }
    aged.sort(
        Comparator.comparingLong(Aged::mtimeMillis)
            .thenComparing(each -> each.log().file(), Comparator.reverseOrder()));
    return aged.stream().map(Aged::log).toList();
  }
}
