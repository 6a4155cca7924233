package dev.duckpond.export;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the SQL that counts, sorts and selects the rows of one target.
 *
 * <p>Rows of equal time keep the order of the source: stored files have one, and the engine keeps
 * it. Rows that a factory computes have none, so there all columns together decide.
 *
 * <p>What goes into a file ends in a numbering of its rows. It makes the engine read and write them
 * in one sequence: with several threads in that place, sizes of row groups would depend on their
 * number whenever the source comes in uneven pieces.
 */
final class RelationSql {
  private final ExportRequest request;
  private final ExportTarget target;
  private final Relation relation;
  private final Optional<TimeBuckets> buckets;
  private final Set<String> taken;

  RelationSql(ExportRequest request, ExportTarget target, Relation relation) {
    this.request = request;
    this.target = target;
    this.relation = relation;
    this.buckets =
        request.temporal().isEmpty()
            ? Optional.empty()
            : Optional.of(new TimeBuckets(request.temporal()));
    this.taken =
        relation.columns().stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  Optional<TimeBuckets> buckets() {
    return buckets;
  }

  /** Tells whether the source has an order of its own. */
  boolean hasOrder() {
    return target.node().orElse(null) instanceof Node.Stored;
  }

  /** Tells whether rows without a time are treated by the policy; elsewhere they come last. */
  boolean mindsNullTimes() {
    return relation.time().isPresent()
        && (!request.temporal().isEmpty()
            || target.node().filter(node -> node.type() == EntryType.TABLE_SERIES).isPresent()
            || isRanged());
  }

  private boolean isRanged() {
    return !request.range().equals(TimeRange.ALL);
  }

  /** Counts rows by partition: keys, bucket, rows, earliest, latest, runs, descents, NULL times. */
  Sql count(long limit) {
    int keys = request.partitionBy().size();
    SqlBuilder sql = new SqlBuilder().text("SELECT ");
    for (int i = 0; i < keys; i++) {
      sql.append(key(i)).text(", ");
    }
    sql.append(bucket())
        .text(", count(*), epoch_us(min(t)), epoch_us(max(t)), count(*) FILTER (entered), ")
        .text("count(*) FILTER (NOT entered AND coalesce(t < earlier, earlier IS NULL)), ")
        .text("count(*) - count(t) FROM (SELECT *, ")
        .append(entered())
        .text(" AS entered, lag(t) OVER () AS earlier FROM (SELECT ")
        .append(Sql.list(partitionColumns(), ", "))
        .text(", ")
        .append(time())
        .text(" AS t FROM (")
        .append(allRows())
        .text(")))");
    if (request.isPartitioned()) {
      sql.text(" GROUP BY ").append(groups()).text(" ORDER BY ").append(groups());
    } else {
      sql.text(" GROUP BY bucket");
    }
    return sql.text(" LIMIT ").literal(limit).build();
  }

  private Sql entered() {
    SqlBuilder sql = new SqlBuilder().text("(row_number() OVER () = 1");
    List<Sql> names = names();
    for (Sql name : names) {
      sql.text(" OR ").append(name).text(" IS DISTINCT FROM lag(").append(name).text(") OVER ()");
    }
    return sql.text(")").build();
  }

  private Sql groups() {
    List<Sql> groups = new ArrayList<>();
    for (Sql name : names()) {
      groups.add(name);
    }
    return Sql.list(groups, ", ");
  }

  private List<Sql> names() {
    List<Sql> names = new ArrayList<>();
    for (int i = 0; i < request.partitionBy().size(); i++) {
      names.add(key(i));
    }
    names.add(bucket());
    return names;
  }

  private static Sql key(int index) {
    return Sql.identifier("key" + index);
  }

  private static Sql bucket() {
    return Sql.of("bucket");
  }

  /** Lists keys and bucket as expressions with their names. */
  private List<Sql> partitionColumns() {
    List<Sql> columns = new ArrayList<>();
    for (int i = 0; i < request.partitionBy().size(); i++) {
      columns.add(keyText(i).plus(" AS ").plus(key(i)));
    }
    columns.add(bucketNumber().plus(" AS ").plus(bucket()));
    return columns;
  }

  private Sql keyText(int index) {
    return Sql.of("CAST(")
        .plus(Sql.identifier(request.partitionBy().get(index)))
        .plus(" AS VARCHAR)");
  }

  private Sql bucketNumber() {
    return buckets.map(known -> known.number(time())).orElse(Sql.of("CAST(NULL AS BIGINT)"));
  }

  private Sql time() {
    return relation
        .time()
        .map(time -> Sql.identifier(time.name()))
        .orElse(Sql.of("CAST(NULL AS TIMESTAMP)"));
  }

  /** Selects the source's rows of a range, without those that the policy leaves out. */
  private Sql rows(TimeRange range) {
    Sql select = relation.select(range);
    if (!mindsNullTimes() || request.nullTime() != NullTimePolicy.SKIP) {
      return select;
    }
    return Sql.of("SELECT * FROM (")
        .plus(select)
        .plus(") WHERE ")
        .plus(time())
        .plus(" IS NOT NULL");
  }

  /** Selects the rows of the request's range and, unless they are to be left out, those of none. */
  private Sql allRows() {
    Sql inRange = rows(request.range());
    if (request.nullTime() == NullTimePolicy.SKIP || !mindsNullTimes() || !isRanged()) {
      return inRange;
    }
    return new SqlBuilder()
        .text("SELECT * FROM (")
        .append(inRange)
        .text(") UNION ALL SELECT * FROM (")
        .append(relation.select(TimeRange.ALL))
        .text(") WHERE ")
        .append(time())
        .text(" IS NULL")
        .build();
  }

  /** Selects what goes into the file of a partition, read from the source itself. */
  Sql fileFromSource(PartitionCount count) {
    return file(count.partition().slot(), orderedRows(count));
  }

  /** Selects what goes into the file of a partition, read from a sorted copy. */
  Sql fileFromCopy(PartitionCount count, Sql copy, long ordinal) {
    Sql rows =
        Sql.of("SELECT * FROM ")
            .plus(copy)
            .plus(" WHERE ")
            .plus(helper("ordinal"))
            .plus(" = ")
            .plus(Sql.literal(ordinal));
    return file(count.partition().slot(), rows);
  }

  private Sql file(TimeSlot slot, Sql rows) {
    Sql number = helper("number");
    return new SqlBuilder()
        .text("SELECT ")
        .append(FileLayout.columns(request, relation, slot, number))
        .text(" FROM (SELECT *, row_number() OVER () AS ")
        .append(number)
        .text(" FROM (")
        .append(rows)
        .text("))")
        .build();
  }

  private Sql orderedRows(PartitionCount count) {
    Sql rows = partitionRows(count);
    if (hasOrder()) {
      if (count.isOrdered() || relation.time().isEmpty()) {
        return rows;
      }
      Sql row = helper("row");
      return new SqlBuilder()
          .text("SELECT * FROM (SELECT *, row_number() OVER () AS ")
          .append(row)
          .text(" FROM (")
          .append(rows)
          .text(")) ORDER BY ")
          .append(time())
          .text(" NULLS LAST, ")
          .append(row)
          .build();
    }
    return new SqlBuilder()
        .text("SELECT * FROM (")
        .append(rows)
        .text(") ORDER BY ")
        .append(time())
        .text(" NULLS LAST, ")
        .append(allColumns())
        .build();
  }

  private Sql allColumns() {
    return Sql.list(
        relation.columns().stream().map(column -> Sql.identifier(column.name())).toList(), ", ");
  }

  private Sql partitionRows(PartitionCount count) {
    Partition partition = count.partition();
    List<Sql> conditions = new ArrayList<>();
    for (int i = 0; i < partition.keys().size(); i++) {
      Sql value = partition.keys().get(i).map(Sql::literal).orElse(Sql.of("NULL"));
      conditions.add(keyText(i).plus(" IS NOT DISTINCT FROM ").plus(value));
    }
    Sql rows =
        switch (partition.slot()) {
          case TimeSlot.Whole whole -> count.nullTimes() > 0 ? allRows() : rows(request.range());
          case TimeSlot.Unknown unknown -> {
            conditions.add(time().plus(" IS NULL"));
            yield rows(TimeRange.ALL);
          }
          case TimeSlot.Span span -> rows(span.range().intersect(request.range()));
        };
    if (conditions.isEmpty()) {
      return rows;
    }
    return Sql.of("SELECT * FROM (")
        .plus(rows)
        .plus(") WHERE ")
        .plus(Sql.list(conditions, " AND "));
  }

  /** Makes the temporary table that numbers the partitions of a sorted copy. */
  Sql createPlan(Sql table) {
    SqlBuilder sql =
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .append(table)
            .text(" (ordinal BIGINT, bucket BIGINT");
    for (int i = 0; i < request.partitionBy().size(); i++) {
      sql.text(", ").append(key(i)).text(" VARCHAR");
    }
    return sql.text(")").build();
  }

  /** Selects the rows of all planned partitions, in the order of their files. */
  Sql sorted(Sql plan) {
    Sql row = helper("row");
    List<Sql> matches = new ArrayList<>();
    List<Sql> columns = new ArrayList<>();
    for (int i = 0; i < request.partitionBy().size(); i++) {
      Sql name = helper("key" + i);
      columns.add(keyText(i).plus(" AS ").plus(name));
      matches.add(Sql.of("source.").plus(name).plus(" IS NOT DISTINCT FROM plan.").plus(key(i)));
    }
    Sql bucket = helper("bucket");
    columns.add(bucketNumber().plus(" AS ").plus(bucket));
    columns.add(Sql.of("row_number() OVER () AS ").plus(row));
    matches.add(Sql.of("source.").plus(bucket).plus(" IS NOT DISTINCT FROM plan.bucket"));
    SqlBuilder sql =
        new SqlBuilder()
            .text("SELECT ")
            .append(
                Sql.list(
                    relation.columns().stream()
                        .map(column -> Sql.of("source.").plus(Sql.identifier(column.name())))
                        .toList(),
                    ", "))
            .text(", plan.ordinal AS ")
            .append(helper("ordinal"))
            .text(" FROM (SELECT *, ")
            .append(Sql.list(columns, ", "))
            .text(" FROM (")
            .append(allRows())
            .text(")) AS source JOIN ")
            .append(plan)
            .text(" AS plan ON ")
            .append(Sql.list(matches, " AND "))
            .text(" ORDER BY plan.ordinal, ");
    relation
        .time()
        .ifPresent(known ->
            sql.text("source.").append(Sql.identifier(known.name())).text(" NULLS LAST, "));
    return hasOrder()
        ? sql.append(row).build()
        : sql.append(
                Sql.list(
                    relation.columns().stream()
                        .map(column -> Sql.of("source.").plus(Sql.identifier(column.name())))
                        .toList(),
                    ", "))
            .build();
  }

  /** Names a column of our own beside those of the relation. */
  private Sql helper(String name) {
    String free = "pond_" + name;
    while (taken.contains(free)) {
      free = free + "_";
    }
    return Sql.identifier(free);
  }
}
