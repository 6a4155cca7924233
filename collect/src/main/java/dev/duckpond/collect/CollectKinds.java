package dev.duckpond.collect;

import dev.duckpond.factories.Kind;
import dev.duckpond.factories.KindSource;
import java.util.List;

/** The kinds of nodes that bring data in. */
public final class CollectKinds implements KindSource {
  @Override
  public List<String> names() {
    return List.of(HydroVuKind.NAME, InboxKind.NAME, LogKind.NAME);
  }

  @Override
  public Kind<?> make(String name) {
    return switch (name) {
      case HydroVuKind.NAME -> new HydroVuKind(HttpRules.usual());
      case InboxKind.NAME -> new InboxKind();
      case LogKind.NAME -> new LogKind();
      default -> throw new IllegalArgumentException("no kind " + name);
    };
  }
}
