package dev.duckpond.export;

import dev.duckpond.duckdb.WideIntegers;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which files a target is to have, and which of them are in place already. */
final class Planner {
  private final ExportRequest request;
  private final ExportDirectory directory;
  private final QuerySession session;
  private final PondTree tree;
  private final Manifest before;
  private final Fingerprint.Maker fingerprints;

  Planner(
      ExportRequest request,
      ExportDirectory directory,
      QuerySession session,
      PondTree tree,
      Manifest before) {
    this.request = request;
    this.directory = directory;
    this.session = session;
    this.tree = tree;
    this.before = before;
    this.fingerprints = new Fingerprint.Maker(request, session.duck().version());
  }

  /**
   * Plans one target. Reads no rows when nothing changed since the last export.
   *
   * @throws PondException when this target cannot be exported
   */
  TargetPlan plan(ExportTarget target) {
    return target
        .relation()
        .map(relation ->
            QueryErrors.translating(
                "reading '" + target.label() + "'", () -> relationPlan(target, relation)))
        .orElseGet(() -> dataPlan(target));
  }

  private TargetPlan dataPlan(ExportTarget target) {
    String fingerprint =
        target.node().orElse(null) instanceof Node.Stored stored
            ? Fingerprint.ofData(target, versions(tree, stored))
            : Fingerprint.UNKNOWN;
    String path = ExportDirectory.path(target.place());
    Optional<ExportedFile> kept = keepable(existing(target).get(path), fingerprint);
    return new TargetPlan(
        target, fingerprint, List.of(new PlannedFile(path, Optional.empty(), fingerprint, kept)));
  }

  /** Lists the versions whose bytes, one after the other, are the content of data. */
  static List<NodeVersion> versions(PondTree tree, Node.Stored stored) {
    return stored.type().isAppended()
        ? tree.snapshot().listVersions(stored.entry().node())
        : List.of(stored.version());
  }

  private TargetPlan relationPlan(ExportTarget target, Relation relation) {
    String fingerprint = fingerprints.ofTarget(target, relation);
    Optional<ManifestTarget> last = before.find(target.key());
    if (last.isPresent() && isUnchanged(last.get(), fingerprint)) {
      return new TargetPlan(
          target,
          fingerprint,
          last.get().files().stream()
              .map(file ->
                  new PlannedFile(
                      file.path(), Optional.empty(), file.fingerprint(), Optional.of(file)))
              .toList());
    }
    relation.columns().forEach(column -> WideIntegers.requireExact(column.name(), column.type()));
    RelationSql sql = new RelationSql(request, target, relation);
    Map<String, ExportedFile> existing = existing(target);
    List<PlannedFile> files = new ArrayList<>();
    for (PartitionCount count : new PartitionCounter(request, target, sql).list(session.duck())) {
      String path = path(target, sql, count.partition());
      String print = fingerprints.ofPartition(target, relation, count.partition());
      files.add(
          new PlannedFile(path, Optional.of(count), print, keepable(existing.get(path), print)));
    }
    return new TargetPlan(target, fingerprint, files);
  }

  private boolean isUnchanged(ManifestTarget last, String fingerprint) {
    return !request.has(ExportRequest.Option.FULL)
        && !fingerprint.equals(Fingerprint.UNKNOWN)
        && fingerprint.equals(last.fingerprint())
        && last.files().stream().allMatch(directory::holds);
  }

  private Optional<ExportedFile> keepable(@Nullable ExportedFile last, String fingerprint) {
    return Optional.ofNullable(last)
        .filter(file ->
            !request.has(ExportRequest.Option.FULL)
                && !fingerprint.equals(Fingerprint.UNKNOWN)
                && fingerprint.equals(file.fingerprint())
                && directory.holds(file));
  }

  private Map<String, ExportedFile> existing(ExportTarget target) {
    Map<String, ExportedFile> files = new HashMap<>();
    before
        .find(target.key())
        .ifPresent(last -> last.files().forEach(file -> files.put(file.path(), file)));
    return files;
  }

  private String path(ExportTarget target, RelationSql sql, Partition partition) {
    List<String> names = new ArrayList<>(target.place());
    for (int i = 0; i < partition.keys().size(); i++) {
      names.add(HiveName.of(request.partitionBy().get(i), partition.keys().get(i)));
    }
    sql.buckets().ifPresent(buckets -> names.addAll(buckets.names(partition.slot())));
    for (String name : names) {
      String mistake = ExportDirectory.mistakeIn(name);
      if (!mistake.isEmpty()) {
        throw new PondException.Invalid(
            "'" + target.label() + "' cannot be partitioned as asked",
            "the value '" + name + "' cannot name a directory: " + mistake,
            "Partition by another column.");
      }
    }
    names.add(Claims.FILE_NAME);
    return ExportDirectory.path(names);
  }
}
