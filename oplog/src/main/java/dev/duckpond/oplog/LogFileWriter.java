package dev.duckpond.oplog;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.Placement;
import dev.duckpond.tinyfs.TransactionInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one transaction as a Parquet file of the operation log. */
final class LogFileWriter {
  /**
   * Rows in a row group, each of which may hold 64 KiB of content: small, so that neither writing
   * nor reading one content needs much memory.
   */
  private static final int ROW_GROUP_ROWS = 2048;

  private static final Sql CREATE =
      Sql.of(
          """
          CREATE TEMP TABLE log_rows (
            pond_id VARCHAR, txn_seq BIGINT, kind VARCHAR, parent_id VARCHAR, name VARCHAR,
            op VARCHAR, node_id VARCHAR, entry_type VARCHAR, version BIGINT, covers_from BIGINT,
            created_at TIMESTAMP, size_bytes BIGINT, row_count BIGINT, sha256 VARCHAR,
            content BLOB, min_event_time BIGINT, max_event_time BIGINT, time_column VARCHAR,
            factory VARCHAR, attributes VARCHAR)
          """);
  private static final Sql DROP = Sql.of("DROP TABLE IF EXISTS log_rows");
  private static final Sql SELECT =
      Sql.of("SELECT * REPLACE (created_at AT TIME ZONE 'UTC' AS created_at) FROM log_rows");

  private final LogEngine engine;

  LogFileWriter(LogEngine engine) {
    this.engine = engine;
  }

  /** Answers an inline content by its hash. */
  interface InlineContents {
    byte[] require(ContentHash hash) throws IOException;
  }

  /** Writes rows, which stand in file order, into a new file. */
  WrittenParquet write(
      TransactionInfo info,
      Instant committedAt,
      List<LogRow> rows,
      InlineContents contents,
      Path target)
      throws IOException {
    return engine.withSession(session -> {
      session.execute(DROP);
      session.execute(CREATE);
      try {
        append(session, info, Micros.of(committedAt), rows, contents);
        return session.copyToParquet(
            SELECT, target, ParquetOptions.defaults().withRowGroupRows(ROW_GROUP_ROWS));
      } finally {
        session.execute(DROP);
      }
    });
  }

  private static void append(
      DuckSession session,
      TransactionInfo info,
      long committedAtMicros,
      List<LogRow> rows,
      InlineContents contents)
      throws IOException {
    try (RowAppender out = session.append("log_rows")) {
      for (LogRow row : rows) {
        switch (row) {
          case LogRow.EntryPut(DirectoryEntry entry) ->
              appendEntry(out, info, committedAtMicros, entry, LogSchema.PUT);
          case LogRow.EntryRemoved(DirectoryEntry entry) ->
              appendEntry(out, info, committedAtMicros, entry, LogSchema.REMOVE);
          case LogRow.VersionWritten(NodeVersion version) -> appendVersion(out, version, contents);
          case LogRow.AttributesSet(NodeAttributes set) -> appendAttributes(out, set);
        }
      }
    }
  }

  private static void appendEntry(
      RowAppender out,
      TransactionInfo info,
      long committedAtMicros,
      DirectoryEntry entry,
      String op) {
    out.append(entry.origin().toString())
        .append(info.seq().number())
        .append(LogSchema.ENTRY)
        .append(entry.parent().toString())
        .append(entry.name().text())
        .append(op)
        .append(entry.node().toString())
        .append(entry.type().text())
        .appendNull()
        .appendNull()
        .appendMicros(committedAtMicros);
    for (int column = 0; column < 9; column++) {
      out.appendNull();
    }
    out.endRow();
  }

  private static void appendAttributes(RowAppender out, NodeAttributes set) {
    out.append(set.origin().toString())
        .append(set.txnSeq().number())
        .append(LogSchema.ATTRIBUTES)
        .appendNull()
        .appendNull()
        .appendNull()
        .append(set.node().toString())
        .append(set.type().text())
        .appendNull()
        .appendNull()
        .appendMicros(Micros.of(set.setAt()));
    for (int column = 0; column < 8; column++) {
      out.appendNull();
    }
    out.append(attributes(set.values())).endRow();
  }

  private static @Nullable String attributes(Map<String, String> values) {
    return values.isEmpty() ? null : JsonObject.ofTexts(values).toText();
  }

  private static void appendVersion(RowAppender out, NodeVersion version, InlineContents contents)
      throws IOException {
    ContentFacts facts = version.facts();
    boolean inline = version.content().placement() == Placement.INLINE;
    out.append(version.origin().toString())
        .append(version.txnSeq().number())
        .append(LogSchema.VERSION)
        .appendNull()
        .appendNull()
        .appendNull()
        .append(version.node().toString())
        .append(version.type().text())
        .append(version.version().number())
        .append(version.coversFrom().number())
        .appendMicros(Micros.of(version.createdAt()))
        .append(version.sizeBytes())
        .appendNullable(boxed(facts.rowCount()))
        .append(version.hash().hex())
        .append(inline ? contents.require(version.hash()) : null)
        .appendNullable(facts.bounds().map(EventBounds::minMicros).orElse(null))
        .appendNullable(facts.bounds().map(EventBounds::maxMicros).orElse(null))
        .append(facts.timeColumn().orElse(null))
        .append(facts.factory().orElse(null))
        .append(attributes(facts.attributes()))
        .endRow();
  }

  private static @Nullable Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
