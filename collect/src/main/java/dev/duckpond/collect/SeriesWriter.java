package dev.duckpond.collect;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RelationInspector;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.SourceProperties;
import dev.duckpond.query.TimeHints;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts rows into a series so that it stays sorted and has one row for each instant.
 *
 * <p>Rows after all that is there are appended. Where rows fall among those that are there, a
 * version is written that stands for the versions from the first one concerned to the last; rows
 * that change nothing are left out, so putting the same rows in twice is the same as once. One
 * thread only.
 */
final class SeriesWriter {
  private final CollectSite site;
  private final DuckSession duck;

  /**
   * Writes to the pond of {@code site}.
   *
   * @param duck an engine that may read the site's scratch directory
   */
  SeriesWriter(CollectSite site, DuckSession duck) {
    this.site = site;
    this.duck = duck;
  }

  /**
   * Puts rows in, as part of a transaction.
   *
   * @param rows Parquet with a column {@code timestamp} of type TIMESTAMP, sorted by it, no instant
   *     twice, none NULL
   * @param notes what else is known of the rows
   * @throws PondException.Invalid when a column does not fit that of the series
   * @throws PondException.Conflict when the path is taken by something else, or values differ that
   *     must not
   */
  Written write(Draft draft, PondPath path, NewRows rows, Duplicates duplicates, SeriesNotes notes)
      throws IOException {
    draft.edit().makeDirectories(path.parent());
    SeriesTarget target = SeriesTarget.of(path, draft.edit().tree());
    int first = firstReaching(target.versions(), rows.bounds().minMicros());
    if (first == target.versions().size()) {
      append(draft, target, rows.file(), notes);
      return new Written(rows.count(), 0, Optional.of(rows.bounds()));
    }
    // The engine would convert what does not fit, or say so in words of its own.
    new RelationInspector(duck).inspectSeries(rows.file(), notes.label(), target, TimeHints.NONE);
    try (QuerySession session = site.query(draft.edit().tree())) {
      return merge(
          draft, new SeriesMerge(session, site.scratch(), target, duplicates), rows, notes);
    }
  }

  private Written merge(Draft draft, SeriesMerge merge, NewRows rows, SeriesNotes notes)
      throws IOException {
    SeriesTarget target = merge.target();
    Written written = merge.findNews(rows);
    if (written.isNothing()) {
      return written;
    }
    EventBounds bounds = written.bounds().orElseThrow();
    int first = firstReaching(target.versions(), bounds.minMicros());
    if (first == target.versions().size()) {
      append(draft, target, merge.news(), notes);
    } else {
      cover(draft, target, first, merge.merged(first), notes);
    }
    return written;
  }

  private void append(Draft draft, SeriesTarget target, Path file, SeriesNotes notes)
      throws IOException {
    ContentFacts facts = facts(file, target, notes, target.versions());
    try (InputStream in = Files.newInputStream(file)) {
      StagedContent staged = draft.stage(in, EntryType.TABLE_SERIES);
      draft.edit().write(target.path(), EntryType.TABLE_SERIES, staged, facts);
    }
  }

  private void cover(Draft draft, SeriesTarget target, int first, Path file, SeriesNotes notes)
      throws IOException {
    SeriesTarget kept =
        new SeriesTarget(target.path(), target.versions().subList(0, first), target.contents());
    Version from = target.versions().get(first).coversFrom();
    ContentFacts facts = facts(file, kept, notes, target.versions());
    try (InputStream in = Files.newInputStream(file)) {
      StagedContent staged = draft.stage(in, EntryType.TABLE_SERIES);
      draft.edit().writeCovering(target.path(), from, staged, facts);
    }
  }

  private ContentFacts facts(
      Path file, SeriesTarget target, SeriesNotes notes, List<NodeVersion> earlier) {
    ContentFacts found =
        new RelationInspector(duck).inspectSeries(file, notes.label(), target, TimeHints.NONE);
    // The newest note is to hold those of all versions before it.
    ColumnUnits all = ColumnUnits.notedWith(earlier).replacedBy(notes.units());
    Map<String, String> properties =
        notes.properties().isEmpty() ? SourceProperties.newest(earlier) : notes.properties();
    ContentFacts.Builder facts = ContentFacts.builder().attributes(found.attributes());
    found.rowCount().ifPresent(facts::rowCount);
    found.timeColumn().ifPresent(facts::timeColumn);
    if (!all.isEmpty()) {
      facts.attribute(ColumnUnits.ATTRIBUTE, all.toText());
    }
    if (!properties.isEmpty()) {
      facts.attribute(SourceProperties.ATTRIBUTE, SourceProperties.toText(properties));
    }
    return facts.bounds(found.bounds()).build();
  }

  /** Answers the first version that reaches an instant; of how far one reaches nothing is sure. */
  private static int firstReaching(List<NodeVersion> versions, long micros) {
    for (int i = 0; i < versions.size(); i++) {
      ContentFacts facts = versions.get(i).facts();
      boolean isEmpty = facts.rowCount().isPresent() && facts.rowCount().getAsLong() == 0;
      boolean reaches = facts.bounds().isEmpty() || facts.bounds().get().maxMicros() >= micros;
      if (!isEmpty && reaches) {
        return i;
      }
    }
    return versions.size();
  }
}
