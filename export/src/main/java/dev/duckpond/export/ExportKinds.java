package dev.duckpond.export;

import dev.duckpond.factories.Kind;
import dev.duckpond.factories.KindSource;
import java.util.List;

/** The kind of node that exports when it is run. */
public final class ExportKinds implements KindSource {
  @Override
  public List<String> names() {
    return List.of(ExportKind.NAME);
  }

  @Override
  public Kind<?> make(String name) {
    return new ExportKind();
  }
}
