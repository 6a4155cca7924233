package dev.duckpond.cli;

import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuFiles;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.simulate.SimulatedDevice;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dev",
    header = "pond dev hydrovu-server --data instruments > hydrovu.yaml",
    description = {
      "Plays a service on this machine, to try a collector without an account.",
      "hydrovu-server: serves Parquet files ID/NAME.series as if they were instruments at HydroVu,"
          + " until it is interrupted. Prints a configuration for the collector to standard output;"
          + " the account is the one that HYDROVU_CLIENT_ID and HYDROVU_CLIENT_SECRET name, by"
          + " default demo and demo."
    })
final class DevCommand implements PondCommand {
  private static final String HYDROVU = "hydrovu-server";
  private static final String CLIENT_ID = "HYDROVU_CLIENT_ID";
  private static final String CLIENT_SECRET = "HYDROVU_CLIENT_SECRET";
  private static final String DEMO = "demo";

  /** The account that is taken where the environment names none. */
  static final HydroVuServer.Credentials DEMO_ACCOUNT = new HydroVuServer.Credentials(DEMO, DEMO);

  /** The variables with which a collector finds that account. */
  static final Map<String, String> VARIABLES = Map.of(CLIENT_ID, DEMO, CLIENT_SECRET, DEMO);

  private static final int MOST_PORTS = 65_535;

  @Parameters(index = "0", paramLabel = "SERVICE", description = "what to play: hydrovu-server")
  String service = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "the folder of the files, at any depth")
  String data = "";

  @Option(names = "--port", paramLabel = "PORT", description = "by default one that is free")
  int port;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "instants in a page of readings; by default 1000")
  @Nullable Integer pageSize;

  @Override
  public String pondOption() {
    return "not used: a service needs no pond";
  }

  @Override
  public ExitCode run(CommandContext context) {
    if (!service.equals(HYDROVU)) {
      throw new PondException.Usage(
          "there is no service '" + service + "' to play", "", "Use hydrovu-server.");
    }
    if (port < 0 || port > MOST_PORTS || (pageSize != null && pageSize < 1)) {
      throw new PondException.Usage(
          "--port goes up to " + MOST_PORTS + ", and a page has at least 1 instant", "", "");
    }
    Path folder = context.hostPath(data);
    if (!Files.isDirectory(folder)) {
      throw new PondException.NotFound("'" + data + "' is no folder", "", "Check the path.");
    }
    HydroVuData devices = load(folder);
    HydroVuServer.Credentials account =
        new HydroVuServer.Credentials(
            context.environment().findVariable(CLIENT_ID).orElse(DEMO_ACCOUNT.id()),
            context.environment().findVariable(CLIENT_SECRET).orElse(DEMO_ACCOUNT.secret()));
    HydroVuServer.Options usual = HydroVuServer.Options.of(account).listenOn(port);
    HydroVuServer.Options options =
        pageSize == null ? usual : usual.pages(usual.locationsPerPage(), pageSize);
    try (HydroVuServer server = HydroVuServer.start(devices, options, context.clock())) {
      context.out().print(configuration(server, devices));
      context.out().flush();
      context.note(
          "HydroVu is played at "
              + server.baseUrl()
              + " with "
              + Counted.of(devices.devices().size(), "device")
              + "; Ctrl-C ends it");
      waitFor(context.interruption());
    } catch (IOException e) {
      throw HostTrouble.of("the service cannot listen", "Choose another --port.", e);
    }
    return ExitCode.DONE;
  }

  private static HydroVuData load(Path folder) {
    try {
      Path spill = Files.createTempDirectory("pond-");
      try {
        return HydroVuFiles.load(folder, spill);
      } finally {
        HostTree.delete(spill);
      }
    } catch (IOException e) {
      throw HostTrouble.of("'" + folder + "' cannot be served", "", e);
    }
  }

  /** Answers a configuration of the collector for what a server plays. */
  static String configuration(HydroVuServer server, HydroVuData data) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("client_id: ${env:").append(CLIENT_ID).append("}\n");
    yaml.append("client_secret: ${env:").append(CLIENT_SECRET).append("}\n");
    yaml.append("hydrovu_path: /hydrovu\n");
    yaml.append("base_url: ").append(server.baseUrl()).append('\n');
    yaml.append("devices:\n");
    for (SimulatedDevice device : data.devices()) {
      yaml.append("  - {name: '")
          .append(device.name().replace("'", "''"))
          .append("', id: ")
          .append(device.id())
          .append("}\n");
    }
    return yaml.toString();
  }

  private static void waitFor(Interruption interruption) {
    CountDownLatch end = new CountDownLatch(1);
    try (Interruption.Registration _ = interruption.register(end::countDown)) {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
