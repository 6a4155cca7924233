package dev.duckpond.factories.pages;

import dev.duckpond.config.At;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.CaptureTemplate;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pages of one template.
 *
 * @param in what they are about
 * @param out their names
 */
public record PageCollection(
    EntryName name, At<PondUrl> in, At<CaptureTemplate> out, PageTemplate template) {
  /** A page and the names that lead to it. */
  public record Placed(List<String> place, Page page) {
    public Placed {
      place = List.copyOf(place);
    }

    /** Answers the names with {@code /} between them. */
    public String text() {
      return String.join("/", place);
    }
  }

  /**
   * Lists the pages about some matches, one for each distinct name, in the order of the matches.
   *
   * @param matches of {@link #in}, by path
   * @param label the beginning of what messages call each
   * @throws PondException.Invalid when a capture cannot be part of a name
   */
  List<Placed> pages(List<PathMatch> matches, String label, Snapshot snapshot) {
    Map<List<String>, List<PathMatch>> byPlace = new LinkedHashMap<>();
    for (PathMatch match : matches) {
      byPlace.computeIfAbsent(place(match.captures()), _ -> new ArrayList<>()).add(match);
    }
    List<Placed> pages = new ArrayList<>();
    byPlace.forEach((place, about) ->
        pages.add(
            new Placed(
                place,
                new Page(
                    label + String.join("/", place),
                    place.getLast(),
                    template,
                    about.getFirst().captures().texts(),
                    about.stream().map(m -> new PageTarget(m.path(), m.node())).toList(),
                    snapshot))));
    return pages;
  }

  private List<String> place(Captures captures) {
    String text = out.value().expand(captures);
    List<String> names = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      try {
        names.add(new EntryName(part).text());
      } catch (PondException.Usage e) {
        throw new PondException.Invalid(
            "out_pattern '" + out.value() + "' makes '" + text + "', which cannot name a page",
            e.problem() + (e.reason().isEmpty() ? "" : ": " + e.reason()),
            "Capture another part of the path.");
      }
    }
    return names;
  }
}
