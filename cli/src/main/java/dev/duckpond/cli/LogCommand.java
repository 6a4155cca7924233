package dev.duckpond.cli;

import dev.duckpond.oplog.ControlRow;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "log",
    header = {"pond log", "pond log --limit 5 --path '/sensors/**'", "pond log --incomplete"},
    description = {
      "Lists transactions, newest first: those committed, and those that failed or were"
          + " interrupted."
    })
final class LogCommand implements PondCommand {
  private static final int DEFAULT_LIMIT = 50;

  @Mixin TransactionOptions selection = new TransactionOptions();
  @Mixin FormatOptions format = new FormatOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (OpenPond pond = OpenPond.open(context)) {
      TransactionOptions.Selected selected = selection.select(context, pond, DEFAULT_LIMIT);
      if (context.settings().findFormat().isPresent()) {
        print(context, pond, selected.transactions());
      } else {
        TextColumns.align(selected.transactions().stream().map(LogCommand::cells).toList())
            .forEach(context.out()::line);
        selected.noteMore(context);
      }
    }
    return ExitCode.DONE;
  }

  private static List<String> cells(ToldTransaction told) {
    ControlRow row = told.row();
    return List.of(
        told.seqText(),
        TransactionText.seconds(row.startedAt()),
        TransactionText.outcome(row),
        TransactionText.changes(told.changes()),
        row.user() + "@" + row.host(),
        TransactionText.command(row.args()));
  }

  private static void print(
      CommandContext context, OpenPond pond, List<ToldTransaction> transactions) {
    MemoryRows rows =
        MemoryRows.columns(
            "txn_seq:BIGINT",
            "txn_id",
            "outcome",
            "started_at:TIMESTAMP",
            "duration_ms:BIGINT",
            "changes:BIGINT",
            "user",
            "host",
            "command",
            "error");
    for (ToldTransaction told : transactions) {
      ControlRow row = told.row();
      rows.row()
          .number(told.seq())
          .text(row.txnId().toString())
          .text(TransactionText.outcome(row))
          .time(row.startedAt())
          .number(row.durationMillis())
          .number(told.changes().size())
          .text(row.user())
          .text(row.host())
          .text(TransactionText.command(row.args()))
          .text(row.error());
    }
    rows.print(context, pond);
  }
}
