package dev.duckpond.rollups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What is kept of one recipe: spans of time that do not overlap, in order. Immutable. */
record Inventory(List<Holding> holdings) {
  static final Inventory EMPTY = new Inventory(List.of());

  Inventory {
    holdings = List.copyOf(holdings);
  }

  /** Lists the files that hold any of it. */
  Set<Segment> segments() {
    Set<Segment> segments = new LinkedHashSet<>();
    holdings.forEach(holding -> segments.add(holding.segment()));
    return segments;
  }

  Inventory where(Predicate<Holding> condition) {
    return new Inventory(holdings.stream().filter(condition).toList());
  }

  /** Takes in spans; what they overlap is forgotten. */
  Inventory with(Collection<Holding> added) {
    List<Holding> all = new ArrayList<>(added);
    List<Holding> sorted = added.stream().sorted(Inventory::byTime).toList();
    for (Holding old : holdings) {
      long from = old.fromMicros();
      for (Holding fresh : sorted) {
        if (fresh.meets(from, old.toMicros())) {
          if (from < fresh.fromMicros()) {
            all.add(old.cut(from, fresh.fromMicros()));
          }
          from = Math.min(old.toMicros(), fresh.toMicros());
        }
      }
      if (from < old.toMicros()) {
        all.add(old.cut(from, old.toMicros()));
      }
    }
    all.sort(Inventory::byTime);
    return new Inventory(joined(all));
  }

  private static int byTime(Holding a, Holding b) {
    return Comparator.comparingLong(Holding::fromMicros).compare(a, b);
  }

  private static List<Holding> joined(List<Holding> sorted) {
    List<Holding> joined = new ArrayList<>();
    for (Holding next : sorted) {
      Holding last = joined.isEmpty() ? null : joined.getLast();
      if (last != null
          && last.toMicros() == next.fromMicros()
          && last.key().equals(next.key())
          && last.segment().equals(next.segment())) {
        joined.set(
            joined.size() - 1,
            new Holding(last.fromMicros(), next.toMicros(), last.key(), last.segment()));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  /** Answers the parts of kept spans that are still made of what the tiles are made of now. */
  Inventory current(Tiles tiles, List<Tiles.Run> runs) {
    List<Holding> current = new ArrayList<>();
    int at = 0;
    for (Tiles.Run run : runs) {
      long from = tiles.begin(run.from());
      long to = tiles.begin(run.to());
      while (at < holdings.size() && holdings.get(at).toMicros() <= from) {
        at++;
      }
      for (int i = at; i < holdings.size() && holdings.get(i).fromMicros() < to; i++) {
        Holding holding = holdings.get(i);
        if (holding.key().equals(run.key()) && holding.meets(from, to)) {
          current.add(holding.cut(from, to));
        }
      }
    }
    return new Inventory(current);
  }

  /**
   * Lists the tiles that are not wholly kept, neighbours joined; to be asked of what is current.
   */
  List<Tiles.Run> missing(Tiles tiles, List<Tiles.Run> runs) {
    List<Tiles.Run> missing = new ArrayList<>();
    int at = 0;
    for (Tiles.Run run : runs) {
      for (int tile = run.from(); tile < run.to(); tile++) {
        while (at < holdings.size() && holdings.get(at).toMicros() <= tiles.begin(tile)) {
          at++;
        }
        if (holds(at, tiles.begin(tile), tiles.begin(tile + 1))) {
          continue;
        }
        Tiles.Run last = missing.isEmpty() ? null : missing.getLast();
        if (last != null && last.to() == tile && last.key().equals(run.key())) {
          missing.set(missing.size() - 1, new Tiles.Run(last.from(), tile + 1, run.key()));
        } else {
          missing.add(new Tiles.Run(tile, tile + 1, run.key()));
        }
      }
    }
    return missing;
  }

  private boolean holds(int at, long from, long to) {
    long reached = from;
    for (int i = at; i < holdings.size() && holdings.get(i).fromMicros() <= reached; i++) {
      reached = Math.max(reached, holdings.get(i).toMicros());
      if (reached >= to) {
        return true;
      }
    }
    return false;
  }
}
