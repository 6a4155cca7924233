package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects what failed while the rest went on, and tells it at the end. What ends the whole run,
 * because nothing else could work either, is let through. One thread only.
 */
final class Failures {
  private final CollectSite site;
  private final String whole;
  private final List<String> lines = new ArrayList<>();
  private Optional<RuntimeException> mistake = Optional.empty();
  private int parts;

  /**
   * Starts without failures.
   *
   * @param whole what the parts are called: {@code devices}
   */
  Failures(CollectSite site, String whole) {
    this.site = site;
    this.whole = whole;
  }

  /** Runs a part; a failure of it is noted. */
  void attempt(String part, Runnable work) {
    site.requireGoingOn();
    parts++;
    try {
      work.run();
    } catch (PondException e) {
      PondException failure = e instanceof PondException.NoSpace ? e : HostFailure.orFull(e);
      if (endsAll(failure) || site.execution().isStopping()) {
        throw failure;
      }
      fail(part, failure);
    } catch (RuntimeException e) {
      if (site.execution().isStopping()) {
        throw e;
      }
      lines.add(part + ": internal error: " + e);
      mistake.ifPresentOrElse(first -> first.addSuppressed(e), () -> mistake = Optional.of(e));
    }
  }

  /** Does something that concerns several parts; a failure of it is noted. */
  void attemptCommon(String what, Runnable work) {
    int before = parts;
    int failed = lines.size();
    attempt(what, work);
    if (lines.size() == failed) {
      parts = before;
    }
  }

  /** Lists the files of a pattern; what cannot be looked into counts as a part that failed. */
  List<HostGlob.Match> list(HostGlob glob) {
    HostGlob.Listing listing = glob.list();
    missing(glob, listing).ifPresent(site::warn);
    return list(listing);
  }

  /** Lists the files of a pattern like {@link #list}; it fails where there is no such folder. */
  List<HostGlob.Match> listOfFolder(HostGlob glob) {
    HostGlob.Listing listing = glob.list();
    missing(glob, listing)
        .ifPresent(why -> {
          parts++;
          lines.add(why + ". Correct the pattern, or see why the folder is gone.");
        });
    return list(listing);
  }

  private static Optional<String> missing(HostGlob glob, HostGlob.Listing listing) {
    return listing
        .missing()
        .map(directory ->
            "'" + glob.pattern() + "' matches nothing: there is no folder " + directory);
  }

  private List<HostGlob.Match> list(HostGlob.Listing listing) {
    for (HostGlob.Unreadable each : listing.unreadable()) {
      parts++;
      lines.add("'" + each.path() + "' cannot be looked into: " + each.why());
    }
    return listing.matches();
  }

  /** Notes that a part failed. */
  void fail(String part, PondException e) {
    String why = e.problem() + (e.reason().isEmpty() ? "" : ": " + e.reason());
    String sentence = why.startsWith("'" + part + "'") ? why : part + ": " + why;
    lines.add(sentence + (e.remedy().isEmpty() ? "" : ". " + e.remedy()));
  }

  private static boolean endsAll(PondException e) {
    return switch (e) {
      case PondException.Locked locked -> true;
      case PondException.NoSpace full -> true;
      case PondException.Usage wrong -> true;
      case PondException.Invalid invalid -> false;
      case PondException.NotFound absent -> false;
      case PondException.Conflict conflict -> false;
      case PondException.Corrupt damage -> false;
      case PondException.PartlyDone partly -> false;
      case PondException.Failed failed -> false;
    };
  }

  /**
   * Ends the run.
   *
   * @throws PondException.PartlyDone when something failed, naming all of it
   * @throws RuntimeException a mistake of this program, after telling what failed
   */
  void requireNone() {
    if (mistake.isPresent()) {
      lines.forEach(site::warn);
      throw mistake.get();
    }
    if (!lines.isEmpty()) {
      throw new PondException.PartlyDone(
          lines.size() + " of " + parts + " " + whole + " failed\n  " + String.join("\n  ", lines),
          "",
          "");
    }
  }
}
