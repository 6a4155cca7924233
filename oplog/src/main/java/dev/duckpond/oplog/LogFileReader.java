package dev.duckpond.oplog;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.json.Json;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.Placement;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows and contents out of data files of the operation log. */
final class LogFileReader {
  private static final Sql ROWS =
      Sql.of(
          """
          SELECT txn_seq, kind, pond_id, parent_id, name, op, node_id, entry_type, version,
            covers_from, epoch_us(created_at), size_bytes, row_count, sha256, min_event_time,
            max_event_time, time_column, factory, attributes
          FROM read_parquet(getvariable('log_files'), file_row_number = true)
          ORDER BY txn_seq, file_row_number
          """);
  private static final Sql CONTENTS =
      Sql.of(
          """
          SELECT sha256, content
          FROM read_parquet(getvariable('log_files'))
          WHERE kind = 'version' AND content IS NOT NULL
            AND sha256 IN (SELECT unnest(getvariable('log_hashes')))
          """);

  private final LogEngine engine;

  LogFileReader(LogEngine engine) {
    this.engine = engine;
  }

  /** Takes one content; called under the session, so it must not use it. */
  interface ContentTaker {
    void take(ContentHash hash, byte[] content) throws IOException;
  }

  /** Reads all rows, without contents, by transaction, in the order of their file. */
  Map<TxnSeq, List<LogRow>> readRows(List<DataFile> files) throws IOException {
    Map<TxnSeq, List<LogRow>> rows = new HashMap<>();
    readAll(
        files,
        session -> {
          rows.clear();
          try (Rows cursor = session.query(ROWS)) {
            while (cursor.next()) {
              addRow(cursor, rows);
            }
          }
        });
    return rows;
  }

  /** Reads the inline contents of the given hashes; each may come more than once, or not at all. */
  void readContents(List<DataFile> files, List<ContentHash> hashes, ContentTaker taker)
      throws IOException {
    readAll(
        files,
        session -> {
          session.setVariable("log_hashes", hashes.stream().map(ContentHash::hex).toList());
          takeAll(session, taker);
        });
  }

  /** Reads the files that the variable {@code log_files} names. */
  private interface Reading {
    void read(DuckSession session) throws IOException;
  }

  /**
   * Compares the files with what was written, then reads them.
   *
   * @throws PondException.Corrupt naming the file, when one is not what was written
   */
  private void readAll(List<DataFile> files, Reading reading) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    for (DataFile file : files) {
      requireSame(file);
    }
    engine.checkedFiles().save();
    List<Path> paths = files.stream().map(this::path).toList();
    try {
      read(paths, reading);
    } catch (PondException.Corrupt e) {
      // Which of them is it? Only the first ones of a pond, which were not sealed, get here.
      if (paths.size() > 1) {
        for (Path path : paths) {
          read(List.of(path), reading);
        }
      }
      throw e;
    }
  }

  private void requireSame(DataFile file) throws IOException {
    if (file.seal().isPresent()) {
      Path path = path(file);
      Optional<String> difference = engine.checkedFiles().findDifference(path, file.seal().get());
      if (difference.isPresent()) {
        throw Trouble.corrupt(path, difference.get());
      }
    }
  }

  private void read(List<Path> paths, Reading reading) throws IOException {
    Path named = paths.size() == 1 ? paths.getFirst() : Durable.parent(paths.getFirst());
    Trouble.decoding(
        named,
        "its rows cannot be understood",
        () ->
            engine.withSession(session -> {
              session.setVariable("log_files", paths.stream().map(Path::toString).toList());
              reading.read(session);
              return "";
            }));
  }

  private Path path(DataFile file) {
    return engine.layout().data().resolve(file.name());
  }

  private static void takeAll(DuckSession session, ContentTaker taker) throws IOException {
    try (Rows cursor = session.query(CONTENTS)) {
      while (cursor.next()) {
        taker.take(new ContentHash(cursor.text(0)), cursor.bytes(1));
      }
    }
  }

  private static void addRow(Rows row, Map<TxnSeq, List<LogRow>> rows) {
    TxnSeq seq = new TxnSeq(row.longValue(0));
    String kind = row.text(1);
    LogRow decoded =
        switch (kind) {
          case LogSchema.ENTRY -> readEntry(row);
          case LogSchema.VERSION -> new LogRow.VersionWritten(readVersion(row, seq));
          case LogSchema.ATTRIBUTES -> new LogRow.AttributesSet(readAttributes(row, seq));
          default -> throw new IllegalStateException("unknown kind of row " + kind);
        };
    rows.computeIfAbsent(seq, each -> new ArrayList<>()).add(decoded);
  }

  private static LogRow readEntry(Rows row) {
    DirectoryEntry entry =
        new DirectoryEntry(
            NodeId.of(row.text(3)),
            new EntryName(row.text(4)),
            NodeId.of(row.text(6)),
            LogText.entryType(row.text(7)),
            PondId.of(row.text(2)));
    String op = row.text(5);
    return switch (op) {
      case LogSchema.PUT -> new LogRow.EntryPut(entry);
      case LogSchema.REMOVE -> new LogRow.EntryRemoved(entry);
      default -> throw new IllegalStateException("unknown operation " + op);
    };
  }

  private static NodeVersion readVersion(Rows row, TxnSeq seq) {
    EntryType type = LogText.entryType(row.text(7));
    long sizeBytes = row.longValue(11);
    Placement placement =
        sizeBytes <= BlobStore.INLINE_LIMIT_BYTES ? Placement.INLINE : Placement.BLOB;
    return new NodeVersion(
        PondId.of(row.text(2)),
        NodeId.of(row.text(6)),
        type,
        new Version(row.longValue(8)),
        new Version(row.longValue(9)),
        seq,
        Micros.toInstant(row.longValue(10)),
        new StagedContent(new ContentHash(row.text(13)), sizeBytes, placement),
        readFacts(row));
  }

  private static NodeAttributes readAttributes(Rows row, TxnSeq seq) {
    return new NodeAttributes(
        PondId.of(row.text(2)),
        NodeId.of(row.text(6)),
        LogText.entryType(row.text(7)),
        seq,
        Micros.toInstant(row.longValue(10)),
        attributes(row));
  }

  private static Map<String, String> attributes(Rows row) {
    String text = findText(row, 18);
    return text == null ? Map.of() : Json.parse(text).asObject().texts();
  }

  private static ContentFacts readFacts(Rows row) {
    ContentFacts.Builder facts = ContentFacts.builder();
    Object rowCount = row.value(12);
    if (rowCount != null) {
      facts.rowCount((Long) rowCount);
    }
    Object min = row.value(14);
    Object max = row.value(15);
    if (min != null && max != null) {
      facts.bounds(Optional.of(new EventBounds((Long) min, (Long) max)));
    }
    String timeColumn = findText(row, 16);
    if (timeColumn != null) {
      facts.timeColumn(timeColumn);
    }
    String factory = findText(row, 17);
    if (factory != null) {
      facts.factory(factory);
    }
    return facts.attributes(attributes(row)).build();
  }

  private static @Nullable String findText(Rows row, int column) {
    return (String) row.value(column);
  }
}
