package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Becomes;
import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file that is there for one of the sources.
 *
 * @param to where in the pond it goes
 * @param mtimeMillis as it was listed
 */
record Arrival(Source source, Path file, String to, long mtimeMillis) {
  /** Those of a place from the oldest to the newest, by name where they are of one time. */
  private static final Comparator<Arrival> BY_AGE =
      Comparator.comparing(Arrival::to)
          .thenComparingLong(Arrival::mtimeMillis)
          .thenComparing(Arrival::label);

  String label() {
    return file.toString();
  }

  /** Tells whether it takes the place of others, instead of adding to them. */
  boolean replaces() {
    return source.becomes() != Becomes.SERIES;
  }

  /**
   * Lists the files of some sources in the order in which they are taken in: by place, and for each
   * by age, the newest last, whichever source they are of.
   */
  static List<Arrival> list(List<Source> sources, Failures failures) {
    List<Arrival> arrivals = new ArrayList<>();
    for (Source source : sources) {
      for (HostGlob.Match match : failures.listOfFolder(source.glob())) {
        try {
          arrivals.add(of(source, match));
        } catch (PondException e) {
          failures.attempt(
              match.file().toString(),
              () -> {
                throw e;
              });
        }
      }
    }
    arrivals.sort(BY_AGE);
    return arrivals;
  }

  private static Arrival of(Source source, HostGlob.Match match) {
    PondPath to = PondPath.of(source.to().expand(match.captures()));
    try {
      return new Arrival(source, match.file(), to.toString(), mtimeMillis(match.file()));
    } catch (IOException e) {
      throw HostFailure.of("'" + match.file() + "' cannot be taken in", e);
    }
  }

  static long mtimeMillis(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }
}
