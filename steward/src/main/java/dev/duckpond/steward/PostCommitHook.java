package dev.duckpond.steward;

import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondTree;

/**
 * Something to do after a commit, outside the write lock: pushing to a remote, for instance.
 *
 * <p>Hooks run in the order they were registered. One that throws is reported in the log and stops
 * neither the others nor the command; the commit stands.
 */
public interface PostCommitHook {
  /** Answers the name that reports use. */
  String name();

  /** Runs after {@code transaction} is durable; {@code tree} holds it. */
  void committed(CommittedTransaction transaction, PondTree tree) throws Exception;
}
