package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
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
  private Optional<PondException> missingFolder = Optional.empty();
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
        throw failure instanceof PondException.NoSpace full ? named(part, full) : failure;
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

  /** Says for which part there was no space: when that is too large, the disk looks empty after. */
  private static PondException named(String part, PondException.NoSpace full) {
    return isNamed(part, full.problem())
        ? full
        : new PondException.NoSpace(
            part + ": " + full.problem(), full.reason(), full.remedy(), full);
  }

  private static boolean isNamed(String part, String sentence) {
    return sentence.startsWith("'" + part + "'");
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
    listing.missing().ifPresent(folder -> site.warn(sentence(missing(glob, folder, ""))));
    return list(listing);
  }

  /**
   * Lists the files of a pattern like {@link #list}; that there is no such folder is a failure, but
   * none of a part.
   */
  List<HostGlob.Match> listOfFolder(HostGlob glob) {
    HostGlob.Listing listing = glob.list();
    missingFolder =
        listing
            .missing()
            .map(folder ->
                missing(glob, folder, "Correct the pattern, or see why the folder is gone."));
    return list(listing);
  }

  private static PondException missing(HostGlob glob, Path folder, String remedy) {
    return new PondException.PartlyDone(
        "'" + glob.pattern() + "' matches nothing", "there is no folder " + folder, remedy);
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
    String sentence = sentence(e);
    lines.add(isNamed(part, sentence) ? sentence : part + ": " + sentence);
  }

  private static String sentence(PondException e) {
    return e.problem()
        + (e.reason().isEmpty() ? "" : ": " + e.reason())
        + (e.remedy().isEmpty() ? "" : ". " + e.remedy());
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
    if (mistake.isEmpty() && lines.isEmpty()) {
      missingFolder.ifPresent(e -> {
        throw e;
      });
      return;
    }
    String count = lines.size() + " of " + parts + " " + whole + " failed";
    missingFolder.ifPresent(e -> lines.add(sentence(e)));
    if (mistake.isPresent()) {
      lines.forEach(site::warn);
      throw mistake.get();
    }
    throw new PondException.PartlyDone(count + "\n  " + String.join("\n  ", lines), "", "");
  }
}
