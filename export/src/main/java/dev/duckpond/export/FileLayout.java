package dev.duckpond.export;

import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.duckdb.WideIntegers;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.query.Extent;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.TxnSeq;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what is inside the Parquet files of a target: columns, metadata, size of row groups. */
final class FileLayout {
  /** Values of a row group that are in memory while it is written. */
  private static final long MAX_ROW_GROUP_VALUES = 4_000_000;

  /** The engine works in pieces of this many rows. */
  private static final long ROWS_PER_PIECE = 2048;

  private static final long MICROS_PER_SECOND = 1_000_000;

  private FileLayout() {}

  /** Answers the rows of a row group: as asked for, else fewer the more columns there are. */
  static long rowGroupRows(ExportRequest request, Relation relation) {
    if (request.rowGroupRows().isPresent()) {
      return request.rowGroupRows().getAsLong();
    }
    long byWidth = MAX_ROW_GROUP_VALUES / Math.max(1, relation.columns().size());
    long pieces = Math.max(1, byWidth / ROWS_PER_PIECE);
    return Math.min(ParquetOptions.DEFAULT_ROW_GROUP_ROWS, pieces * ROWS_PER_PIECE);
  }

  /** Answers the options of one partition's file; they depend on its source and request only. */
  static ParquetOptions options(
      ExportRequest request, ExportTarget target, Relation relation, TimeSlot slot) {
    return new ParquetOptions(
        request.compression(), rowGroupRows(request, relation), metadata(target, relation, slot));
  }

  private static Map<String, String> metadata(
      ExportTarget target, Relation relation, TimeSlot slot) {
    List<Extent> extents =
        slot instanceof TimeSlot.Span span
            ? Fingerprint.meeting(relation.extents(), span.range())
            : relation.extents();
    Optional<TxnSeq> newest = extents.stream().map(Extent::txnSeq).max(Comparator.naturalOrder());
    JsonObject.Builder units = JsonObject.builder();
    for (RelationColumn column : relation.columns()) {
      String unit = column.unit();
      if (!unit.isEmpty()) {
        units.put(column.name(), unit);
      }
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("duckpond.pond", target.key().pond());
    metadata.put("duckpond.source", target.label());
    newest.ifPresent(seq -> metadata.put("duckpond.transaction", seq.toString()));
    metadata.put("duckpond.captures", JsonArray.ofTexts(target.captures().texts()).toText());
    metadata.put("duckpond.units", units.build().toText());
    return metadata;
  }

  /**
   * Lists what stands in the SELECT of one partition's file.
   *
   * <p>Every column is one that could be NULL, as far as the engine can tell. It would otherwise
   * write columns as required or optional by what it happens to know of the whole source, and
   * partitions would differ in that, also from themselves after an append elsewhere.
   *
   * @param number a column that numbers the rows from 1
   */
  static Sql columns(ExportRequest request, Relation relation, TimeSlot slot, Sql number) {
    boolean keep = request.has(ExportRequest.Option.KEEP_PARTITION_COLUMNS);
    Set<String> left =
        keep
            ? Set.of()
            : request.partitionBy().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    List<Sql> columns = new ArrayList<>();
    for (RelationColumn column : relation.columns()) {
      if (!left.contains(column.name().toLowerCase(Locale.ROOT))) {
        Sql name = Sql.identifier(column.name());
        columns.add(
            new SqlBuilder()
                .text("CASE WHEN ")
                .append(number)
                .text(" > 0 THEN ")
                .append(WideIntegers.exact(name, column.type()))
                .text(" END AS ")
                .append(name)
                .build());
      }
    }
    if (keep) {
      request.temporal().forEach(level -> columns.add(constant(level, slot, number)));
    }
    return Sql.list(columns, ", ");
  }

  private static Sql constant(TemporalLevel level, TimeSlot slot, Sql number) {
    SqlBuilder sql = new SqlBuilder().text("CASE WHEN ").append(number).text(" > 0 THEN CAST(");
    if (slot instanceof TimeSlot.Span span) {
      LocalDateTime start =
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(span.range().fromMicros(), MICROS_PER_SECOND), 0, ZoneOffset.UTC);
      sql.literal(level.value(start));
    } else {
      sql.text("NULL");
    }
    return sql.text(" AS BIGINT) END AS ").identifier(level.word()).build();
  }
}
