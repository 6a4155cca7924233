package dev.duckpond.query;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.PondUrl.Compression;
import dev.duckpond.query.PondUrl.Format;
import dev.duckpond.query.PondUrl.Place;
import dev.duckpond.query.PondUrl.Treatment;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes relations of what URLs name. */
final class UrlReader {
  /** CSV and NDJSON of the pond up to this size is parsed with every read; more is converted. */
  static final long MAX_REPARSED_BYTES = 1 << 20;

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
    if (format.isText()) {
      ConvertedFiles.Source source =
          new ConvertedFiles.Source(file, file.toString(), Optional.empty());
      return text(url, List.of(source), reading(url, 0), List.of());
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
      case FILE, TABLE, SERIES ->
          session.union(matches.stream().map(match -> node(url, match)).toList());
      case DATA -> throw notRows(url);
      case CSV, NDJSON, JSONLOGS, WEBLOG, OTELJSON, EXCELHTML, PARQUET -> content(url, matches);
    };
  }

  private Relation content(PondUrl url, List<PathMatch> matches) {
    boolean isBounded =
        matches.stream().anyMatch(match -> !bounds(match).equals(TemporalBounds.NONE));
    return isBounded
        ? session.union(matches.stream().map(match -> bounded(url, match)).toList())
        : whole(url, matches);
  }

  private Relation bounded(PondUrl url, PathMatch match) {
    Relation whole = whole(url, List.of(match));
    TemporalBounds visible = bounds(match);
    return visible.equals(TemporalBounds.NONE) ? whole : new BoundedRelation(whole, visible);
  }

  private TemporalBounds bounds(PathMatch match) {
    return match.node() instanceof Node.Stored stored
        ? session.bounds(stored)
        : TemporalBounds.NONE;
  }

  private Relation whole(PondUrl url, List<PathMatch> matches) {
    List<NodeVersion> versions = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<Extent> extents = new ArrayList<>();
    for (PathMatch match : matches) {
      for (NodeVersion version : session.contentVersions(match)) {
        versions.add(version);
        labels.add(match.path().toString());
        extents.add(StoredRelation.extent(match.path(), version));
      }
    }
    List<Path> files = scope.contents().files(versions);
    if (!url.format().isText()) {
      return scan(url, url.format(), files, extents);
    }
    List<ConvertedFiles.Source> sources = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Optional<ContentHash> hash = Optional.of(versions.get(i).hash());
      sources.add(new ConvertedFiles.Source(files.get(i), labels.get(i), hash));
    }
    long bytes = versions.stream().mapToLong(NodeVersion::sizeBytes).sum();
    return text(url, sources, reading(url, bytes), extents);
  }

  /** Finds how many contents are converted; empty when none has to be. */
  Optional<CacheState> cacheState(PondUrl url, List<PathMatch> matches) {
    List<NodeVersion> versions =
        url.format().isText()
            ? matches.stream().flatMap(match -> session.contentVersions(match).stream()).toList()
            : List.of();
    long bytes = versions.stream().mapToLong(NodeVersion::sizeBytes).sum();
    return versions.isEmpty() || reading(url, bytes) == Reading.IN_PLACE
        ? Optional.empty()
        : Optional.of(
            session.converted().state(url, versions.stream().map(NodeVersion::hash).toList()));
  }

  /** How text is read. */
  private enum Reading {
    IN_PLACE,
    CONVERTED
  }

  private static Reading reading(PondUrl url, long contentBytes) {
    boolean isUnknownToEngine =
        url.format().conversion().isPresent() || url.compression() == Compression.BZIP2;
    return isUnknownToEngine || contentBytes > MAX_REPARSED_BYTES
        ? Reading.CONVERTED
        : Reading.IN_PLACE;
  }

  /** Reads text, through Parquet where that is asked for. */
  private Relation text(
      PondUrl url, List<ConvertedFiles.Source> sources, Reading reading, List<Extent> extents) {
    if (reading == Reading.IN_PLACE) {
      sources.forEach(source ->
          TextConversion.requireUnpackable(source.file(), url.compression(), source.label()));
      List<Path> files = sources.stream().map(ConvertedFiles.Source::file).toList();
      Sql source =
          new TextConversion(scope.duck())
              .source(url, files, url.compression(), url.toString(), Map.of(), scope.variables());
      return relation(url, source, TimeHints.of(url.options()), extents);
    }
    List<Path> parquet = session.converted().files(url, sources);
    // Converted one by one, text that looked like numbers in one file alone has lost how it was
    // written; formats of their own have one way to write a value.
    boolean mayDiffer = url.format().conversion().isEmpty();
    TimeHints hints = TimeHints.ofResult(url.format(), url.options());
    if (mayDiffer && !areAlike(parquet)) {
      List<Path> joint = List.of(session.converted().joint(url, sources));
      return relation(url, parquet(joint), hints, extents);
    }
    ScanRelation rows = relation(url, parquet(parquet), hints, extents);
    return extents.isEmpty() ? rows : new TextRelation(scope, rows, pieces(parquet, extents), url);
  }

  private static List<TextRelation.Piece> pieces(List<Path> parquet, List<Extent> extents) {
    List<TextRelation.Piece> pieces = new ArrayList<>();
    for (int i = 0; i < parquet.size(); i++) {
      pieces.add(new TextRelation.Piece(extents.get(i).undated(), parquet.get(i)));
    }
    return pieces;
  }

  /** Tells whether files have the same types in columns of one name. */
  private boolean areAlike(List<Path> files) {
    if (files.size() == 1) {
      return true;
    }
    Map<String, String> types = new HashMap<>();
    for (Path file : files) {
      for (Column column : scope.duck().readParquetSchema(file).columns()) {
        String other = types.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column.type());
        if (other != null && !other.equals(column.type())) {
          return false;
        }
      }
    }
    return true;
  }

  private Sql parquet(List<Path> files) {
    return ParquetSource.of(
        scope.duck(),
        scope.variables(),
        files,
        files.size() == 1 ? ParquetSource.Columns.ALIKE : ParquetSource.Columns.UNITED);
  }

  private ScanRelation relation(PondUrl url, Sql source, TimeHints hints, List<Extent> extents) {
    // The time may be another column here than the one whose bounds are known.
    Derivation derivation = new Derivation("read " + url, Reach.ANY);
    return ScanRelation.of(scope, source, hints, extents, derivation, url.toString());
  }

  /** Answers what a node is, by the time that the options of the URL declare. */
  private Relation node(PondUrl url, PathMatch match) {
    Relation relation = session.relation(match.path(), match.node());
    TimeHints hints = TimeHints.of(url.options());
    Optional<String> known = relation.time().map(TimeColumn::name);
    boolean isAsItIs =
        hints.unit().isEmpty()
            && hints.column().stream()
                .allMatch(name -> known.filter(name::equalsIgnoreCase).isPresent());
    if (isAsItIs) {
      return relation;
    }
    ColumnUnits units = ColumnUnits.notedOn(relation.columns());
    if (hints.unit().isPresent() && match.node() instanceof Node.Stored) {
      // The integers as they are stored: what they were taken for so far does not count.
      return bounded(url, match).noting(units);
    }
    // The times that are known of the content are those of another column.
    Derivation derivation = relation.derivation().then("time " + url.options(), Reach.ANY);
    return session
        .queried(
            relation.select(TimeRange.ALL),
            hints,
            relation.extents().stream().map(Extent::undated).toList(),
            derivation,
            match.path().toString())
        .noting(units);
  }

  private Relation scan(PondUrl url, Format format, List<Path> files, List<Extent> extents) {
    if (format == Format.DATA) {
      throw notRows(url);
    }
    TimeHints hints = TimeHints.of(url.options());
    List<Extent> known =
        hints.equals(TimeHints.NONE) ? extents : extents.stream().map(Extent::undated).toList();
    return relation(url, parquet(files), hints, known);
  }

  private static PondException.Invalid notRows(PondUrl url) {
    return url.place() == Place.HOST ? notRows(url.path(), "host+") : notRows(url.path());
  }

  static PondException.Invalid notRows(String path) {
    return notRows(path, "");
  }

  private static PondException.Invalid notRows(String path, String prefix) {
    return new PondException.Invalid(
        "'" + path + "' has no rows",
        "it is data, bytes of any kind",
        "Say how to read it: '" + prefix + "csv://" + path + "' for instance.");
  }
}
