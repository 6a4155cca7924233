package dev.duckpond.factories;

import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The factories that there are. */
public final class Factories {
  private Factories() {}

  /**
   * Answers all factories.
   *
   * @param environment finds the variables that configurations refer to
   */
  public static FactoryRegistry registry(Function<String, Optional<String>> environment) {
    List<NodeFactory> factories = new ArrayList<>();
    for (Kind<?> kind : kinds()) {
      factories.add(new KindFactory<>(kind, environment));
    }
    return new FactoryRegistry(factories);
  }

  /** Lists what there is to tell about each factory, in the order of the reference. */
  public static List<FactoryReference> references() {
    return kinds().stream().map(FactoryReference::of).toList();
  }

  private static List<Kind<?>> kinds() {
    List<Kind<?>> files =
        List.of(
            new SqlDerived("sql-derived-table", SqlDerived.Matches.ONE),
            new SqlDerived("sql-derived-series", SqlDerived.Matches.MANY),
            new ColumnRename(),
            new TimeseriesJoin(),
            new TimeseriesPivot(),
            new TemporalReduce(),
            new SyntheticTimeseries());
    List<Kind<?>> all = new ArrayList<>(files);
    all.add(new DynamicDir(files));
    return List.copyOf(all);
  }
}
