package dev.duckpond.collect;

import dev.duckpond.collect.HydroVuConfig.Device;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.TreeEdit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Where the rows of a device lie: its active series and those that were frozen. */
record DeviceSeries(HydroVuConfig config, Device device) {
  /** Clocks of instruments may be ahead by so much; what is later is a clock that was set wrong. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Noted of the directory of a device: the newest second that was frozen. */
  private static final String FROZEN_TO = "hydrovu_frozen_to_s";

  PondPath active() {
    return directory(config.path()).child(new EntryName(device.name() + "_active.series"));
  }

  /** Answers where the active series goes when it is frozen on a day. */
  PondPath archive(Instant now) {
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    String name =
        device.name() + "_archive_" + DateTimeFormatter.BASIC_ISO_DATE.format(day) + ".series";
    return directory(config.archivePath().orElse(config.path())).child(new EntryName(name));
  }

  private PondPath directory(PondPath root) {
    return root.child(new EntryName("devices")).child(new EntryName(Long.toString(device.id())));
  }

  /**
   * Finds the newest instant that is stored, in seconds, rounded down; empty when no row is.
   * Instants that lie in the future do not count.
   *
   * @throws PondException when there are rows and their times cannot be told: to begin anew would
   *     fetch all of history again
   */
  OptionalLong findNewestSeconds(CollectSite site, PondTree tree) {
    return later(newestSeconds(site, tree, list(tree)), findNotedSeconds(tree));
  }

  /**
   * Finds the newest instant of the series that were frozen, in the same way. What is not after it
   * is theirs, and does not go into the active series again.
   */
  OptionalLong findNewestFrozenSeconds(CollectSite site, PondTree tree) {
    List<PathMatch> frozen = new ArrayList<>(list(tree));
    frozen.removeIf(match -> match.path().equals(active()));
    return later(newestSeconds(site, tree, frozen), findNotedSeconds(tree));
  }

  /**
   * Freezes the active series; where it ends is noted in the same transaction, so that the next run
   * goes on there wherever the frozen one is then.
   *
   * @return whether there was a series to freeze
   */
  boolean freeze(CollectSite site, TreeEdit edit, PondPath frozen) {
    PondTree tree = edit.tree();
    Optional<Node> node = tree.find(active());
    if (node.isEmpty()) {
      return false;
    }
    if (tree.findUnfollowed(frozen).isPresent()) {
      throw new PondException.Conflict(
          "'" + frozen + "' exists already",
          "the device was archived today",
          "Archive it again tomorrow, or rename that one.");
    }
    PathMatch match = new PathMatch(active(), node.get(), Captures.NONE);
    OptionalLong newest = later(newestSeconds(site, tree, List.of(match)), findNotedSeconds(tree));
    edit.makeDirectories(frozen.parent());
    edit.move(active(), frozen);
    if (newest.isPresent()) {
      PondPath noted = directory(config.path());
      Map<String, String> values = new HashMap<>(attributes(tree, noted));
      values.put(FROZEN_TO, Long.toString(newest.getAsLong()));
      edit.setAttributes(noted, values);
    }
    return true;
  }

