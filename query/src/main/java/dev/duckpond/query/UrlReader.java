package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.PondUrl.Format;
import dev.duckpond.query.PondUrl.Place;
import dev.duckpond.query.PondUrl.Treatment;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes relations of what URLs name. */
final class UrlReader {
  private final QuerySession session;
  private final QueryScope scope;

  UrlReader(QuerySession session, QueryScope scope) {
    this.session = session;
    this.scope = scope;
  }

  Relation read(PondUrl url) {
    Relation relation = url.place() == Place.HOST ? readHost(url) : readPond(url);
    boolean isSeries = url.treatment() == Treatment.SERIES || url.format() == Format.SERIES;
    if (isSeries && relation.time().isEmpty()) {
      throw new PondException.Invalid(
          "'" + url + "' is no series",
          "it has no time column that can be told by name and values",
          "Name it with ?time_column=…, or read it as a table.");
    }
    return relation;
  }

  private Relation readHost(PondUrl url) {
    Path file = url.findHostFile().orElseThrow();
    if (!session.options().hostFiles().contains(file)) {
      throw new PondException.Invalid(
          "'" + url + "' cannot be read here",
          "a query reads pond paths and the sources named on the command line, nothing else",
          "Name it with --table name='" + url + "', and use that name in the query.");
    }
    if (!Files.isRegularFile(file)) {
      throw new PondException.NotFound(
          "'" + file + "' " + (Files.exists(file) ? "is not a file" : "does not exist"),
          "",
          "Check the path.");
    }
    Format format = url.format();
    if (format == Format.FILE || format == Format.TABLE || format == Format.SERIES) {
      format = Format.PARQUET;
    }
    if (format == Format.PARQUET) {
      requireParquet(url, file);
      new RelationInspector(scope.duck()).requireSound(file, file.toString());
    }
    return scan(url, format, List.of(file), List.of());
  }

  private void requireParquet(PondUrl url, Path file) {
    if (!new RelationInspector(scope.duck()).hasParquetMagic(file, file.toString())) {
      throw new PondException.Invalid(
          "'" + file + "' is not Parquet",
          "",
          "Say what it is: 'host+csv://" + url.path() + "' for instance.");
    }
  }

  private Relation readPond(PondUrl url) {
    return readPond(url, session.require(url.path()));
  }

  /** Reads what a pattern of the pond matched; several matches are united by name. */
  Relation readPond(PondUrl url, List<PathMatch> matches) {
    return switch (url.format()) {
      case FILE, TABLE, SERIES -> session.union(relations(matches));
      case DATA -> throw notRows(url.path());
      case CSV, NDJSON, PARQUET -> {
        List<NodeVersion> versions = new ArrayList<>();
        for (PathMatch match : matches) {
          versions.addAll(session.contentVersions(match));
        }
        yield scan(
            url, url.format(), scope.contents().files(versions), StoredRelation.extents(versions));
      }
    };
  }

  private List<Relation> relations(List<PathMatch> matches) {
    List<Relation> relations = new ArrayList<>();
    for (PathMatch match : matches) {
      relations.add(session.relation(match.path(), match.node()));
    }
    return relations;
  }

  private Relation scan(PondUrl url, Format format, List<Path> files, List<Extent> extents) {
    Sql source =
        switch (format) {
          case CSV -> csv(url, files);
          case NDJSON -> ndjson(url, files);
          case PARQUET ->
              ParquetSource.of(
                  scope.duck(),
                  scope.variables(),
                  files,
                  files.size() == 1 ? ParquetSource.Columns.ALIKE : ParquetSource.Columns.UNITED);
          case FILE, TABLE, SERIES, DATA -> throw notRows(url.path());
        };
    Derivation derivation = new Derivation("read " + url, Reach.INSTANT);
    return ScanRelation.of(
        scope, source, TimeHints.of(url.options()), extents, derivation, url.toString());
  }

  private Sql csv(PondUrl url, List<Path> files) {
    return new CsvSource(
            scope.duck(), paths(files), url.compression(), url.options(), url.toString(), Map.of())
        .source();
  }

  private Sql ndjson(PondUrl url, List<Path> files) {
    return NdjsonSource.of(paths(files), url.compression(), files.size());
  }

  private Sql paths(List<Path> files) {
    return ParquetSource.paths(scope.duck(), scope.variables(), files);
  }

  static PondException.Invalid notRows(String path) {
    return new PondException.Invalid(
        "'" + path + "' has no rows",
        "it is data, bytes of any kind",
        "Say how to read it: 'csv://" + path + "' for instance.");
  }
}
