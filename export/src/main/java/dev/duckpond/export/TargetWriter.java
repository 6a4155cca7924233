package dev.duckpond.export;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ExactPath;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Writes the files of one target into staging, one after the other, so that memory does not grow
 * with their number.
 *
 * <p>A partition is read from the source when that costs little more than its own rows. Where the
 * source is so disordered that every partition would read most of it, all rows are sorted into one
 * temporary file first.
 */
final class TargetWriter {
  /** Reading this many times as much costs more than sorting a copy first. */
  private static final long MAX_READS = 4;

  /** Below this, in rows read, a copy is not worth its while. */
  private static final long MIN_READ_ROWS = 20_000_000;

  private static final Sql PLAN = Sql.of("pond_export_plan");

  private final ExportRequest request;
  private final PondTree tree;
  private final QuerySession session;
  private final StagingArea staging;
  private final ExportListener listener;

  TargetWriter(
      ExportRequest request,
      PondTree tree,
      QuerySession session,
      StagingArea staging,
      ExportListener listener) {
    this.request = request;
    this.tree = tree;
    this.session = session;
    this.staging = staging;
    this.listener = listener;
  }

  /** Stages every file of the plan that is not kept, in its order. */
  List<StagedFile> write(TargetPlan plan) throws IOException {
    List<Pending> pending = new ArrayList<>();
    Optional<Relation> relation = plan.target().relation();
    if (relation.isPresent()) {
      writeRelation(plan, relation.get(), pending);
    } else {
      for (PlannedFile file : plan.toWrite()) {
        session.requireGoingOn("the export of '" + plan.target().label() + "'");
        pending.add(copyData(plan.target(), file));
      }
    }
    List<StagedFile> staged = new ArrayList<>();
    for (Pending file : pending) {
      staged.add(file.await());
    }
    staging.sync(staged.stream().map(StagedFile::place).toList());
    return staged;
  }

