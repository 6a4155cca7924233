package dev.duckpond.config;

import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Collects what is wrong with one configuration, so that all of it is told at once. Not
 * thread-safe.
 */
public final class Mistakes {
  /** More than these are counted and not shown. */
  private static final int MAX_SHOWN = 20;

  private record Mistake(String source, ConfigPlace place, String problem, String remedy) {}

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?]$");

  /** What becomes of mistakes. */
  private enum Fate {
    TOLD,
    IGNORED
  }

  private final String source;
  private final Fate fate;
  private final List<Mistake> mistakes = new ArrayList<>();

  /** Where values stand that are not known, of which enough is told. */
  private final Set<Where> unknown = new HashSet<>();

  private int passedOver;

  private record Where(String source, ConfigPlace place) {}

  /**
   * Starts with none.
   *
   * @param source what messages call the configuration: a file or a path of the pond
   */
  public Mistakes(String source) {
    this(source, Fate.TOLD);
  }

  private Mistakes(String source, Fate fate) {
    this.source = source;
    this.fate = fate;
  }

  /**
   * Starts with none, and keeps none: for reading what can be read of a configuration whose
   * mistakes were told. Keys that are not known are passed over then; where a value is wrong, it is
   * missing.
   *
   * @param source what messages call the configuration
   */
  public static Mistakes ignored(String source) {
    return new Mistakes(source, Fate.IGNORED);
  }

  /** Answers what messages call the configuration. */
  public String source() {
    return source;
  }

  /**
   * Adds a mistake. What is said of a value that is not known counts, and is not told: it would be
   * of a text that nobody meant.
   *
   * @param remedy a sentence, or empty
   */
  public void add(ConfigPlace place, String problem, String remedy) {
    if (!unknown.contains(new Where(source, place))) {
      keep(List.of(new Mistake(source, place, problem, remedy)));
    } else if (fate == Fate.TOLD) {
      passedOver++;
    }
  }

  /** Adds that a value is not known, for a variable in it is missing. */
  void addUnknown(ConfigPlace place, String problem, String remedy) {
    keep(List.of(new Mistake(source, place, problem, remedy)));
    unknown.add(new Where(source, place));
  }

  /** Says that enough was told of a value: what else is said of it counts, and is not told. */
  public void settle(ConfigPlace place) {
    unknown.add(new Where(source, place));
  }

  /** Tells whether they were told before. */
  boolean areIgnored() {
    return fate == Fate.IGNORED;
  }

  private void keep(List<Mistake> more) {
    switch (fate) {
      case TOLD -> mistakes.addAll(more);
      case IGNORED -> {
        // They were told before.
      }
    }
  }

  /** Adds what was thrown while a value was looked at. */
  public void add(ConfigPlace place, PondException thrown) {
    String problem =
        thrown.reason().isEmpty() ? thrown.problem() : thrown.problem() + ": " + thrown.reason();
    add(place, problem, thrown.remedy());
  }

  /** Adds those of a text that this one names. */
  public void addAll(Mistakes others) {
    keep(others.mistakes);
    unknown.addAll(others.unknown);
  }

  /** Tells how many there are. */
  public int count() {
    return mistakes.size() + passedOver;
  }

  /**
   * Throws when there are any.
   *
   * @throws PondException.Invalid naming all of them by line and column, in that order
   */
  public void requireNone() {
    if (mistakes.isEmpty()) {
      return;
    }
    // Those of this text first.
    mistakes.sort(
        Comparator.comparing((Mistake mistake) -> !mistake.source().equals(source))
            .thenComparing(Mistake::source)
            .thenComparing(Mistake::place));
    if (mistakes.size() == 1) {
      Mistake only = mistakes.getFirst();
      throw new PondException.Invalid(located(only), only.problem(), only.remedy());
    }
    String lines =
        mistakes.stream().limit(MAX_SHOWN).map(Mistakes::told).collect(Collectors.joining("\n"));
    throw new PondException.Invalid(
        "'" + source + "' has " + mistakes.size() + " mistakes\n" + lines,
        "",
        mistakes.size() > MAX_SHOWN ? "Correct these first; there are more." : "");
  }

  /** The remedy stands beside the problem, and what is drawn of it below both. */
  private static String told(Mistake mistake) {
    int end = mistake.problem().indexOf('\n');
    String first = end < 0 ? mistake.problem() : mistake.problem().substring(0, end);
    String below = end < 0 ? "" : mistake.problem().substring(end).replace("\n", "\n    ");
    String stop = SENTENCE_END.matcher(first).find() ? " " : ". ";
    return located(mistake)
        + ": "
        + first
        + (mistake.remedy().isEmpty() ? "" : stop + mistake.remedy())
        + below;
  }

  private static String located(Mistake mistake) {
    return mistake.source() + ":" + mistake.place();
  }
}
