package dev.duckpond.cli;

import dev.duckpond.export.Exporter;
import dev.duckpond.query.Execution;
import dev.duckpond.query.QuerySession;
import dev.duckpond.steward.WriteResult;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondTree;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of a node by a command. */
final class PondExecution implements Execution, AutoCloseable {
  private final CommandContext context;
  private final RunGround ground;
  private final List<String> arguments;
  private final Path scratch;
  private final List<Registration> registrations = new ArrayList<>();

  PondExecution(CommandContext context, RunGround ground, List<String> arguments, Path scratch) {
    this.context = context;
    this.ground = ground;
    this.arguments = List.copyOf(arguments);
    this.scratch = scratch;
  }

  @Override
  public List<String> arguments() {
    return arguments;
  }

  @Override
  public PondTree tree() {
    return ground.requirePond().read(Optional.empty());
  }

  @Override
  public QuerySession openSession(PondTree tree) {
    QuerySession session = ground.requirePond().query(tree, List.of());
    registrations.add(onStop(session::cancel));
    return session;
  }

  @Override
  public QuerySession openSession(PondTree tree, Path exportDirectory) {
    OpenPond pond = ground.requirePond();
    Exporter.requireOutside(exportDirectory, pond.layout().root());
    QuerySession session =
        pond.export(tree, Exporter.sessionDirectory(exportDirectory), Integer.MAX_VALUE);
    registrations.add(onStop(session::cancel));
    return session;
  }

  @Override
  public Optional<CommittedTransaction> commit(Work work) {
    OpenPond pond = ground.requirePond();
    WriteResult<Boolean> result =
        pond.steward()
            .write(
                pond.writeRequest(),
                transaction -> {
                  work.change(transaction);
                  return true;
                });
    return switch (result) {
      case WriteResult.Written<Boolean> written -> Optional.of(written.transaction());
      case WriteResult.Unchanged<Boolean> unchanged -> Optional.empty();
    };
  }

  @Override
  public Path scratch() {
    return scratch;
  }

  @Override
  public InstantSource clock() {
    return context.clock();
  }

  @Override
  public void print(String line) {
    context.out().line(line);
  }

  @Override
  public void note(String line) {
    context.note(line);
  }

  @Override
  public void warn(String text) {
    context.warn(text);
  }

  @Override
  public boolean isStopping() {
    return context.interruption().isRequested();
  }

  @Override
  public Registration onStop(Runnable action) {
    return context.interruption().register(action)::close;
  }

  @Override
  public void close() {
    registrations.forEach(Registration::close);
  }
}
