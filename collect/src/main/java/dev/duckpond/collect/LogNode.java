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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A node that takes in log files: {@code collect}, which is usual, and {@code sha256}. */
record LogNode(NodeSite site, LogConfig config) implements ExecutableNode {
  /** How often it is looked again, when a file vanishes or another run takes logs in meanwhile. */
  private static final int MAX_LOOKS = 3;

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
      case "", "collect" -> collect(run);
      case "sha256" -> {
        List<HostLog> active = active(run, failures.list(config.active()));
        List<HostLog> files = new ArrayList<>(archived(run, failures, active));
        files.addAll(active);
        new LogHashes(run, config).print(files);
      }
      default ->
          throw new PondException.Usage(
              "'" + String.join(" ", execution.arguments()) + "' is not known",
              "",
              "Run it without words, or with sha256.");
    }
  }

  /** Takes logs in, from the beginning again when another run took some in meanwhile. */
  private void collect(CollectSite run) {
    LogTally tally = new LogTally();
    for (int look = 1; ; look++) {
      Failures failures = new Failures(run, "files");
      List<HostLog> active = active(run, failures.listOfFolder(config.active()));
      List<RotatedLog> rotated = rotated(run, failures, active);
      LogIntake intake = new LogIntake(run, config, active, tally);
      try {
        intake.take(failures, rotated);
      } catch (PondException.Locked e) {
        if (look == MAX_LOOKS || !intake.isOvertaken()) {
          throw e;
        }
        continue;
      } finally {
        tally.read(active);
      }
      run.tell(tally.summary());
      failures.requireNone();
      return;
    }
  }

  private List<HostLog> active(CollectSite run, List<HostGlob.Match> matches) {
    return logs(
        run,
        matches.stream().filter(match -> !config.isRotated(match.file())).toList(),
        config.active());
  }

  /**
   * Lists rotated files; a pattern that matches active ones too, or names of them, means others.
   */
  private List<HostLog> archived(CollectSite run, Failures failures, List<HostLog> active) {
    return OneFile.without(logs(run, failures.list(config.archived()), config.archived()), active);
  }

  private List<HostLog> logs(CollectSite run, List<HostGlob.Match> matches, HostGlob glob) {
    List<HostLog> logs =
        matches.stream().map(match -> HostLog.of(match.file(), glob, config.path())).toList();
    return new OneFile(run, run.read()).list(logs);
  }

  /**
   * Looks at rotated files, the oldest first.
   *
   * @throws PondException.Conflict when files go on being renamed: which log is in which is not to
   *     be guessed then
   */
  private List<RotatedLog> rotated(CollectSite run, Failures failures, List<HostLog> active) {
    for (int look = 0; look < MAX_LOOKS; look++) {
      Optional<List<RotatedLog>> rotated = look(failures, archived(run, failures, active));
      if (rotated.isPresent()) {
        return rotated.get();
      }
    }
    throw new PondException.Conflict(
        "the files of '" + config.archived().pattern() + "' change while they are looked at",
        "one was renamed or deleted each time",
        "Run it again when the rotation is over; nothing was changed.");
  }

  /** Looks at files; empty when one of them was renamed or deleted since they were listed. */
  private static Optional<List<RotatedLog>> look(Failures failures, List<HostLog> files) {
    List<RotatedLog> rotated = new ArrayList<>();
    for (HostLog log : files) {
      try {
        rotated.add(new RotatedLog(log, log.stat()));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        String file = log.file().toString();
        failures.attempt(
            file,
            () -> {
              throw log.unreadable(e);
            });
      }
    }
    rotated.sort(
        Comparator.comparingLong((RotatedLog log) -> log.stat().modifiedNanos())
            .thenComparing(log -> log.file().file(), Comparator.reverseOrder()));
    return Optional.of(rotated);
  }
}
