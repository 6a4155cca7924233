package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.query.Computation;
import dev.duckpond.query.Derivation;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.RollupRelation;
import dev.duckpond.query.RollupState;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One file of a reduced directory: some sources, united, at one resolution. Read as bytes, it is
 * the configuration.
 */
record ReducedSeries(
    NodeSite site, TemporalReduce.Config config, List<PathMatch> matches, Resolution resolution)
    implements RollupRelation {
  /** The source, and what is computed of it. */
  private record Parts(Relation source, Reduction reduction, ReducedRows rows) {}

  private Parts parts(QuerySession session) {
    Inputs inputs = new Inputs(site, session);
    String label =
        matches.size() == 1 ? matches.getFirst().path().toString() : config.in().value().toString();
    Relation source =
        inputs.timed(
            inputs.read(config.in(), matches, config.transforms()),
            config.time(),
            config.in().place(),
            label);
    Reduction reduction =
        Reduction.of(site, config.requests(), source, label, () -> others(inputs).iterator());
    return new Parts(
        source,
        reduction,
        new ReducedRows(session, source, reduction, resolution, config.resolutions(), label));
  }

  /** Looks up the columns of the other sources, one after the other. */
  private Stream<List<String>> others(Inputs inputs) {
    Set<PondPath> mine = matches.stream().map(PathMatch::path).collect(Collectors.toSet());
    return QuerySession.match(site.tree(), config.in().value()).stream()
        .filter(match -> !mine.contains(match.path()))
        .map(match -> columns(inputs, match));
  }

  private List<String> columns(Inputs inputs, PathMatch match) {
    try {
      Relation other = inputs.read(config.in().value(), List.of(match), config.transforms());
      Optional<String> time =
          config.time().map(At::value).or(() -> other.time().map(TimeColumn::name));
      return other.columns().stream()
          .map(RelationColumn::name)
          .filter(name -> time.filter(name::equalsIgnoreCase).isEmpty())
          .toList();
    } catch (PondException _) {
      // It is told when that source is read; this one does not depend on it.
      return List.of();
    }
  }

  @Override
  public Relation relation(QuerySession session) {
    Parts parts = parts(session);
    Derivation derivation =
        parts
            .source()
            .derivation()
            .then("reduce " + resolution + " " + parts.reduction(), resolution::widened);
    return session
        .computed(
            new Computation(
                site.path().toString(),
                parts.rows()::select,
                Optional.of(parts.reduction().timeColumn()),
                derivation,
                parts.source().extents()))
        .noting(parts.reduction().units());
  }

  @Override
  public Optional<RollupState> rollup(QuerySession session) {
    return parts(session).rows().state();
  }

  @Override
  public InputStream open() {
    return site.openConfig();
  }
}
