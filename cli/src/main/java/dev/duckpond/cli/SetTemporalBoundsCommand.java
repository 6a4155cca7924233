package dev.duckpond.cli;

import dev.duckpond.query.TemporalBounds;
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
import dev.duckpond.tinyfs.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "set-temporal-bounds",
    header = {
      "pond set-temporal-bounds /silver.series --max-time '2024-05-30 23:59:59'",
      "pond set-temporal-bounds '/sensors/*.series' --clear"
    },
    description = {
      "Hides the rows of stored tables and series outside of some times, from all that reads them.",
      "Both ends are included, and belong to the node: they hold for versions to come and stay when"
          + " it is moved. Rows without a time are hidden too. An end that is not given stays as it"
          + " is. Nothing is removed: 'pond cat PATH --version N' prints a version whole.",
      "A time without an offset is UTC; a day alone counts from its begin, or up to its end."
    })
final class SetTemporalBoundsCommand implements PondCommand {
  @Parameters(arity = "1", paramLabel = "PATTERN", description = "the tables and series")
  String pattern = "";

  @Option(names = "--min-time", paramLabel = "TIME", description = "the first time that is seen")
  @Nullable String minTime;

  @Option(names = "--max-time", paramLabel = "TIME", description = "the last time that is seen")
  @Nullable String maxTime;

  @Option(
      names = "--clear",
      description = "take away the bounds that are there; with a time, only that one is set")
  boolean clear;

  @Option(names = "--dry-run", description = "print what would change, and change nothing")
  boolean dryRun;

  @Mixin LockOptions lock = new LockOptions();

  /** A node and what of it is to be seen. */
  private record Bounded(PondPath path, Node.Stored node) {}

  @Override
  public ExitCode run(CommandContext context) {
    if (minTime == null && maxTime == null && !clear) {
      throw new PondException.Usage(
          "no bounds are given", "", "Give --min-time, --max-time or both, or --clear.");
    }
    Optional<Long> min =
        time(context, "--min-time", minTime).map(SetTemporalBoundsCommand::firstMicros);
    Optional<Long> max = time(context, "--max-time", maxTime).map(this::lastMicros);
    List<String> lines = new ArrayList<>();
    try (OpenPond pond = OpenPond.open(context)) {
      pond.steward()
          .write(
              pond.writeRequest(),
              transaction -> {
                if (dryRun) {
                  transaction.rehearse();
                }
                for (Bounded node : nodes(transaction.edit().tree())) {
                  lines.add(set(context, transaction.edit(), node, min, max));
                }
                return lines.size();
              });
    }
    lines.forEach(context.out()::line);
    return ExitCode.DONE;
  }

  private String set(
      CommandContext context,
      TreeEdit edit,
      Bounded bounded,
      Optional<Long> min,
      Optional<Long> max) {
    Map<String, String> old =
        edit.tree()
            .snapshot()
            .findAttributes(bounded.node().entry().node())
            .map(NodeAttributes::values)
            .orElse(Map.of());
    TemporalBounds before = TemporalBounds.of(old);
    TemporalBounds kept = clear ? TemporalBounds.NONE : before;
    TemporalBounds now = bounds(min.or(kept::min), max.or(kept::max));
    boolean isSame = now.equals(before);
    if (!isSame) {
      edit.setAttributes(bounded.path(), now.within(old));
      if (hidesAll(edit.tree(), bounded.node(), now)) {
        context.warn("no time of '" + bounded.path() + "' lies within; all its rows are hidden");
      }
    }
    return (isSame ? "unchanged " : "updated   ") + bounded.path() + "  " + BoundsText.of(now);
  }

  private static TemporalBounds bounds(Optional<Long> min, Optional<Long> max) {
    if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
      throw new PondException.Usage(
          "the bounds are empty",
          MicrosText.of(min.get()) + " is after " + MicrosText.of(max.get()),
          "Exchange them, or give --clear to take the one away that is there.");
    }
    return new TemporalBounds(min, max);
  }

  private static boolean hidesAll(PondTree tree, Node.Stored node, TemporalBounds now) {
    List<NodeVersion> versions =
        node.type().isAppended()
            ? tree.snapshot().listVersions(node.entry().node())
            : List.of(node.version());
    List<EventBounds> known =
        versions.stream().flatMap(version -> version.facts().bounds().stream()).toList();
    return !known.isEmpty() && known.stream().noneMatch(each -> each.meets(now.range()));
  }

  /** Lists the tables and series that are meant; a wildcard passes over everything else. */
  private List<Bounded> nodes(PondTree tree) {
    boolean isOne = PathChoice.namesOne(tree, pattern);
    List<Bounded> all = new ArrayList<>();
    for (PathMatch match : PathChoice.require(tree, pattern, Visibility.VISIBLE_ONLY)) {
      Node node = tree.require(match.path());
      Optional<String> trouble = trouble(node);
      if (node instanceof Node.Stored stored && trouble.isEmpty()) {
        all.add(new Bounded(match.path(), stored));
      } else if (isOne) {
        throw new PondException.Invalid(
            "'" + match.path() + "' can have no bounds of time",
            trouble.orElse(""),
            node.type().isDynamic()
                ? "Set them for what it reads."
                : "Name a table or series with a time column.");
      }
    }
    if (all.isEmpty()) {
      throw new PondException.NotFound(
          "'" + pattern + "' matches no table or series with a time column",
          "",
          "Run 'pond list -l' to see what is there.");
    }
    return all;
  }

  private static Optional<String> trouble(Node node) {
    if (!(node instanceof Node.Stored stored) || !node.type().isRelation()) {
      return Optional.of("it is a " + node.type().text());
    }
    return stored.version().facts().timeColumn().isPresent()
        ? Optional.empty()
        : Optional.of("it has no time column");
  }

  private static Optional<Instant> time(
      CommandContext context, String option, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      TimeText.doubt(text).ifPresent(doubt -> context.warn(option + " " + doubt));
      return Optional.of(TimeText.parseUtc(text));
    } catch (IllegalArgumentException e) {
      throw new PondException.Usage(
          option + " cannot be read", String.valueOf(e.getMessage()), TimeText.REMEDY);
    }
  }

  private static long firstMicros(Instant time) {
    return TimeRange.between(Optional.of(time), Optional.empty()).fromMicros();
  }

  private long lastMicros(Instant time) {
    boolean isDay = maxTime != null && TimeText.isDay(maxTime);
    Instant end = isDay ? time.plus(Duration.ofDays(1)) : time.plusNanos(1);
    return TimeRange.between(Optional.empty(), Optional.of(end)).toMicros() - 1;
  }
}
