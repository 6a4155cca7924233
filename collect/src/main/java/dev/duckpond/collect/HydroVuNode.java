package dev.duckpond.collect;

import dev.duckpond.collect.HydroVuConfig.Device;
import dev.duckpond.factories.NodeSite;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Execution;
import dev.duckpond.query.Freshness;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A node that collects from HydroVu: {@code collect}, {@code archive} and {@code locations}. */
record HydroVuNode(NodeSite site, HydroVuConfig config, HttpRules rules) implements ExecutableNode {
  private static final String BATCH_FILE = "batch.parquet";

  @Override
  public InputStream open() {
    return site.openConfig();
  }

  @Override
  public Optional<Freshness> freshness(PondTree tree) {
    List<Freshness.Source> sources = new ArrayList<>();
    for (Device device : config.devices()) {
      if (device.isActive()) {
        DeviceSeries series = new DeviceSeries(config, device);
        List<PondPath> paths = series.list(tree).stream().map(PathMatch::path).toList();
        Stream<Instant> newest =
            Stream.concat(
                NewestData.ofRows(tree, paths).stream(),
                series.findNotedSeconds(tree).stream().mapToObj(Instant::ofEpochSecond));
        sources.add(new Freshness.Source(named(device), newest.max(Comparator.naturalOrder())));
      }
    }
    return Optional.of(new Freshness(sources, config.staleAfter()));
  }

  /** Answers the name of a device, with its id where others have that name too. */
  private String named(Device device) {
    boolean isAlone =
        config.devices().stream().filter(each -> each.name().equals(device.name())).count() == 1;
    return isAlone ? device.name() : device.name() + " (" + device.id() + ")";
  }

  @Override
  public void run(Execution execution) {
    CollectSite run = new CollectSite(execution);
    List<String> words = execution.arguments();
    String word = words.isEmpty() ? "collect" : words.getFirst();
    List<String> more = words.isEmpty() ? List.of() : words.subList(1, words.size());
    switch (word) {
      case "collect" -> collect(run, devices(more));
      case "archive" -> archive(run, devices(more));
      case "locations" -> {
        if (!more.isEmpty()) {
          throw usage("'locations' takes no more words");
        }
        locations(run);
      }
      default -> throw usage("'" + word + "' is not known");
    }
  }

  private PondException usage(String problem) {
    return new PondException.Usage(
        problem,
        "",
        "Run 'pond run "
            + site.path().shellText()
            + "' with collect, archive or locations; the first two take --device NAME.");
  }

  /** Answers the active devices, or the one that {@code --device} names. */
  private List<Device> devices(List<String> words) {
    Optional<String> wanted = Optional.empty();
    if (words.size() == 1 && words.getFirst().startsWith("--device=")) {
      wanted = Optional.of(words.getFirst().substring("--device=".length()));
    } else if (words.size() == 2 && words.getFirst().equals("--device")) {
      wanted = Optional.of(words.getLast());
    } else if (!words.isEmpty()) {
      throw usage("'" + String.join(" ", words) + "' is not known");
    }
    if (wanted.isEmpty()) {
      return config.devices().stream().filter(Device::isActive).toList();
    }
    String name = wanted.get();
    List<Device> found =
        config.devices().stream()
            .filter(device -> device.name().equals(name) || name.equals(Long.toString(device.id())))
            .toList();
    if (found.isEmpty()) {
      throw new PondException.NotFound(
          "'" + site.path() + "' has no device '" + name + "'",
          "",
          "It has "
              + String.join(", ", config.devices().stream().map(Device::name).toList())
              + ".");
    }
    return found;
  }

  private HydroVuClient client(CollectSite run) {
    RetryingHttp http =
        new RetryingHttp(
            "HydroVu",
            rules.retries(),
            Deadline.in(run.clock(), config.deadline()),
            run.clock(),
            rules.pauses(),
            rules.random(),
            run::note);
    return new HydroVuClient(
        config,
        http,
        new CallRate(HydroVuClient.MAX_CALLS_PER_MINUTE, run.clock(), rules.pauses()));
  }

  private void collect(CollectSite run, List<Device> devices) {
    Failures failures = new Failures(run, "devices");
    try (HydroVuClient client = client(run);
        QuerySession session = run.query(run.read())) {
      Account account = new Account(client, site.path());
      // What fails here would fail for every device.
      account.names();
      BatchFile file = new BatchFile(session.duck(), run.scratch().resolve(BATCH_FILE));
      SeriesWriter writer = new SeriesWriter(run, session.duck());
      int waiting = devices.size();
      for (Device device : devices) {
        waiting--;
        // One that hangs is not to keep those after it from being asked, run after run.
        client.leaveTimeFor(waiting);
        DeviceRun collecting = new DeviceRun(run, config, device, account, file, writer);
        failures.attempt(
            device.name(),
            () -> {
              try {
                collecting.run();
              } catch (PondException e) {
                // Of a device that failed, "nothing new" would be untrue.
                collecting.tellIfAny();
                throw e;
              }
              collecting.tell();
            });
      }
    }
    failures.requireNone();
  }

  private void archive(CollectSite run, List<Device> devices) {
    Failures failures = new Failures(run, "devices");
    for (Device device : devices) {
      DeviceSeries series = new DeviceSeries(config, device);
      failures.attempt(
          device.name(),
          () -> {
            series.follow(run);
            PondPath frozen = series.archive(run.clock().instant());
            boolean moved = run.write(draft -> series.freeze(run, draft.edit(), frozen));
            run.tell(
                moved
                    ? series.active() + " is now " + frozen
                    : series.active() + ": nothing to archive");
          });
    }
    failures.requireNone();
  }

  private void locations(CollectSite run) {
    try (HydroVuClient client = client(run)) {
      List<String> lines = new ArrayList<>();
      for (Location location : client.locations()) {
        boolean isCollected =
            config.devices().stream().anyMatch(device -> device.id() == location.id());
        String place =
            Double.isNaN(location.latitude())
                ? ""
                : String.format(
                    Locale.ROOT, "%.5f,%.5f", location.latitude(), location.longitude());
        lines.add(
            String.join(
                "\t",
                Long.toString(location.id()),
                printable(location.name()),
                place,
                isCollected ? "collected" : "-"));
      }
      run.execution().print("id\tname\tplace\tcollected");
      lines.forEach(run.execution()::print);
    }
  }

  /** A name comes from elsewhere and goes to a terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
