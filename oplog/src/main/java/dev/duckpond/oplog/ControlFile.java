package dev.duckpond.oplog;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes and reads the Parquet files of the control log. */
final class ControlFile {
  static final StructType DELTA =
      new StructType()
          .add("txn_id", StringType.STRING)
          .add(LogSchema.TXN_SEQ, LongType.LONG)
          .add("outcome", StringType.STRING)
          .add("args", StringType.STRING)
          .add("user", StringType.STRING)
          .add("host", StringType.STRING)
          .add("started_at", TimestampType.TIMESTAMP)
          .add("duration_millis", LongType.LONG)
          .add("rows_written", LongType.LONG)
          .add("bytes_written", LongType.LONG)
          .add("error", StringType.STRING);

  private static final Sql CREATE =
      Sql.of(
          """
          CREATE TEMP TABLE control_rows (
            txn_id VARCHAR, txn_seq BIGINT, outcome VARCHAR, args VARCHAR, "user" VARCHAR,
            host VARCHAR, started_at TIMESTAMP, duration_millis BIGINT, rows_written BIGINT,
            bytes_written BIGINT, error VARCHAR)
          """);
  private static final Sql DROP = Sql.of("DROP TABLE IF EXISTS control_rows");
  private static final Sql SELECT =
      Sql.of("SELECT * REPLACE (started_at AT TIME ZONE 'UTC' AS started_at) FROM control_rows");
  private static final Sql READ =
      Sql.of(
          """
          SELECT txn_id, txn_seq, outcome, args, "user", host, epoch_us(started_at),
            duration_millis, rows_written, bytes_written, error
          FROM read_parquet(getvariable('control_files'))
          ORDER BY started_at DESC, txn_id DESC
          """);

  private final LogEngine engine;

  ControlFile(LogEngine engine) {
    this.engine = engine;
  }

  WrittenParquet write(List<ControlRow> rows, Path target) throws IOException {
    return engine.withSession(session -> {
      session.execute(DROP);
      session.execute(CREATE);
      try {
        append(session, rows);
        return session.copyToParquet(SELECT, target, ParquetOptions.defaults());
      } finally {
        session.execute(DROP);
      }
    });
  }

  private static void append(DuckSession session, List<ControlRow> rows) {
    try (RowAppender out = session.append("control_rows")) {
      for (ControlRow row : rows) {
        out.append(row.txnId().toString())
            .append(row.txnSeq().number())
            .append(row.outcome().name().toLowerCase(Locale.ROOT))
            .append(JsonArray.ofTexts(row.args()).toText())
            .append(row.user())
            .append(row.host())
            .appendMicros(Micros.of(row.startedAt()))
            .append(row.durationMillis())
            .append(row.rowsWritten())
            .append(row.bytesWritten())
            .append(row.error().orElse(null))
            .endRow();
      }
    }
  }

  /** Reads rows, the newest first. */
  List<ControlRow> read(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return List.of();
    }
    return engine.withSession(session -> {
      session.setVariable("control_files", files.stream().map(Path::toString).toList());
      return session.list(READ, ControlFile::row);
    });
  }

  private static ControlRow row(Rows row) {
    return new ControlRow(
        TxnId.of(row.text(0)),
        new TxnSeq(row.longValue(1)),
        ControlRow.Outcome.valueOf(row.text(2).toUpperCase(Locale.ROOT)),
        Json.parse(row.text(3)).asArray().texts(),
        row.text(4),
        row.text(5),
        Micros.toInstant(row.longValue(6)),
        row.longValue(7),
        row.longValue(8),
        row.longValue(9),
        row.isNull(10) ? Optional.empty() : Optional.of(row.text(10)));
  }
}
