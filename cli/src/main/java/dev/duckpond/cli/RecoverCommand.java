package dev.duckpond.cli;

import dev.duckpond.steward.RecoveryReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "recover",
    header = "pond recover",
    description = {
      "Finishes or discards what a crash left, and says what that was.",
      "Safe to repeat; every write does the same silently before it begins."
    })
final class RecoverCommand implements PondCommand {
  @Mixin LockOptions lock = new LockOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (OpenPond pond = OpenPond.open(context)) {
      tell(context.out(), pond.steward().recover(pond.writeRequest()));
    }
    return ExitCode.DONE;
  }

  private static void tell(CliOutput out, RecoveryReport report) {
    if (!report.foundAnything()) {
      out.line("nothing to recover");
      return;
    }
    String command =
        report
            .interrupted()
            .map(info -> "'" + TransactionText.command(info.args()) + "'")
            .orElse("a command whose record was torn");
    switch (report.fate()) {
      case NONE -> {}
      case COMMITTED ->
          out.line(
              command
                  + report.interrupted().map(info -> ", transaction " + info.seq() + ",").orElse("")
                  + " was interrupted after its commit: all it wrote is there");
      case DISCARDED ->
          // Its number was never given: the next write has it.
          out.line(command + " was interrupted before its commit: the pond is as it was before");
    }
    if (report.auditRowsAdded() > 0) {
      out.line("added to the audit log: " + Counted.of(report.auditRowsAdded(), "transaction"));
    }
    if (report.leftoversRemoved() > 0) {
      out.line("removed temporary files of " + Counted.of(report.leftoversRemoved(), "ended run"));
    }
  }
}
