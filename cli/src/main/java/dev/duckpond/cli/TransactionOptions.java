package dev.duckpond.cli;

import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose among the transactions of a pond. Use as a mixin. */
final class TransactionOptions {
  @Option(names = "--limit", paramLabel = "N", description = "at most so many, the newest")
  @Nullable Integer limit;

  @Option(names = "--txn-seq", paramLabel = "N", description = "this transaction alone")
  @Nullable Long seq;

  @Option(names = "--since", paramLabel = "TIME", description = "begun at this time or later")
  @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "begun before this time")
  @Nullable String until;

  @Option(
      names = "--path",
      paramLabel = "PATTERN",
      description = "those that changed a path that matches")
  @Nullable String path;

  @Option(
      names = "--incomplete",
      description = "those that failed, were interrupted, or were finished by a recovery")
  boolean incomplete;

  /**
   * What was chosen.
   *
   * @param left how many more match than were asked for
   */
  record Selected(List<ToldTransaction> transactions, int left) {
    Selected {
      transactions = List.copyOf(transactions);
    }

    /** Says on standard error that there are more. */
    void noteMore(CommandContext context) {
      if (left > 0) {
        context.note("… and " + left + " more; see them with --limit");
      }
    }
  }

  /**
   * Chooses, newest first.
   *
   * @param usualLimit how many when no limit is given
   * @throws PondException.NotFound when a transaction is asked for by number and is not there
   */
  Selected select(CommandContext context, OpenPond pond, int usualLimit) {
    Predicate<ToldTransaction> wanted = wanted(context);
    List<ToldTransaction> matching =
        Transactions.list(pond, pond.steward().read()).stream().filter(wanted).toList();
    if (seq != null && matching.isEmpty()) {
      throw new PondException.NotFound(
          "there is no transaction " + seq, "", "Run 'pond log' to see them.");
    }
    int most = limit == null ? usualLimit : limit;
    if (most < 1) {
      throw new PondException.Usage("--limit " + most + " is below 1", "", "Give 1 or more.");
    }
    int shown = Math.min(most, matching.size());
    return new Selected(matching.subList(0, shown), matching.size() - shown);
  }

  private Predicate<ToldTransaction> wanted(CommandContext context) {
    Predicate<ToldTransaction> wanted = told -> true;
    if (seq != null) {
      OptionalLong number = OptionalLong.of(seq);
      wanted = wanted.and(told -> told.seq().equals(number));
    }
    if (since != null) {
      Instant from = RangeOptions.require(context, "--since", since);
      wanted = wanted.and(told -> !told.row().startedAt().isBefore(from));
    }
    if (until != null) {
      Instant to = RangeOptions.require(context, "--until", until);
      wanted = wanted.and(told -> told.row().startedAt().isBefore(to));
    }
    if (path != null) {
      PathPattern pattern = WorkingDirectory.ROOT.pattern(path);
      wanted =
          wanted.and(told ->
              told.changes().stream().anyMatch(change -> pattern.match(change.path()).isPresent()));
    }
    return incomplete ? wanted.and(told -> !TransactionText.isCompleted(told.row())) : wanted;
  }
}
