package dev.duckpond.cli;

import dev.duckpond.collect.CollectKinds;
import dev.duckpond.export.ExportKinds;
import dev.duckpond.factories.Factories;
import dev.duckpond.factories.KindSource;
import dev.duckpond.factories.pages.PageKinds;
import java.util.ArrayList;
import java.util.List;

/** Puts together the kinds of computed nodes that the rooms bring. */
final class AllKinds {
  private AllKinds() {}

  /** Answers all kinds there are, with some more. */
  static Factories with(List<KindSource> more) {
    List<KindSource> sources =
        new ArrayList<>(List.of(new PageKinds(), new ExportKinds(), new CollectKinds()));
    sources.addAll(more);
    return new Factories(sources);
  }
}
