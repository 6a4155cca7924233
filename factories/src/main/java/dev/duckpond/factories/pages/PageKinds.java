package dev.duckpond.factories.pages;

import dev.duckpond.factories.Kind;
import dev.duckpond.factories.KindSource;
import java.util.List;

/** The kind of node that renders pages. */
public final class PageKinds implements KindSource {
  @Override
  public List<String> names() {
    return List.of(TemplateKind.NAME);
  }

  @Override
  public Kind<?> make(String name) {
    return new TemplateKind();
  }
}
