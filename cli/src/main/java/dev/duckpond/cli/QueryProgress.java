package dev.duckpond.cli;

import dev.duckpond.query.QuerySession;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks now and then how far a running query is, and shows it. Ends when it is closed. */
final class QueryProgress implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final long PERCENT = 100;

  private final QuerySession session;
  private final Progress.Task task;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread watcher;

  private QueryProgress(QuerySession session, Progress.Task task) {
    this.session = session;
    this.task = task;
    this.watcher = Thread.ofVirtual().start(this::watch);
  }

  /** Begins to watch a session, from a thread of its own. */
  static QueryProgress of(CommandContext context, QuerySession session) {
    return new QueryProgress(session, context.progress().begin("query", "%", PERCENT));
  }

  private void watch() {
    try {
      while (!ended.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        OptionalDouble done = session.duck().progress();
        if (done.isPresent()) {
          task.advanceTo(Math.round(done.getAsDouble() * PERCENT));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    task.close();
  }
}
