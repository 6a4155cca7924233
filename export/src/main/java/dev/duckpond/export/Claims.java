package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds two targets that would write to one place. One thread only. */
final class Claims {
  /** The one file of a partition; stable, so that a new one takes the place of the old. */
  static final String FILE_NAME = "data.parquet";

  private record Claim(ExportRequest request, ExportTarget target) {}

  private final Map<List<String>, Claim> claimed = new LinkedHashMap<>();

  /**
   * Adds a target.
   *
   * @throws PondException.Invalid when another has exactly its place
   */
  void add(ExportRequest request, ExportTarget target) {
    Claim other = claimed.putIfAbsent(target.place(), new Claim(request, target));
    if (other != null) {
      throw clash(target, other.target());
    }
  }

  /** Compares each claim with those above it. */
  void check() {
    for (Claim claim : claimed.values()) {
      List<String> place = claim.target().place();
      for (int i = 1; i < place.size(); i++) {
        Claim above = claimed.get(place.subList(0, i));
        if (above != null
            && (above.target().relation().isEmpty()
                || isPartition(above.request(), place.get(i)))) {
          throw clash(claim.target(), above.target());
        }
      }
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

  private static PondException clash(ExportTarget target, ExportTarget other) {
    return new PondException.Invalid(
        "'"
            + other.label()
            + "' and '"
            + target.label()
            + "' would both be written to '"
            + ExportDirectory.path(other.place())
            + "'",
        "their patterns '"
            + other.key().pattern()
            + "' and '"
            + target.key().pattern()
            + "' capture the same or one within the other",
        "Use wildcards that tell them apart, or export them to different directories.");
  }
}