  /**
   * Finds the newest instant that was ever frozen, in seconds.
   *
   * @throws PondException when what is noted is no number: to begin anew would fetch all again
   */
  OptionalLong findNotedSeconds(PondTree tree) {
    String text = attributes(tree, directory(config.path())).get(FROZEN_TO);
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new PondException.Invalid(
          "it is not known where to go on with " + device.name(),
          "'" + directory(config.path()) + "' has '" + text + "' as " + FROZEN_TO,
          "Set it to a number of seconds.");
    }
  }

  private static Map<String, String> attributes(PondTree tree, PondPath path) {
    return tree.find(path)
        .flatMap(Node::findEntry)
        .flatMap(entry -> tree.snapshot().findAttributes(entry.node()))
        .map(NodeAttributes::values)
        .orElse(Map.of());
  }

  private static OptionalLong later(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
  }

  private static OptionalLong newestSeconds(
      CollectSite site, PondTree tree, List<PathMatch> series) {
    long latest =
        Math.multiplyExact(
            site.clock().instant().plus(CLOCK_TOLERANCE).getEpochSecond(), MICROS_PER_SECOND);
    OptionalLong newest = OptionalLong.empty();
    for (PathMatch match : series) {
      OptionalLong found = newestMicros(site, tree, match, latest);
      if (found.isPresent() && (newest.isEmpty() || found.getAsLong() > newest.getAsLong())) {
        newest = found;
      }
    }
    return newest.isEmpty()
        ? newest
        : OptionalLong.of(Math.floorDiv(newest.getAsLong(), MICROS_PER_SECOND));
  }

  private static OptionalLong newestMicros(
      CollectSite site, PondTree tree, PathMatch match, long latest) {
    OptionalLong newest = OptionalLong.empty();
    for (NodeVersion version : versions(tree, match.node())) {
      Optional<EventBounds> bounds = version.facts().bounds();
      boolean isEmpty =
          version.facts().rowCount().isPresent() && version.facts().rowCount().getAsLong() == 0;
      if (isEmpty) {
        continue;
      }
      if (bounds.isEmpty() || bounds.get().maxMicros() > latest) {
        return read(site, tree, match, latest);
      }
      long max = bounds.get().maxMicros();
      newest = OptionalLong.of(newest.isEmpty() ? max : Math.max(max, newest.getAsLong()));
    }
    return newest;
  }

  /** Looks into the rows, when what is known of the versions does not tell. */
  private static OptionalLong read(CollectSite site, PondTree tree, PathMatch match, long latest) {
    String what = "looking for the newest row of '" + match.path() + "'";
    try (QuerySession session = site.query(tree)) {
      Relation rows = session.relation(match.path(), versions(tree, match.node()));
      String time =
          rows.time()
              .orElseThrow(() ->
                  new PondException.Invalid(
                      "it is not known where to go on with '" + match.path() + "'",
                      "its versions have no common time column",
                      "Move it out of the way, or mend it."))
              .name();
      SqlBuilder sql =
          new SqlBuilder()
              .text("SELECT count(*), max(epoch_us(")
              .identifier(time)
              .text(")) FILTER (epoch_us(")
              .identifier(time)
              .text(") <= ")
              .literal(latest)
              .text(") FROM (")
              .append(rows.select(TimeRange.ALL))
              .text(")");
      return QueryErrors.translating(
          what,
          () -> {
            try (Rows result = session.duck().query(sql.build())) {
              result.next();
              if (result.longValue(0) > 0 && result.isNull(1)) {
                throw new PondException.Invalid(
                    "it is not known where to go on with '" + match.path() + "'",
                    "none of its rows has a time that is not in the future",
                    "Move it out of the way, or mend it.");
              }
              return result.isNull(1) ? OptionalLong.empty() : OptionalLong.of(result.longValue(1));
            }
          });
    }
  }

  private static List<NodeVersion> versions(PondTree tree, Node node) {
    return node.findEntry()
        .map(entry -> tree.snapshot().listVersions(entry.node()))
        .orElse(List.of());
  }

  /** Lists the series that hold rows of the device. */
  List<PathMatch> list(PondTree tree) {
    Pattern archived = Pattern.compile(Pattern.quote(device.name()) + "_archive_\\d{8}\\.series");
    List<PathMatch> found = new ArrayList<>();
    tree.find(active()).ifPresent(node -> found.add(new PathMatch(active(), node, Captures.NONE)));
    List<PondPath> places = new ArrayList<>(List.of(directory(config.path())));
    config.archivePath().ifPresent(path -> places.add(directory(path)));
    for (PondPath place : places.stream().distinct().toList()) {
      if (tree.find(place).isPresent()) {
        tree.list(place).stream()
            .filter(match -> archived.matcher(match.path().name().text()).matches())
            .forEach(found::add);
      }
    }
    for (PathMatch match : found) {
      if (match.node().type() != EntryType.TABLE_SERIES) {
        throw new PondException.Conflict(
            "'" + match.path() + "' cannot hold the rows of " + device.name(),
            "it is a " + match.node().type().text(),
            "Move it out of the way.");
      }
    }
    return found;
  }
}
