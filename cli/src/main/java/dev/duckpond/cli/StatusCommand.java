package dev.duckpond.cli;

import dev.duckpond.oplog.PondLayout;
import dev.duckpond.query.Freshness;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    header = "pond status",
    description = {
      "Tells which pond this is, its last write, its health, and the disk it uses.",
      "Reads this machine alone."
    })
final class StatusCommand implements PondCommand {
  /** Names of stale sources that are listed; a program reads all of them with --format. */
  private static final int MAX_STALE_NAMES = 8;

  @Mixin FormatOptions format = new FormatOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (OpenPond pond = OpenPond.open(context)) {
      PondTree tree = pond.steward().read();
      if (context.settings().findFormat().isPresent()) {
        MemoryRows rows = MemoryRows.columns("name", "value");
        data(pond, tree, context.clock().instant())
            .forEach((name, value) -> rows.row().text(name).text(value));
        rows.print(context, pond);
      } else {
        Map<String, String> facts = facts(pond, tree, context.clock().instant());
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((name, value) ->
            context
                .out()
                .line(
                    name
                        + " ".repeat(width - name.length() + 2)
                        + value.replace("\n", "\n" + " ".repeat(width + 2))));
      }
    }
    return ExitCode.DONE;
  }

  /** Lists what a program wants to know, in plain values. */
  private static Map<String, String> data(OpenPond pond, PondTree tree, Instant now) {
    PondIdentity identity = tree.snapshot().identity();
    List<CommittedTransaction> transactions = tree.snapshot().listTransactions();
    CommittedTransaction last = transactions.getLast();
    Map<String, String> data = new LinkedHashMap<>();
    data.put("pond", pond.layout().root().toString());
    data.put("id", identity.id().toString());
    data.put("birthplace", identity.birthplace());
    data.put("made", identity.createdAt().toString());
    data.put("transactions", Integer.toString(transactions.size()));
    data.put("last_write", last.committedAt().toString());
    data.put("last_write_user", last.info().user());
    data.put("last_write_host", last.info().host());
    data.put("last_write_command", TransactionText.command(last.info().args()));
    data.put("health", isInterrupted(pond) ? "interrupted" : "good");
    data.put("writer", pond.steward().writer().name().toLowerCase(Locale.ROOT));
    counts(tree)
        .forEach((type, count) -> data.put("count:" + type.text(), Integer.toString(count)));
    diskUse(pond.layout())
        .forEach((kind, bytes) -> data.put("disk_bytes:" + kind, Long.toString(bytes)));
    List<RunRecord> runs = RunRecord.list(NodeRuns.directory(pond), tree);
    new Runnables(tree)
        .listNeverRun(runs)
        .forEach((path, why) -> data.put("run:" + path + ":never", why));
    for (RunRecord run : runs) {
      String key = "run:" + run.key().path() + ":";
      run.lastSuccess().ifPresent(time -> data.put(key + "last_success", time.toString()));
      run.lastFailure().ifPresent(time -> data.put(key + "last_failure", time.toString()));
      run.lastFailure().ifPresent(time -> data.put(key + "last_error", run.error()));
      newest(run).ifPresent(time -> data.put(key + "newest_data", time.toString()));
      run.stale(now)
          .forEach(source ->
              data.put(
                  key + "stale:" + source.name(),
                  source.newest().map(Instant::toString).orElse("")));
    }
    return data;
  }

  private static Map<String, String> facts(OpenPond pond, PondTree tree, Instant now) {
    PondIdentity identity = tree.snapshot().identity();
    List<CommittedTransaction> transactions = tree.snapshot().listTransactions();
    CommittedTransaction last = transactions.getLast();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("pond", pond.layout().root().toString());
    facts.put("id", identity.id().toString());
    facts.put("birthplace", TerminalText.escaped(identity.birthplace()));
    facts.put("made", TransactionText.seconds(identity.createdAt()));
    facts.put("transactions", Integer.toString(transactions.size()));
    facts.put(
        "last write",
        TransactionText.seconds(last.committedAt())
            + " by "
            + last.info().user()
            + "@"
            + last.info().host()
            + ": "
            + TransactionText.command(last.info().args()));
    facts.put("health", health(pond));
    facts.put("content", content(tree));
    diskUse(pond.layout())
        .forEach((kind, bytes) -> facts.put("disk: " + kind, SizeText.format(bytes)));
    List<RunRecord> runs = RunRecord.list(NodeRuns.directory(pond), tree);
    for (RunRecord run : runs) {
      facts.put("run: " + TerminalText.escaped(run.key().path().toString()), runText(run, now));
    }
    new Runnables(tree)
        .listNeverRun(runs)
        .forEach((path, why) -> facts.put("run: " + TerminalText.escaped(path), why));
    return facts;
  }

  private static Optional<Instant> newest(RunRecord run) {
    return run.freshness().stream()
        .flatMap(fresh -> fresh.sources().stream())
        .flatMap(source -> source.newest().stream())
        .max(Comparator.naturalOrder());
  }

  private static String runText(RunRecord run, Instant now) {
    StringBuilder text = new StringBuilder();
    text.append(
        run.lastSuccess()
            .map(time -> "last success " + TransactionText.seconds(time))
            .orElse("never successful"));
    newest(run)
        .ifPresent(time -> text.append("; newest data ").append(TransactionText.seconds(time)));
    run.lastFailure()
        .ifPresent(time ->
            text.append(run.isFailing() ? "\nfailed " : "\nlast error ")
                .append(TransactionText.seconds(time))
                .append(": ")
                .append(TerminalText.escaped(run.error())));
    List<Freshness.Source> stale = run.stale(now);
    if (!stale.isEmpty()) {
      List<String> names =
          stale.stream().limit(MAX_STALE_NAMES).map(Freshness.Source::name).toList();
      int more = stale.size() - names.size();
      text.append("\nstale: ").append(TerminalText.escaped(String.join(", ", names)));
      text.append(more == 0 ? "" : " and " + more + " more");
    }
    return text.toString();
  }

  private static boolean isInterrupted(OpenPond pond) {
    return switch (pond.steward().writer()) {
      case NONE, AT_WORK -> false;
      case INTERRUPTED -> true;
    };
  }

  private static String health(OpenPond pond) {
    return switch (pond.steward().writer()) {
      case NONE -> "good";
      case AT_WORK -> "good; a write is going on";
      case INTERRUPTED -> "a write was interrupted; the next write or 'pond recover' finishes it";
    };
  }

  private static String content(PondTree tree) {
    List<String> words = new ArrayList<>();
    counts(tree).forEach((type, count) -> words.add(counted(type, count)));
    return words.isEmpty() ? "empty" : String.join(", ", words);
  }

  private static Map<EntryType, Integer> counts(PondTree tree) {
    Map<EntryType, Integer> counts = new EnumMap<>(EntryType.class);
    for (PathMatch match : tree.match(PathPattern.parse("**/*"), Visibility.ALL)) {
      if (!match.path().isRoot()) {
        counts.merge(match.node().type(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String counted(EntryType type, int count) {
    return switch (type) {
      case DIRECTORY -> Counted.of(count, "directory", "directories");
      case DYNAMIC_DIRECTORY -> Counted.of(count, "dynamic directory", "dynamic directories");
      case SYMLINK -> Counted.of(count, "link");
      case DATA -> Counted.of(count, "data file");
      case DATA_SERIES -> Counted.of(count, "data series", "data series");
      case DATA_DYNAMIC -> Counted.of(count, "dynamic data file");
      case TABLE -> Counted.of(count, "table");
      case TABLE_SERIES -> Counted.of(count, "series", "series");
      case TABLE_DYNAMIC -> Counted.of(count, "dynamic table");
    };
  }

  private static Map<String, Long> diskUse(PondLayout layout) {
    Map<String, Long> out = new LinkedHashMap<>();
    out.put("log", bytes(layout.data()));
    out.put("blobs", bytes(layout.blobs()));
    out.put("audit", bytes(layout.control()));
    out.put("cache", bytes(layout.cache()));
    out.put("temporary", bytes(layout.tmp()));
    return out;
  }

  /** Sums the sizes of files; what vanishes while looking counts nothing. */
  private static long bytes(Path directory) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    DiskUse use = new DiskUse();
    try {
      // A directory may be a link to another disk; what lies in it is the pond's own, and no link.
      Files.walkFileTree(directory.toRealPath(), use);
    } catch (IOException e) {
      // The directory itself has vanished, as a visitor that goes on lets no failure out.
      return 0;
    }
    return use.bytes();
  }
}
