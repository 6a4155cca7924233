package dev.duckpond.collect;

import dev.duckpond.collect.HydroVuConfig.Device;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TreeEdit;
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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the rows of a device lie: its active series and those that were frozen. */
record DeviceSeries(HydroVuConfig config, Device device) {
  private static final String ACTIVE = "_active.series";
  private static final Pattern ARCHIVED = Pattern.compile(".+_archive_\\d{8}\\.series");

  /** Noted of the directory of a device: the newest second that was frozen. */
  private static final String FROZEN_TO = "hydrovu_frozen_to_s";

  PondPath active() {
    return directory(config.path()).child(new EntryName(device.name() + ACTIVE));
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
   * Instants that lay in the future when they came do not count, so it is empty too where there are
   * no others and nothing is noted.
   *
   * @throws PondException when there are rows and their times cannot be told: to begin anew would
   *     fetch all of history again
   */
  OptionalLong findNewestSeconds(CollectSite site, PondTree tree) {
    return later(new NewestReading(site, tree).findSeconds(list(tree)), findNotedSeconds(tree));
  }

  /**
   * Finds the newest instant of the series that were frozen, in the same way. What is not after it
   * is theirs, and does not go into the active series again.
   */
  OptionalLong findNewestFrozenSeconds(CollectSite site, PondTree tree) {
    return later(new NewestReading(site, tree).findSeconds(frozen(tree)), findNotedSeconds(tree));
  }

  /**
   * Lists the instants of the series that were frozen which {@link #findNewestFrozenSeconds} does
   * not reach, in seconds: those that lay in the future when they came. They are theirs too, and
   * the service sends them again in each run.
   */
  Set<Long> listFrozenAhead(CollectSite site, PondTree tree) {
    return new NewestReading(site, tree)
        .listSecondsAfter(frozen(tree), findNewestFrozenSeconds(site, tree));
  }

  private List<PathMatch> frozen(PondTree tree) {
    List<PathMatch> frozen = new ArrayList<>(list(tree));
    frozen.removeIf(match -> isActive(match.path()));
    return frozen;
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
    OptionalLong newest =
        later(new NewestReading(site, tree).findSeconds(List.of(match)), findNotedSeconds(tree));
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

  /**
   * Lists the series that hold rows of the device, whatever it was called when they were made; a
   * former active one only while there is no other.
   */
  List<PathMatch> list(PondTree tree) {
    List<PathMatch> found = new ArrayList<>();
    tree.find(active())
        .map(node -> new PathMatch(active(), node, Captures.NONE))
        .or(() -> findFormer(tree))
        .ifPresent(found::add);
    List<PondPath> places = new ArrayList<>(List.of(directory(config.path())));
    config.archivePath().ifPresent(path -> places.add(directory(path)));
    for (PondPath place : places.stream().distinct().toList()) {
      list(tree, place)
          .filter(match -> ARCHIVED.matcher(match.path().name().text()).matches())
          .forEach(found::add);
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

  /**
   * Finds the active series of a device that is called otherwise in the configuration now; empty
   * when there is one of its name, or none.
   *
   * @throws PondException.Conflict when there are several
   */
  Optional<PathMatch> findFormer(PondTree tree) {
    if (tree.findUnfollowed(active()).isPresent()) {
      return Optional.empty();
    }
    PondPath place = directory(config.path());
    List<PathMatch> former =
        list(tree, place)
            .filter(match -> isActive(match.path()))
            .filter(match -> match.node().type() == EntryType.TABLE_SERIES)
            .toList();
    if (former.size() > 1) {
      throw new PondException.Conflict(
          "it is not known which series device " + device.id() + " had under its former name",
          place
              + " has "
              + String.join(
                  " and ", former.stream().map(match -> match.path().name().text()).toList()),
          "Rename the one that goes on to '" + active().name() + "' with 'pond mv'.");
    }
    return former.stream().findFirst();
  }

  /** Gives the series of a device that was renamed in the configuration its name of now. */
  void follow(CollectSite site) {
    if (findFormer(site.read()).isEmpty()) {
      return;
    }
    Optional<PondPath> moved =
        site.write(draft -> {
          Optional<PondPath> former = findFormer(draft.edit().tree()).map(PathMatch::path);
          former.ifPresent(path -> draft.edit().move(path, active()));
          return former;
        });
    moved.ifPresent(path ->
        site.tell(path + " is now " + active() + ", as device " + device.id() + " is called"));
  }

  private static boolean isActive(PondPath path) {
    return path.name().text().endsWith(ACTIVE);
  }

  private static Stream<PathMatch> list(PondTree tree, PondPath place) {
    return tree.find(place).isPresent() ? tree.list(place).stream() : Stream.empty();
  }
}
