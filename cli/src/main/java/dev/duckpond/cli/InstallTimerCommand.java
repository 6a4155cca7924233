package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "install-timer",
    header = {"pond install-timer", "pond install-timer --every 15m"},
    description = {
      "Prints what runs 'pond run --all' again and again: units of systemd, and a line for cron.",
      "Installs nothing: the lines that begin with # say where each part goes. Variables that"
          + " configurations refer to go into the file that the unit names."
    })
final class InstallTimerCommand implements PondCommand {
  private static final int MINUTES_OF_AN_HOUR = 60;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "5m, 10m, 15m, 20m, 30m, 1h (by default) or 1d")
  String every = "1h";

  @Override
  public ExitCode run(CommandContext context) {
    Path pond = context.requirePond();
    // An option that cannot be is to print nothing, as what is printed goes into files.
    String calendar = calendar();
    String cron = cron();
    String call =
        ShellText.quote(CalledAs.program(context.environment()))
            + " --pond "
            + ShellText.quote(pond.toString())
            + " run --all";
    CliOutput out = context.out();
    out.line("# ~/.config/systemd/user/pond.service");
    out.line("[Unit]");
    out.line("Description=Bring data into the pond " + pond.toString().replace("%", "%%"));
    out.line("");
    out.line("[Service]");
    out.line("Type=oneshot");
    out.line("EnvironmentFile=-%h/.config/pond/environment");
    out.line("ExecStart=" + call.replace("%", "%%").replace("$", "$$"));
    out.line("# A run that is still going ends the next one with code 4; that is no failure.");
    out.line("SuccessExitStatus=4");
    out.line("");
    out.line("# ~/.config/systemd/user/pond.timer");
    out.line("[Unit]");
    out.line("Description=Run pond.service again and again");
    out.line("");
    out.line("[Timer]");
    out.line("OnCalendar=" + calendar);
    out.line("Persistent=true");
    out.line("RandomizedDelaySec=30");
    out.line("");
    out.line("[Install]");
    out.line("WantedBy=timers.target");
    out.line("");
    out.line("# Then: systemctl --user daemon-reload && systemctl --user enable --now pond.timer");
    out.line("");
    out.line("# Or, as a line of 'crontab -e':");
    // A shell ends where it is to read a file that is not there.
    out.line(
        cron
            + " set -a; f=\"$HOME/.config/pond/environment\"; [ ! -f \"$f\" ] || . \"$f\"; "
            + call.replace("%", "\\%"));
    return ExitCode.DONE;
  }

  private int minutes() {
    return switch (every) {
      case "5m", "10m", "15m", "20m", "30m" ->
          Integer.parseInt(every.substring(0, every.length() - 1));
      case "1h" -> MINUTES_OF_AN_HOUR;
      case "1d" -> MINUTES_OF_AN_HOUR * 24;
      default ->
          throw new PondException.Usage(
              "--every '" + every + "' cannot be", "", "Use 5m, 10m, 15m, 20m, 30m, 1h or 1d.");
    };
  }

  private String calendar() {
    return switch (minutes()) {
      case MINUTES_OF_AN_HOUR -> "*:07";
      case MINUTES_OF_AN_HOUR * 24 -> "*-*-* 04:07";
      default -> "*:0/" + minutes();
    };
  }

  private String cron() {
    return switch (minutes()) {
      case MINUTES_OF_AN_HOUR -> "7 * * * *";
      case MINUTES_OF_AN_HOUR * 24 -> "7 4 * * *";
      default -> "*/" + minutes() + " * * * *";
    };
  }
}
