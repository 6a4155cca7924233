package dev.duckpond.query;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.ParquetOutline;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.RelationShape.StoredTime;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Text of the pond that was converted content by content, so that a row depends on its own content
 * alone, once the columns and the way to read the time are settled.
 *
 * <p>Nothing is known of the times in text when it is taken in. They are looked up in what it was
 * converted to, when somebody asks for them.
 */
final class TextRelation implements Relation {
  private final QueryScope scope;
  private final ScanRelation rows;
  private final List<Piece> pieces;
  private final String how;
  private @Nullable List<Extent> extents;

  /**
   * A content and what it was converted to.
   *
   * @param undated the content, without its times
   */
  record Piece(Extent undated, Path parquet) {}

  /**
   * Unites pieces.
   *
   * @param rows those of all pieces, in order
   * @param url how a text becomes rows
   */
  TextRelation(QueryScope scope, ScanRelation rows, List<Piece> pieces, PondUrl url) {
    this.scope = scope;
    this.rows = rows;
    this.pieces = List.copyOf(pieces);
    this.how =
        "read " + url + url.format().conversion().map(format -> " v" + format.version()).orElse("");
  }

  @Override
  public List<RelationColumn> columns() {
    return rows.columns();
  }

  @Override
  public Optional<TimeColumn> time() {
    return rows.time();
  }

  @Override
  public Sql select(TimeRange range) {
    return rows.select(range);
  }

  @Override
  public Sql selectNumbered(TimeRange range, TimeGrid grid, String name) {
    return rows.selectNumbered(range, grid, name);
  }

  @Override
  public Derivation derivation() {
    // The other contents decide what types the columns have, and what unit integers are taken for.
    String by =
        rows.storedTime().map(time -> time.column() + " " + time.encoding().word()).orElse("");
    return new Derivation(how + " by " + by + " " + rows.columns(), Reach.INSTANT);
  }

  @Override
  public List<Extent> extents() {
    List<Extent> known = extents;
    if (known == null) {
      known =
          rows.storedTime()
              .map(time -> QueryErrors.translating("looking for times", () -> dated(time)))
              .orElseGet(() -> pieces.stream().map(Piece::undated).toList());
      extents = known;
    }
    return known;
  }

  private List<Extent> dated(StoredTime time) {
    Map<Path, Extent> known = new HashMap<>();
    List<Extent> all = new ArrayList<>();
    for (Piece piece : pieces) {
      Extent undated = piece.undated();
      Extent dated = known.computeIfAbsent(piece.parquet(), file -> dated(undated, file, time));
      all.add(
          new Extent(
              undated.origin(), undated.hash(), dated.runs(), dated.rows(), undated.txnSeq()));
    }
    return all;
  }

  private Extent dated(Extent undated, Path file, StoredTime time) {
    ParquetOutline outline = scope.duck().readParquetOutline(file);
    boolean hasTime =
        outline.columns().stream()
            .anyMatch(column -> column.name().equalsIgnoreCase(time.column()));
    Times times = hasTime ? times(file, time) : Times.NONE;
    if (times.present() != times.countable()) {
      // Some lie outside of all that can be counted.
      return undated;
    }
    List<EventBounds> bounds =
        times.present() == 0 ? List.of() : List.of(new EventBounds(times.min(), times.max()));
    return new Extent(
        undated.origin(),
        undated.hash(),
        bounds,
        OptionalLong.of(outline.rows()),
        undated.txnSeq());
  }

  /**
   * What a file has in its time column.
   *
   * @param countable how many of those present a TIMESTAMP can hold
   */
  private record Times(long present, long countable, long min, long max) {
    static final Times NONE = new Times(0, 0, 0, 0);
    static final Times UNCOUNTABLE = new Times(1, 0, 0, 0);
  }

  private Times times(Path file, StoredTime time) {
    Sql column = Sql.identifier(time.column());
    Sql micros = Sql.of("epoch_us(").plus(time.encoding().timestamp(column)).plus(")");
    Sql query =
        new SqlBuilder()
            .text("SELECT count(")
            .append(column)
            .text("), count(")
            .append(micros)
            .text("), coalesce(min(")
            .append(micros)
            .text("), 0), coalesce(max(")
            .append(micros)
            .text("), 0) FROM ")
            .append(
                ParquetSource.of(
                    scope.duck(), scope.variables(), List.of(file), ParquetSource.Columns.ALIKE))
            .build();
    try (Rows row = scope.duck().query(query)) {
      row.next();
      return new Times(row.longValue(0), row.longValue(1), row.longValue(2), row.longValue(3));
    } catch (DuckException e) {
      if (e.kind() != DuckException.Kind.CONVERSION) {
        throw e;
      }
      return Times.UNCOUNTABLE;
    }
  }
}