  /** A file that is being hashed. */
  private record Pending(
      Path place, PlannedFile planned, long rows, long sizeBytes, Future<ContentHash> hash) {
    StagedFile await() throws IOException {
      try {
        Optional<PartitionCount> count = planned.count();
        Optional<TimeRange> span =
            count.flatMap(known ->
                known.partition().slot() instanceof TimeSlot.Span slot
                    ? Optional.of(slot.range())
                    : Optional.empty());
        Optional<EventBounds> bounds = count.flatMap(PartitionCount::bounds);
        return new StagedFile(
            place,
            new ExportedFile(
                planned.path(), rows, sizeBytes, hash.get(), span, bounds, planned.fingerprint()));
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case IOException io -> throw new IOException(io.getMessage(), io);
          case RuntimeException other -> throw other;
          case Error error -> throw error;
          case null, default -> throw new IllegalStateException("hashing " + place, e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  private void writeRelation(TargetPlan plan, Relation relation, List<Pending> pending)
      throws IOException {
    RelationSql sql = new RelationSql(request, plan.target(), relation);
    List<PlannedFile> files = plan.toWrite();
    boolean sortFirst = isWorthSorting(plan, sql, files);
    Path copy = sortFirst ? sortedCopy(plan, sql, files) : staging.next();
    Sql copied =
        Sql.of("read_parquet(").plus(ExactPath.literal(copy)).plus(", hive_partitioning = false)");
    long ordinal = 0;
    for (PlannedFile file : files) {
      PartitionCount count = file.count().orElseThrow();
      Sql select = sortFirst ? sql.fileFromCopy(count, copied, ordinal) : sql.fileFromSource(count);
      pending.add(
          copy(
              plan.target(),
              file,
              select,
              FileLayout.options(request, plan.target(), relation, count.partition().slot())));
      ordinal++;
    }
    if (sortFirst) {
      Files.delete(copy);
    }
  }

  private Pending copy(ExportTarget target, PlannedFile file, Sql select, ParquetOptions options)
      throws IOException {
    Path place = staging.next();
    WrittenParquet written =
        engine(target, () -> session.duck().copyExactToParquet(select, place, options));
    if (written.rows() != file.rows()) {
      throw new PondException.Failed(
          "the export of '" + target.label() + "' does not hold what was counted",
          file.rows()
              + " rows were counted for '"
              + file.path()
              + "' and "
              + written.rows()
              + " written",
          "Nothing of it was published. Copy the same content into the pond once more, or restore"
              + " it from a backup.",
          new IllegalStateException("row counts differ"));
    }
    listener.staged(target.key().path(), file.path(), written.rows(), written.sizeBytes());
    return new Pending(place, file, written.rows(), written.sizeBytes(), staging.finish(place));
  }

  private boolean isWorthSorting(TargetPlan plan, RelationSql sql, List<PlannedFile> files) {
    if (!sql.hasOrder()) {
      // What a factory computes would be computed anew for every file.
      return files.size() > 1;
    }
    long all = 0;
    for (PlannedFile file : plan.files()) {
      all += file.rows();
    }
    long read = 0;
    long readOfCopy = all;
    for (PlannedFile file : files) {
      PartitionCount count = file.count().orElseThrow();
      // Every run of rows begins and ends within a row group, which is read whole.
      long edges = 2 * ParquetOptions.DEFAULT_ROW_GROUP_ROWS;
      read += Math.min(all, count.rows() + count.runs() * edges);
      readOfCopy += Math.min(all, count.rows() + edges);
    }
    return read > MIN_READ_ROWS && read > MAX_READS * readOfCopy;
  }

  /** Writes the rows of all files into one, in the order of the files and sorted within each. */
  private Path sortedCopy(TargetPlan plan, RelationSql sql, List<PlannedFile> files)
      throws IOException {
    Path copy = staging.next();
    DuckSession duck = session.duck();
    engine(
        plan.target(),
        () -> {
          duck.execute(sql.createPlan(PLAN));
          try (RowAppender rows = duck.append(PLAN.toString())) {
            long ordinal = 0;
            for (PlannedFile file : files) {
              Partition partition = file.count().orElseThrow().partition();
              rows.append(ordinal);
              if (partition.slot() instanceof TimeSlot.Span span) {
                rows.append(span.number());
              } else {
                rows.appendNull();
              }
              partition.keys().forEach(key -> rows.append(key.orElse(null)));
              rows.endRow();
              ordinal++;
            }
          }
          ParquetOptions options =
              ParquetOptions.defaults().withCompression(ParquetOptions.Compression.SNAPPY);
          return duck.copyToParquet(sql.sorted(PLAN), copy, options);
        });
    return copy;
  }

  private interface EngineCall<T> {
    T run();
  }

  private <T> T engine(ExportTarget target, EngineCall<T> call) {
    try {
      return call.run();
    } catch (DuckException e) {
      if (e.kind() == DuckException.Kind.NO_SPACE) {
        throw new PondException.NoSpace(
            "the export to '" + request.directory() + "' stopped at '" + target.label() + "'",
            "the disk is full",
            "Free some space and run the export again; it goes on where it stopped.",
            e);
      }
      throw QueryErrors.of("the export of '" + target.label() + "'", e);
    }
  }

  private Pending copyData(ExportTarget target, PlannedFile file) throws IOException {
    Path place = staging.next();
    try (var out = Files.newOutputStream(place)) {
      transfer(target, out);
    } catch (PondException.Corrupt e) {
      throw e.seenAt(target.key().path());
    }
    long size = Files.size(place);
    listener.staged(target.key().path(), file.path(), 0, size);
    return new Pending(place, file, 0, size, staging.finish(place));
  }

  private void transfer(ExportTarget target, OutputStream out) throws IOException {
    switch (target.node().orElseThrow()) {
      case Node.Stored stored -> {
        for (var version : Planner.versions(tree, stored)) {
          try (InputStream in = tree.snapshot().contents().open(version)) {
            in.transferTo(out);
          }
        }
      }
      case Node.Dynamic dynamic -> transfer(target, dynamic.content(), out);
      case Node.Computed computed -> transfer(target, computed.content(), out);
      case Node.Directory directory -> throw new IllegalStateException("a directory");
      case Node.Symlink link -> throw new IllegalStateException("a link");
    }
  }

  private static void transfer(ExportTarget target, DynamicNode content, OutputStream out)
      throws IOException {
    switch (content) {
      case DynamicNode.File computed -> {
        try (InputStream in = computed.open()) {
          in.transferTo(out);
        }
      }
      case DynamicNode.Directory directory ->
          throw new IllegalStateException(target.label() + " is a directory");
    }
  }
}
