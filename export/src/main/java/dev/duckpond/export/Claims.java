package dev.duckpond.export;

import dev.duckpond.config.ConfigPlace;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds targets that would write to one place. One thread only. */
final class Claims {
  /** The one file of a partition; stable, so that a new one takes the place of the old. */
  static final String FILE_NAME = "data.parquet";

  /**
   * Who claims a place.
   *
   * @param words what messages call it: {@code the stage 'Pages'}
   * @param source the text in which it stands
   * @param place where in it
   */
  record Claimant(String words, String source, ConfigPlace place) {}

  /** A place that is claimed. */
  record Claim(Claimant by, ExportRequest request, ExportTarget target) {}

  /** Two claims to the same place, or to one within the other. */
  record Clash(Claim first, Claim second) {
    /** Says it by the names of the targets. */
    PondException asError() {
      return new PondException.Invalid(
          targets() + " would both be written to '" + first.target().placeText() + "'",
          "their patterns '"
              + first.target().key().pattern()
              + "' and '"
              + second.target().key().pattern()
              + "' capture the same or one within the other",
          "Use wildcards that tell them apart, or export them to different directories.");
    }

    private String targets() {
      return "'" + first.target().label() + "' and '" + second.target().label() + "'";
    }

    /** Says it by the names of the claimants; of one alone, by those of its targets. */
    String words() {
      String one = first.target().placeText();
      String other = second.target().placeText();
      if (first.by().words().equals(second.by().words())) {
        return targets() + " of " + first.by().words() + " would both be written to '" + one + "'";
      }
      String who = first.by().words() + " and " + second.by().words();
      return one.equals(other)
          ? who + " would both write '" + one + "'"
          : who + " would write '" + one + "' and, within it, '" + other + "'";
    }
  }

  private static final Claimant NOBODY = new Claimant("", "", ConfigPlace.START);

  private final Map<List<String>, Claim> claimed = new LinkedHashMap<>();
  private final List<Clash> clashes = new ArrayList<>();

  /** Adds a target of nobody in particular. */
  void add(ExportRequest request, ExportTarget target) {
    add(NOBODY, request, target);
  }

  /** Adds a target; the first that claims a place keeps it. */
  void add(Claimant by, ExportRequest request, ExportTarget target) {
    Claim claim = new Claim(by, request, target);
    Claim other = claimed.putIfAbsent(target.place(), claim);
    if (other != null) {
      clashes.add(new Clash(other, claim));
    }
  }

  /** Lists every place that two want. */
  List<Clash> clashes() {
    List<Clash> all = new ArrayList<>(clashes);
    for (Claim claim : claimed.values()) {
      List<String> place = claim.target().place();
      for (int i = 1; i < place.size(); i++) {
        Claim above = claimed.get(place.subList(0, i));
        if (above != null
            && (above.target().relation().isEmpty()
                || isPartition(above.request(), place.get(i)))) {
          all.add(new Clash(above, claim));
        }
      }
    }
    return all;
  }

  /**
   * Makes sure that nothing is claimed twice.
   *
   * @throws PondException.Invalid with the first that is
   */
  void check() {
    for (Clash clash : clashes()) {
      throw clash.asError();
    }
  }

  /** Tells whether a relation writes a name directly below its directory. */
  static boolean isPartition(ExportRequest request, String name) {
    if (!request.isPartitioned()) {
      return name.equals(FILE_NAME);
    }
    String first =
        request.partitionBy().isEmpty()
            ? request.temporal().getFirst().word()
            : request.partitionBy().getFirst();
    return name.startsWith(HiveName.escape(first) + "=");
  }
}
