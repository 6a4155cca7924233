package dev.duckpond.export;

import dev.duckpond.query.DynamicRelation;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondTree;
import java.io.InputStream;

/** Makes computed relations with the rows of the path that the configuration is. */
final class SameRowsFactory implements NodeFactory {
  static final String NAME = "same-rows";

  @Override
  public String name() {
    return NAME;
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
        return session.relation(PondUrl.ofPath(config.yaml()));
      }

      @Override
      public InputStream open() {
        throw new UnsupportedOperationException("read as a relation");
      }
    };
  }
}
