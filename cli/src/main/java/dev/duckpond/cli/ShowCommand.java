package dev.duckpond.cli;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.query.TemporalBounds;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.Change;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.NodeVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "show",
    header = {"pond show", "pond show --txn-seq 7"},
    description = {
      "Prints what transactions changed, newest first: paths, versions, sizes, rows, time bounds.",
      "Signs: + new, ~ a further version or other bounds, > moved, - removed."
    })
final class ShowCommand implements PondCommand {
  private static final int DEFAULT_LIMIT = 10;

  @Mixin TransactionOptions selection = new TransactionOptions();
  @Mixin FormatOptions format = new FormatOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (OpenPond pond = OpenPond.open(context)) {
      TransactionOptions.Selected selected = selection.select(context, pond, DEFAULT_LIMIT);
      if (context.settings().findFormat().isPresent()) {
        print(context, pond, selected.transactions());
      } else {
        String between = "";
        for (ToldTransaction told : selected.transactions()) {
          context.out().print(between);
          tell(context.out(), told);
          between = "\n";
        }
        selected.noteMore(context);
      }
    }
    return ExitCode.DONE;
  }

  private static void tell(CliOutput out, ToldTransaction told) {
    ControlRow row = told.row();
    out.line(
        (told.seq().isPresent() ? "transaction " + told.seqText() : "no transaction")
            + ", "
            + TransactionText.outcome(row));
    out.line("  id       " + row.txnId());
    out.line("  begun    " + row.startedAt() + ", took " + row.durationMillis() + " ms");
    out.line("  by       " + row.user() + " on " + row.host());
    out.line("  command  " + TransactionText.command(row.args()));
    row.error().ifPresent(error -> out.line("  error    " + TerminalText.escaped(error)));
    told.changes().forEach(change -> lines(change).forEach(line -> out.line("  " + line)));
  }

  private static List<String> lines(Change change) {
    String path = TerminalText.escaped(change.path().toString());
    List<String> lines = new ArrayList<>();
    switch (change) {
      case Change.Created created -> {
        if (created.versions().isEmpty() || !created.type().isStored()) {
          lines.add("+ " + path + "  " + created.type().text());
        } else {
          created
              .versions()
              .forEach(version ->
                  lines.add("+ " + path + "  " + created.type().text() + facts(version)));
        }
      }
      case Change.Written written ->
          written.versions().forEach(version -> lines.add("~ " + path + facts(version)));
      case Change.Described described ->
          lines.add(
              "~ " + path + "  shown: " + BoundsText.of(TemporalBounds.of(described.values())));
      case Change.Moved moved -> lines.add("> " + moved.from() + " -> " + path);
      case Change.Removed removed -> lines.add("- " + path + "  " + removed.type().text());
    }
    return lines;
  }

  private static String facts(NodeVersion version) {
    StringBuilder text = new StringBuilder();
    text.append("  v").append(version.version());
    text.append("  ").append(SizeText.format(version.sizeBytes()));
    version.facts().rowCount().ifPresent(rows -> text.append("  ").append(Counted.of(rows, "row")));
    version.facts().bounds().ifPresent(bounds -> text.append("  ").append(range(bounds)));
    return text.toString();
  }

  private static String range(EventBounds bounds) {
    return MicrosText.of(bounds.minMicros()) + " .. " + MicrosText.of(bounds.maxMicros());
  }

  private static void print(
      CommandContext context, OpenPond pond, List<ToldTransaction> transactions) {
    MemoryRows rows =
        MemoryRows.columns(
            "txn_seq:BIGINT",
            "txn_id",
            "outcome",
            "started_at:TIMESTAMP",
            "change",
            "path",
            "moved_from",
            "type",
            "version:BIGINT",
            "size_bytes:BIGINT",
            "row_count:BIGINT",
            "min_time:TIMESTAMP",
            "max_time:TIMESTAMP");
    for (ToldTransaction told : transactions) {
      for (Change change : told.changes()) {
        switch (change) {
          case Change.Created created -> {
            if (created.versions().isEmpty()) {
              row(rows, told, change, "created", Optional.of(created.type().text()));
            }
            for (NodeVersion version : created.versions()) {
              row(rows, told, change, "created", version);
            }
          }
          case Change.Written written -> {
            for (NodeVersion version : written.versions()) {
              row(rows, told, change, "written", version);
            }
          }
          case Change.Described described -> {
            TemporalBounds bounds = TemporalBounds.of(described.values());
            begin(rows, told, change, "bounds")
                .text(described.type().text())
                .number(OptionalLong.empty())
                .number(OptionalLong.empty())
                .number(OptionalLong.empty())
                .micros(bounds.min())
                .micros(bounds.max());
          }
          case Change.Moved moved -> row(rows, told, change, "moved", Optional.empty());
          case Change.Removed removed ->
              row(rows, told, change, "removed", Optional.of(removed.type().text()));
        }
      }
    }
    rows.print(context, pond);
  }

  private static MemoryRows.Row begin(
      MemoryRows rows, ToldTransaction told, Change change, String word) {
    return rows.row()
        .number(told.seq())
        .text(told.row().txnId().toString())
        .text(TransactionText.outcome(told.row()))
        .time(told.row().startedAt())
        .text(word)
        .text(change.path().toString())
        .text(
            change instanceof Change.Moved moved
                ? Optional.of(moved.from().toString())
                : Optional.empty());
  }

  private static void row(
      MemoryRows rows, ToldTransaction told, Change change, String word, Optional<String> type) {
    begin(rows, told, change, word)
        .text(type)
        .number(OptionalLong.empty())
        .number(OptionalLong.empty())
        .number(OptionalLong.empty())
        .micros(Optional.empty())
        .micros(Optional.empty());
  }

  private static void row(
      MemoryRows rows, ToldTransaction told, Change change, String word, NodeVersion version) {
    begin(rows, told, change, word)
        .text(version.type().text())
        .number(version.version().number())
        .number(version.sizeBytes())
        .number(version.facts().rowCount())
        .micros(version.facts().bounds().map(EventBounds::minMicros))
        .micros(version.facts().bounds().map(EventBounds::maxMicros));
  }
}
