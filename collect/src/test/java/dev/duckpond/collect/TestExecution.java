package dev.duckpond.collect;

import dev.duckpond.query.Execution;
import dev.duckpond.query.QuerySession;
import dev.duckpond.steward.WriteRequest;
import dev.duckpond.steward.WriteResult;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondTree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run in a pond of a test; it has its words, and keeps what it says. */
final class TestExecution implements Execution, AutoCloseable {
  private final CollectPond pond;
  private final List<String> arguments;
  private final List<String> printed;
  private final List<String> warned;
  private final List<QuerySession> sessions = new ArrayList<>();

  TestExecution(
      CollectPond pond, List<String> arguments, List<String> printed, List<String> warned) {
    this.pond = pond;
    this.arguments = arguments;
    this.printed = printed;
    this.warned = warned;
  }

  @Override
  public List<String> arguments() {
    return arguments;
  }

  @Override
  public PondTree tree() {
    return pond.tree();
  }

  @Override
  public QuerySession openSession(PondTree tree) {
    QuerySession session = pond.session(tree);
    sessions.add(session);
    return session;
  }

  @Override
  public Optional<CommittedTransaction> commit(Work work) {
    pond.commitments().begin();
    WriteResult<Boolean> result =
        pond.steward()
            .write(
                new WriteRequest(List.of("run"), "ada", "station", Duration.ofSeconds(5)),
                draft -> {
                  work.change(draft);
                  return true;
                });
    return switch (result) {
      case WriteResult.Written<Boolean> written -> {
        pond.commitments().done();
        yield Optional.of(written.transaction());
      }
      case WriteResult.Unchanged<Boolean> unchanged -> Optional.empty();
    };
  }

  @Override
  public Path scratch() {
    return pond.scratch();
  }

  @Override
  public InstantSource clock() {
    return pond.clock();
  }

  @Override
  public void print(String line) {
    printed.add(line);
  }

  @Override
  public void note(String line) {
    printed.add(line);
  }

  @Override
  public void warn(String text) {
    warned.add(text);
  }

  @Override
  public boolean isStopping() {
    return false;
  }

  @Override
  public Registration onStop(Runnable action) {
    return () -> {};
  }

  @Override
  public void close() {
    sessions.forEach(QuerySession::close);
  }
}
