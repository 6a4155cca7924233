package dev.duckpond.factories;

import dev.duckpond.query.DynamicRelation;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import java.io.InputStream;
import java.util.function.Function;

/** A computed file of rows. Read as bytes, it is its configuration. */
record ComputedRows(NodeSite site, Function<QuerySession, Relation> maker)
    implements DynamicRelation {
  @Override
  public Relation relation(QuerySession session) {
    return maker.apply(session);
  }

  @Override
  public InputStream open() {
    return site.openConfig();
  }
}
