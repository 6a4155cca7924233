package dev.duckpond.export;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.Derivation;
import dev.duckpond.query.DynamicRelation;
import dev.duckpond.query.Extent;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Reach;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.query.TimeEncoding;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes computed relations with the rows of the path that the configuration is. */
final class SameRowsFactory implements NodeFactory {
  static final String NAME = "same-rows";

  /** The configuration of a relation whose rows cannot be selected, by a mistake. */
  static final String BROKEN = "broken";

  @Override
  public String name() {
    return NAME;
  }

  private static final class BrokenRelation implements Relation {
    @Override
    public List<RelationColumn> columns() {
      return List.of(
          new RelationColumn("timestamp", "TIMESTAMP"), new RelationColumn("v", "INTEGER"));
    }

    @Override
    public Optional<TimeColumn> time() {
      return Optional.of(new TimeColumn("timestamp", Set.of(TimeEncoding.TIMESTAMP)));
    }

    @Override
    public Sql select(TimeRange range) {
      throw new IllegalStateException("a factory's mistake");
    }

    @Override
    public List<Extent> extents() {
      return List.of();
    }

    @Override
    public Derivation derivation() {
      return new Derivation(BROKEN, Reach.ANY);
    }
  }

  @Override
  public EntryType entryType() {
    return EntryType.TABLE_DYNAMIC;
  }

  @Override
  public void check(NodeConfig config) {}

  @Override
  public DynamicNode open(NodeConfig config, PondTree tree) {
    return new DynamicRelation() {
      @Override
      public Relation relation(QuerySession session) {
        return config.yaml().equals(BROKEN)
            ? new BrokenRelation()
            : session.relation(PondUrl.ofPath(config.yaml()));
      }

      @Override
      public InputStream open() {
        throw new UnsupportedOperationException("read as a relation");
      }
    };
  }
}
