package dev.duckpond.collect;

import dev.duckpond.collect.HydroVuConfig.Device;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Collects one device, from the newest row that is stored to the newest that there is. */
final class DeviceRun {
  private final CollectSite site;
  private final HydroVuConfig config;
  private final Device device;
  private final Account account;
  private final ColumnNames columns;
  private final BatchFile file;
  private final SeriesWriter writer;
  private final Batch pending = new Batch();
  private Written written = Written.NOTHING;
  private long committedTo = Long.MIN_VALUE;
  private Set<Long> frozenAhead = Set.of();

  DeviceRun(
      CollectSite site,
      HydroVuConfig config,
      Device device,
      Account account,
      BatchFile file,
      SeriesWriter writer) {
    this.site = site;
    this.config = config;
    this.device = device;
    this.account = account;
    this.columns = new ColumnNames(account.names(), device, site::warn);
    this.file = file;
    this.writer = writer;
  }

  /**
   * Collects; each batch is a transaction.
   *
   * @throws PondException when something fails; batches before it are stored
   */
  void run() {
    DeviceSeries series = new DeviceSeries(config, device);
    series.follow(site);
    PondTree tree = site.read();
    long from = start(series, tree);
    frozenAhead = series.listFrozenAhead(site, tree);
    Optional<ReadingsPage> page = account.client().readings(device.id(), from, "");
    if (page.isEmpty()) {
      // The service says the same of a device without news and of one that it does not know.
      account.requireVisible(device);
    }
    while (page.isPresent()) {
      site.requireGoingOn();
      take(page.get());
      Optional<String> next = page.get().next();
      store(next.isPresent());
      page = next.flatMap(name -> account.client().readings(device.id(), from, name));
    }
    store(false);
  }

  /**
   * Answers from when on to read: what is new, and the stretch before it that may have changed. It
   * is the beginning where nothing is stored, and where all that is stored lay in the future when
   * it came: that tells nothing of where to go on, and what comes again changes nothing, as there
   * is one row for each instant.
   */
  private long start(DeviceSeries series, PondTree tree) {
    OptionalLong newest = series.findNewestSeconds(site, tree);
    if (newest.isEmpty()) {
      return 0;
    }
    OptionalLong frozen = series.findNewestFrozenSeconds(site, tree);
    long earliest = frozen.isEmpty() ? 0 : Math.max(0, frozen.getAsLong() + 1);
    return Math.max(earliest, newest.getAsLong() + 1 - config.lookback().toSeconds());
  }

  private void take(ReadingsPage page) {
    for (Readings readings : page.parameters()) {
      MeasuredColumn column = columns.of(readings);
      for (int i = 0; i < readings.count(); i++) {
        if (readings.seconds(i) <= committedTo) {
          throw new PondException.Failed(
              "HydroVu sends the pages of " + device.name() + " out of order",
              "a reading came after later ones were stored",
              "What came before is stored; the next run goes on there.",
              new IOException("pages out of order"));
        }
        if (!frozenAhead.contains(readings.seconds(i))) {
          pending.add(readings.seconds(i), column, readings.value(i));
        }
      }
    }
  }

  /** Commits full batches, and when no page follows all that is left. */
  private void store(boolean moreFollows) {
    if (pending.isEmpty()) {
      return;
    }
    // The next page may go on with the instant that this one ended with.
    long end = moreFollows ? pending.lastSeconds() : Long.MAX_VALUE;
    while (!pending.isEmpty()
        && pending.pointsBefore(end) >= (moreFollows ? config.maxPoints() : 1)) {
      commit(pending.takeFirst(config.maxPoints(), end));
    }
  }

  private void commit(Batch batch) {
    NewRows rows = file.write(batch);
    Map<String, String> units = new HashMap<>();
    for (MeasuredColumn column : batch.columns()) {
      column.unit().ifPresent(unit -> units.put(column.name(), unit));
    }
    DeviceSeries series = new DeviceSeries(config, device);
    Written done =
        site.write(draft ->
            writer.write(
                draft,
                series.active(),
                rows,
                Duplicates.LAST,
                SeriesNotes.of(source(), ColumnUnits.of(units))));
    written = written.plus(done);
    committedTo = batch.lastSeconds();
  }

  /** Tells what came in before a failure, if anything did. */
  void tellIfAny() {
    if (!written.isNothing()) {
      tell();
    }
  }

  /** Tells what came in, in a line. */
  void tell() {
    site.tell(written.sentence(new DeviceSeries(config, device).active(), source()));
  }

  /** Answers what errors and lines call where the rows come from. */
  private String source() {
    return "HydroVu location " + device.id();
  }
}
