package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.json.JsonArray;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables that show the pond itself to SQL; filled from the snapshot when a query names one. */
enum PondTables {
  /** A row per path; of a series, sizes and rows of all versions together. */
  POND_NODES(
      "pond_nodes",
      Sql.of(
          "path VARCHAR, type VARCHAR, node_id VARCHAR, pond_id VARCHAR, version BIGINT,"
              + " size_bytes BIGINT, row_count BIGINT, min_time TIMESTAMP, max_time TIMESTAMP,"
              + " time_column VARCHAR, txn_seq BIGINT, modified TIMESTAMP, factory VARCHAR,"
              + " target VARCHAR")) {
    @Override
    void fill(RowAppender rows, PondTree tree) {
      walk(tree, PondPath.ROOT, match -> node(rows, tree, match));
    }
  },
  /** A row per version that is part of a path's history, oldest first. */
  POND_VERSIONS(
      "pond_versions",
      Sql.of(
          "path VARCHAR, type VARCHAR, node_id VARCHAR, pond_id VARCHAR, version BIGINT,"
              + " covers_from BIGINT, txn_seq BIGINT, created_at TIMESTAMP, size_bytes BIGINT,"
              + " row_count BIGINT, min_time TIMESTAMP, max_time TIMESTAMP, time_column VARCHAR,"
              + " time_encoding VARCHAR, sha256 VARCHAR")) {
    @Override
    void fill(RowAppender rows, PondTree tree) {
      walk(
          tree,
          PondPath.ROOT,
          match ->
              match
                  .node()
                  .findEntry()
                  .ifPresent(entry -> {
                    for (NodeVersion version : tree.snapshot().listVersions(entry.node())) {
                      version(rows, match.path(), version);
                    }
                  }));
    }
  },
  /** A row per transaction, oldest first. */
  POND_TRANSACTIONS(
      "pond_transactions",
      Sql.of(
          "txn_seq BIGINT, txn_id VARCHAR, args VARCHAR, user_name VARCHAR, host VARCHAR,"
              + " started_at TIMESTAMP, committed_at TIMESTAMP, entries BIGINT,"
              + " versions BIGINT")) {
    @Override
    void fill(RowAppender rows, PondTree tree) {
      for (CommittedTransaction transaction : tree.snapshot().listTransactions()) {
        long versions = count(transaction, LogRow.VersionWritten.class);
        long attributes = count(transaction, LogRow.AttributesSet.class);
        rows.append(transaction.info().seq().number())
            .append(transaction.info().id().toString())
            .append(JsonArray.ofTexts(transaction.info().args()).toText())
            .append(transaction.info().user())
            .append(transaction.info().host())
            .appendMicros(micros(transaction.info().startedAt()))
            .appendMicros(micros(transaction.committedAt()))
            .append(transaction.rows().size() - versions - attributes)
            .append(versions)
            .endRow();
      }
    }
  };

  private final String table;
  private final Sql columns;

  PondTables(String table, Sql columns) {
    this.table = table;
    this.columns = columns;
  }

  /** Finds a table by its name, in any letter case. */
  static Optional<PondTables> find(String name) {
    for (PondTables table : values()) {
      if (table.table.equalsIgnoreCase(name)) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  /** Makes and fills the table in a session. */
  void create(DuckSession duck, PondTree tree) {
    duck.execute(
        Sql.of("CREATE OR REPLACE TEMP TABLE ")
            .plus(Sql.identifier(table))
            .plus(" (")
            .plus(columns)
            .plus(")"));
    try (RowAppender rows = duck.append(table)) {
      fill(rows, tree);
    }
  }

  abstract void fill(RowAppender rows, PondTree tree);

  private interface Visitor {
    void visit(PathMatch match);
  }

  /** Visits all below a directory, sorted by path; links are not followed. */
  private static void walk(PondTree tree, PondPath directory, Visitor visitor) {
    for (PathMatch match : tree.list(directory)) {
      visitor.visit(match);
      if (match.node().type().isDirectory()) {
        walk(tree, match.path(), visitor);
      }
    }
  }

  private static void node(RowAppender rows, PondTree tree, PathMatch match) {
    Node node = match.node();
    Optional<NodeVersion> newest = node.findVersion();
    List<NodeVersion> counted =
        node.type().isAppended() && newest.isPresent()
            ? tree.snapshot().listVersions(newest.get().node())
            : newest.map(List::of).orElse(List.of());
    Optional<ContentFacts> facts = newest.map(NodeVersion::facts);
    rows.append(match.path().toString())
        .append(node.type().text())
        .append(node.findEntry().map(entry -> entry.node().toString()).orElse(null))
        .append(node.findEntry().map(entry -> entry.origin().toString()).orElse(null))
        .appendNullable(newest.map(version -> version.version().number()).orElse(null));
    if (newest.isEmpty()) {
      rows.appendNull().appendNull();
    } else {
      rows.append(counted.stream().mapToLong(NodeVersion::sizeBytes).sum());
      count(rows, rowCount(counted));
    }
    bounds(rows, bounds(counted));
    rows.append(facts.flatMap(ContentFacts::timeColumn).orElse(null))
        .appendNullable(newest.map(version -> version.txnSeq().number()).orElse(null));
    newest.ifPresentOrElse(
        version -> rows.appendMicros(micros(version.createdAt())), rows::appendNull);
    rows.append(facts.flatMap(ContentFacts::factory).orElse(null))
        .append(node instanceof Node.Symlink link ? link.target() : null)
        .endRow();
  }

  private static void version(RowAppender rows, PondPath path, NodeVersion version) {
    ContentFacts facts = version.facts();
    rows.append(path.toString())
        .append(version.type().text())
        .append(version.node().toString())
        .append(version.origin().toString())
        .append(version.version().number())
        .append(version.coversFrom().number())
        .append(version.txnSeq().number())
        .appendMicros(micros(version.createdAt()))
        .append(version.sizeBytes());
    count(rows, facts.rowCount());
    bounds(rows, facts.bounds());
    rows.append(facts.timeColumn().orElse(null))
        .append(facts.attributes().get(RelationShape.TIME_ENCODING))
        .append(version.hash().hex())
        .endRow();
  }

  private static long count(CommittedTransaction transaction, Class<? extends LogRow> kind) {
    return transaction.rows().stream().filter(kind::isInstance).count();
  }

  private static OptionalLong rowCount(List<NodeVersion> versions) {
    long sum = 0;
    for (NodeVersion version : versions) {
      OptionalLong rows = version.facts().rowCount();
      if (rows.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += rows.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  private static Optional<EventBounds> bounds(List<NodeVersion> versions) {
    return versions.stream()
        .flatMap(version -> version.facts().bounds().stream())
        .reduce(EventBounds::union);
  }

  private static void count(RowAppender rows, OptionalLong count) {
    if (count.isPresent()) {
      rows.append(count.getAsLong());
    } else {
      rows.appendNull();
    }
  }

  private static void bounds(RowAppender rows, Optional<EventBounds> bounds) {
    bounds.ifPresentOrElse(
        known -> rows.appendMicros(known.minMicros()).appendMicros(known.maxMicros()),
        () -> rows.appendNull().appendNull());
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
