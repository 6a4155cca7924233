package dev.duckpond.export;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of one request. */
final class ExportRun {
  private static final Logger LOG = LoggerFactory.getLogger(ExportRun.class);

  /** Compressed anew, an export may become smaller than its source, but hardly more than this. */
  private static final long SOURCE_BYTES_PER_EXPORTED = 4;

  private final ExportRequest request;
  private final PondTree tree;
  private final QuerySession session;
  private final ExportListener listener;
  private final FileOperations files;
  private final ExportDirectory directory;
  private final ReportBuilder report;
  private final ExportScope scope;
  private final List<ExportTarget> targets;
  private final Upkeep upkeep;

  /**
   * Prepares.
   *
   * @param targets what is exported, in order
   * @param upkeep which targets of earlier exports it looks after
   */
  ExportRun(
      ExportRequest request,
      List<ExportTarget> targets,
      Upkeep upkeep,
      ExportScope scope,
      PondTree tree,
      QuerySession session,
      ExportListener listener,
      FileOperations files) {
    this.request = request;
    this.targets = List.copyOf(targets);
    this.upkeep = upkeep;
    this.scope = scope;
    this.tree = tree;
    this.session = session;
    this.listener = listener;
    this.files = files;
    this.directory = ExportDirectory.of(request.directory());
    this.report = new ReportBuilder(request, directory);
  }

