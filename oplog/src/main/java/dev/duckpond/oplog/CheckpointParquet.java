package dev.duckpond.oplog;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.json.JsonObject;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the Parquet files of Delta checkpoints through the SQL engine.
 *
 * <p>Rows travel as JSON text between Kernel and the engine: both speak it, and a checkpoint is
 * small. Data files of a table do not come this way.
 */
final class CheckpointParquet implements ParquetHandler {
  /** Rows handed to Kernel at a time. */
  private static final int BATCH_ROWS = 4096;

  private static final Sql CREATE = Sql.of("CREATE TEMP TABLE checkpoint_lines (line VARCHAR)");
  private static final Sql DROP = Sql.of("DROP TABLE IF EXISTS checkpoint_lines");

  private final LogEngine engine;
  private final DeltaFileIO io;
  private final JsonHandler json;

  CheckpointParquet(LogEngine engine, DeltaFileIO io, JsonHandler json) {
    this.engine = engine;
    this.io = io;
    this.json = json;
  }

  @Override
  public CloseableIterator<FileReadResult> readParquetFiles(
      CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate)
      throws IOException {
    List<FileReadResult> results = new ArrayList<>();
    try (files) {
      while (files.hasNext()) {
        FileStatus file = files.next();
        results.addAll(
            Trouble.decoding(
                io.file(file.getPath()),
                "it is not a checkpoint",
                () -> engine.withSession(session -> read(session, file, schema))));
      }
    }
    return DeltaRows.iterate(results);
  }

  private List<FileReadResult> read(DuckSession session, FileStatus file, StructType schema) {
    Sql source =
        Sql.of("read_parquet(").plus(Sql.literal(io.file(file.getPath()).toString())).plus(")");
    Set<String> present = new HashSet<>();
    for (Column column : session.columns(Sql.of("SELECT * FROM ").plus(source))) {
      present.add(column.name());
    }
    List<Sql> members = new ArrayList<>();
    List<Sql> filled = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (present.contains(field.getName())) {
        Sql name = Sql.identifier(field.getName());
        members.add(name.plus(" := ").plus(name));
        filled.add(name.plus(" IS NOT NULL"));
      }
    }
    List<FileReadResult> results = new ArrayList<>();
    if (members.isEmpty()) {
      return results;
    }
    Sql query =
        new SqlBuilder()
            .text("SELECT CAST(to_json(struct_pack(")
            .append(Sql.list(members, ", "))
            .text(")) AS VARCHAR) FROM ")
            .append(source)
            .text(" WHERE ")
            .append(Sql.list(filled, " OR "))
            .build();
    List<@Nullable Object> batch = new ArrayList<>();
    try (Rows rows = session.query(query)) {
      while (rows.next()) {
        batch.add(rows.text(0));
        if (batch.size() == BATCH_ROWS) {
          results.add(parse(batch, schema, file));
          batch.clear();
        }
      }
    }
    if (!batch.isEmpty()) {
      results.add(parse(batch, schema, file));
    }
    return results;
  }

  private FileReadResult parse(List<@Nullable Object> batch, StructType schema, FileStatus file) {
    return new FileReadResult(
        json.parseJson(DeltaRows.texts(batch.toArray()), schema, Optional.empty()), file.getPath());
  }

  @Override
  public CloseableIterator<DataFileStatus> writeParquetFiles(
      String directory,
      CloseableIterator<FilteredColumnarBatch> data,
      List<io.delta.kernel.expressions.Column> statisticsColumns) {
    throw new UnsupportedOperationException("data files are written by LogFileWriter");
  }

  @Override
  public void writeParquetFileAtomically(String name, CloseableIterator<FilteredColumnarBatch> data)
      throws IOException {
    Path target = io.file(name);
    Path hidden = Durable.hiddenBeside(target);
    try (data) {
      engine.withSession(session -> write(session, data, hidden));
      Durable.syncFile(hidden);
      Durable.publish(hidden, target);
    } catch (DuckException e) {
      throw new IOException("a checkpoint cannot be written: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(hidden);
    }
  }

  private static WrittenParquet write(
      DuckSession session, CloseableIterator<FilteredColumnarBatch> data, Path target)
      throws IOException {
    session.execute(DROP);
    session.execute(CREATE);
    try {
      StructType schema = appendLines(session, data);
      return session.copyToParquet(
          fromLines(schema),
          target,
          ParquetOptions.defaults().withCompression(ParquetOptions.Compression.SNAPPY));
    } finally {
      session.execute(DROP);
    }
  }

  private static StructType appendLines(
      DuckSession session, CloseableIterator<FilteredColumnarBatch> data) throws IOException {
    // Everything is fetched first: Kernel reads an older checkpoint through this same session.
    List<FilteredColumnarBatch> batches = data.toInMemoryList();
    if (batches.isEmpty()) {
      throw new IOException("Kernel gave no rows for a checkpoint");
    }
    try (RowAppender out = session.append("checkpoint_lines")) {
      for (FilteredColumnarBatch batch : batches) {
        try (CloseableIterator<Row> rows = batch.getRows()) {
          while (rows.hasNext()) {
            out.append(DeltaRows.toJson(rows.next())).endRow();
          }
        }
      }
    }
    return batches.getFirst().getData().getSchema();
  }

  private static Sql fromLines(StructType schema) {
    JsonObject.Builder shape = JsonObject.builder();
    for (StructField field : schema.fields()) {
      shape.put(field.getName(), type(field.getDataType()).toString());
    }
    return new SqlBuilder()
        .text("SELECT unnest(from_json(line, ")
        .literal(shape.build().toText())
        .text(")) FROM checkpoint_lines")
        .build();
  }

  private static Sql type(DataType type) {
    return switch (type) {
      case StructType struct -> struct(struct);
      case MapType map ->
          Sql.of("MAP(")
              .plus(type(map.getKeyType()))
              .plus(", ")
              .plus(type(map.getValueType()))
              .plus(")");
      case ArrayType array -> type(array.getElementType()).plus("[]");
      case StringType text -> Sql.of("VARCHAR");
      case LongType number -> Sql.of("BIGINT");
      case IntegerType number -> Sql.of("INTEGER");
      case BooleanType flag -> Sql.of("BOOLEAN");
      case DoubleType number -> Sql.of("DOUBLE");
      default -> throw new UnsupportedOperationException("no checkpoint holds " + type);
    };
  }

  private static Sql struct(StructType struct) {
    List<Sql> members = new ArrayList<>();
    for (StructField field : struct.fields()) {
      members.add(Sql.identifier(field.getName()).plus(" ").plus(type(field.getDataType())));
    }
    return Sql.of("STRUCT(").plus(Sql.list(members, ", ")).plus(")");
  }
}
