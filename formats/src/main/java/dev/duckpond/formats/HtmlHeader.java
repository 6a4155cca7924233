package dev.duckpond.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * The row of a table that names its columns.
 *
 * @param names of all columns, as written; the time among them
 * @param timeCells where the time is; two where date and time of day have a column each
 * @param cellEnds whether its cells have ends of their own
 */
record HtmlHeader(List<String> names, List<Integer> timeCells, CellEnds cellEnds) {
  /** How the cells of a table end; HTML allows either. */
  enum CellEnds {
    WRITTEN,
    LEFT_OUT
  }

  private static final Set<String> TIME_NAMES =
      Set.of("datetime", "timestamp", "time", "date", "dateandtime", "date/time");

  private static final Pattern SEPARATORS = Pattern.compile("[ _-]");
  private static final int MAX_NAME_CHARS = 100;

  HtmlHeader {
    names = List.copyOf(names);
    timeCells = List.copyOf(timeCells);
  }

  /**
   * Finds out whether a row is one of headers: whether one of its cells is called like the time.
   */
  static Optional<HtmlHeader> find(List<Element> cells, Optional<String> timeColumn) {
    List<String> names = cells.stream().map(HtmlPage::text).toList();
    List<Integer> times = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String plain = plain(name);
      boolean isTime =
          timeColumn.isPresent() ? timeColumn.get().equals(name) : TIME_NAMES.contains(plain);
      if (isTime) {
        times.add(i);
        found.add(plain);
      }
    }
    if (times.isEmpty()) {
      return Optional.empty();
    }
    boolean isSplit = found.size() == 2 && found.equals(List.of("date", "time"));
    return Optional.of(new HtmlHeader(names, isSplit ? times : times.subList(0, 1), ends(cells)));
  }

  private static CellEnds ends(List<Element> cells) {
    return cells.stream().anyMatch(cell -> cell.endSourceRange().isImplicit())
        ? CellEnds.LEFT_OUT
        : CellEnds.WRITTEN;
  }

  /**
   * Finds out why the cells of a row may not be those that the headers name: a cell that is missing
   * shifts all after it, one without its end may be half a number.
   */
  Optional<String> findProblem(List<Element> cells) {
    if (cells.size() != names.size()) {
      return Optional.of(
          "the row has " + cells.size() + " cells, the row of headers has " + names.size());
    }
    return isCut(cells) ? Optional.of("a cell of the row is not closed") : Optional.empty();
  }

  /** Tells whether a row has a cell without end, where those of the header have one. */
  boolean isCut(List<Element> cells) {
    return cellEnds == CellEnds.WRITTEN && ends(cells) == CellEnds.LEFT_OUT;
  }

  /** Answers a header as it would be written if all wrote alike; cells of numbers are quick. */
  private static String plain(String name) {
    if (name.isEmpty() || !Character.isLetter(name.charAt(0)) || name.length() > MAX_NAME_CHARS) {
      return "";
    }
    int parenthesis = name.indexOf('(');
    String word = parenthesis > 0 ? name.substring(0, parenthesis) : name;
    return SEPARATORS.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** Finds what stands in parentheses behind the name of the time: its zone, maybe. */
  Optional<String> timeNote() {
    String name = names.get(timeCells.getLast());
    int parenthesis = name.indexOf('(');
    return parenthesis > 0 ? Optional.of(name.substring(parenthesis)) : Optional.empty();
  }

  /** Tells whether a column has a unit in parentheses, and so holds numbers. */
  static boolean hasUnit(String name) {
    return name.endsWith(")") && name.indexOf('(') > 0;
  }
}