  /** Makes the plan and reports it. */
  ExportReport plan() {
    try {
      return dryRun();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Runs in a directory that is there, and locked. */
  ExportReport runLocked() {
    try {
      return locked(Optional.empty());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private PondException failed(IOException e) {
    return ExportErrors.of("the export to '" + directory.root() + "' failed", e);
  }

  /** Makes the directory, locks it, and runs. */
  ExportReport run(InstantSource clock) {
    try {
      // What is refused leaves no directory behind; a plan for an empty one is as good afterwards.
      Optional<List<TargetPlan>> early =
          Files.exists(directory.root())
              ? Optional.empty()
              : Optional.of(plan(new Manifest(List.of())));
      files.syncDirectories(files.makeDirectories(directory.root()));
      ExportDirectory.requireNoLink(directory.lock());
      try (ExportLock _ = ExportLock.acquire(directory.lock(), clock.instant())) {
        return locked(early);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private ExportReport dryRun() throws IOException {
    Recovery recovery = Recovery.of(directory, new ExportJournal(directory, files));
    List<TargetPlan> plans = plan(recovery.manifest());
    Publication publication = publication(recovery);
    publication.check(plans);
    publication.planRemovals(plans, keys(targets), pond());
    plans.forEach(report::planned);
    return report.build(targets, publication.removed(), Optional.empty());
  }

  private ExportReport locked(Optional<List<TargetPlan>> early) throws IOException {
    String manifestOnDisk = manifestOnDisk();
    Recovery recovery = Recovery.of(directory, new ExportJournal(directory, files));
    try (StagingArea staging = new StagingArea(directory.staging(), files)) {
      staging.clear();
      List<TargetPlan> plans =
          early.isPresent() && recovery.manifest().targets().isEmpty()
              ? early.get()
              : plan(recovery.manifest());
      Publication publication = publication(recovery);
      publication.check(plans);
      requireRoom(plans);
      tellPlan(plans);
      Optional<PondException> fatal = write(plans, staging, publication);
      staging.clear();
      if (fatal.isEmpty()) {
        boolean isSound = report.build(targets, Set.of(), Optional.empty()).findFailure().isEmpty();
        publication.removeVanished(keys(targets), pond(), isSound ? upkeep : upkeep.ofData());
      }
      publication.finish(manifestOnDisk);
      return report.build(targets, publication.removed(), fatal);
    }
  }

  private Publication publication(Recovery recovery) {
    return new Publication(
        request, directory, files, recovery.manifest(), recovery.journaled(), upkeep);
  }

  private String manifestOnDisk() throws IOException {
    return ExportDirectory.findText(directory.manifest()).orElse("");
  }

  private String pond() {
    return tree.snapshot().identity().id().toString();
  }

  private static Set<TargetKey> keys(List<ExportTarget> targets) {
    return targets.stream().map(ExportTarget::key).collect(Collectors.toSet());
  }

  /** Plans every target; one that cannot be planned is reported as failed. */
  private List<TargetPlan> plan(Manifest before) {
    Planner planner = new Planner(request, directory, session, tree, before);
    List<TargetPlan> plans = new ArrayList<>();
    for (ExportTarget target : targets) {
      try {
        session.requireGoingOn("the export");
        plans.add(isolated(target, () -> planner.plan(target)));
      } catch (PondException e) {
        if (isFatal(e)) {
          throw e;
        }
        fail(target, e);
      }
    }
    return plans;
  }

  private interface Step<T> {
    T run();
  }

  /** Does something for one target; whatever goes wrong is told as an error of that target. */
  private static <T> T isolated(ExportTarget target, Step<T> step) {
    String problem = "the export of '" + target.label() + "'";
    try {
      return step.run();
    } catch (PondException e) {
      throw e;
    } catch (DuckException e) {
      throw QueryErrors.of(problem, e);
    } catch (RuntimeException e) {
      // One target must not keep the others from being exported and the manifest from being true.
      String message = e.getMessage();
      throw new PondException.Failed(
          problem + " failed",
          "an error in pond itself: " + (message == null ? e.getClass().getSimpleName() : message),
          "Run it with --debug and report what it says.",
          e);
    }
  }

  private void fail(ExportTarget target, PondException failure) {
    if (request.has(ExportRequest.Option.FAIL_FAST)) {
      throw failure;
    }
    report.failed(target, failure);
    listener.ended(target.key().path(), Optional.of(failure));
  }

  /** Tells whether going on with other targets makes no sense. */
  private static boolean isFatal(PondException e) {
    if (e.getCause() instanceof DuckException engine) {
      return engine.kind() == DuckException.Kind.INTERRUPTED
          || engine.kind() == DuckException.Kind.NO_SPACE;
    }
    return e instanceof PondException.NoSpace;
  }

  private void tellPlan(List<TargetPlan> plans) {
    listener.planned(
        plans.size(),
        plans.stream().mapToLong(plan -> plan.toWrite().size()).sum(),
        plans.stream().mapToLong(TargetPlan::rowsToWrite).sum());
  }

  private void requireRoom(List<TargetPlan> plans) throws IOException {
    long needed = 0;
    for (TargetPlan plan : plans) {
      if (!plan.toWrite().isEmpty()) {
        needed += sourceBytes(plan) / SOURCE_BYTES_PER_EXPORTED;
      }
    }
    long usable = Files.getFileStore(directory.root()).getUsableSpace();
    if (needed > usable) {
      throw new PondException.NoSpace(
          "there is no room for the export in '" + directory.root() + "'",
          "about " + needed + " bytes are needed and " + usable + " are free",
          "Free some space, or choose another directory.",
          new IOException("not enough space"));
    }
  }

  private long sourceBytes(TargetPlan plan) {
    if (!(plan.target().node().orElse(null) instanceof Node.Stored stored)) {
      return 0;
    }
    long bytes = 0;
    for (var version : Planner.versions(tree, stored)) {
      bytes += version.sizeBytes();
    }
    long rows = plan.files().stream().mapToLong(PlannedFile::rows).sum();
    return rows == 0 ? bytes : (long) ((double) bytes * plan.rowsToWrite() / rows);
  }

  /** Writes and publishes target after target; answers what ended it before the last. */
  private Optional<PondException> write(
      List<TargetPlan> plans, StagingArea staging, Publication publication) throws IOException {
    TargetWriter writer = new TargetWriter(request, tree, session, staging, listener);
    List<TargetPlan> made = new ArrayList<>();
    for (TargetPlan plan : plans) {
      if (plan.target().isMade()) {
        made.add(plan);
        continue;
      }
      // Pages tell of what was exported before them.
      Optional<PondException> stopped = writeMade(made, staging, publication);
      made.clear();
      if (stopped.isPresent()) {
        return stopped;
      }
      try {
        session.requireGoingOn("the export");
        isolated(
            plan.target(),
            () -> {
              write(plan, writer, publication);
              return plan;
            });
      } catch (PondException e) {
        if (isFatal(e) || request.has(ExportRequest.Option.FAIL_FAST)) {
          report.failed(plan.target(), e);
          return Optional.of(e);
        }
        staging.clear();
        fail(plan.target(), e);
      }
    }
    return writeMade(made, staging, publication);
  }

  /** Makes files of what was exported so far; each that fails leaves the others. */
  private Optional<PondException> writeMade(
      List<TargetPlan> plans, StagingArea staging, Publication publication) throws IOException {
    if (plans.isEmpty()) {
      return Optional.empty();
    }
    MadeFiles made =
        new MadeFiles(
            scope.context(report.build(targets, Set.of(), Optional.empty())), staging, publication);
    for (TargetPlan plan : plans) {
      try {
        session.requireGoingOn("the export");
        isolated(
            plan.target(),
            () -> {
              made.add(plan);
              return plan;
            });
      } catch (PondException e) {
        if (isFatal(e) || request.has(ExportRequest.Option.FAIL_FAST)) {
          publishMade(made);
          report.failed(plan.target(), e);
          return Optional.of(e);
        }
        fail(plan.target(), e);
      }
      if (made.isFull()) {
        publishMade(made);
      }
    }
    publishMade(made);
    return Optional.empty();
  }

  private void publishMade(MadeFiles made) throws IOException {
    made.publish((plan, published) -> {
      report.published(plan, published);
      listener.ended(plan.target().key().path(), Optional.empty());
    });
  }

  private void write(TargetPlan plan, TargetWriter writer, Publication publication) {
    try {
      if (!plan.toWrite().isEmpty()) {
        listener.began(plan.target().key().path());
      }
      List<StagedFile> staged = plan.toWrite().isEmpty() ? List.of() : writer.write(plan);
      Publication.Published published = publication.publish(plan, staged);
      report.published(plan, published);
      LOG.info(
          "exported {}: {} files, {} of them written",
          plan.target().label(),
          published.files().size(),
          published.written().size());
      listener.ended(plan.target().key().path(), Optional.empty());
    } catch (IOException e) {
      throw ExportErrors.of(
          "the export of '" + plan.target().label() + "' to '" + directory.root() + "' failed", e);
    }
  }
}
