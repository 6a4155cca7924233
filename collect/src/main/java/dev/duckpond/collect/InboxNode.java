package dev.duckpond.collect;

import dev.duckpond.factories.NodeSite;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Execution;
import dev.duckpond.query.Freshness;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node that takes files in. */
record InboxNode(NodeSite site, InboxConfig config) implements ExecutableNode {
  @Override
  public InputStream open() {
    return site.openConfig();
  }

  @Override
  public Optional<Freshness> freshness(PondTree tree) {
    List<Freshness.Source> sources = new ArrayList<>();
    for (String to : InboxLedger.read(site.path(), tree).targets()) {
      PondPath path = PondPath.of(to);
      sources.add(
          new Freshness.Source(
              to, NewestData.ofRows(tree, List.of(path)).or(() -> NewestData.written(tree, path))));
    }
    return Optional.of(new Freshness(sources, config.staleAfter()));
  }

  @Override
  public void run(Execution execution) {
    if (!execution.arguments().isEmpty()) {
      throw new PondException.Usage(
          "an inbox takes no words", "'" + String.join(" ", execution.arguments()) + "'", "");
    }
    CollectSite run = new CollectSite(execution);
    Failures failures = new Failures(run, "files");
    InboxLedger ledger = InboxLedger.read(site.path(), run.read());
    try (QuerySession session = run.query(run.read())) {
      new InboxRun(run, config, ledger, new InboxIntake(run, session, ledger)).take(failures);
    }
    failures.requireNone();
  }
}
