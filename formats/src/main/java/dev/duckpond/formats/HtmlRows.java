package dev.duckpond.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Hands the whole rows of a page on, and notices where it is cut off.
 *
 * <p>The parser closes by itself what a page leaves open. HTML allows that for rows and cells, so a
 * row without an end of its own is whole once another row or the end of its table follows; a table
 * must have its end. The last row of a page that ends without is left out: its last number may lack
 * digits.
 */
final class HtmlRows {
  /** Some writers forget the end of the table, but not that of the page. */
  private static final Pattern PAGE_END =
      Pattern.compile("</(?:body|html)\\b", Pattern.CASE_INSENSITIVE);

  private final HtmlPage page;
  private @Nullable Element waiting;
  private @Nullable Element last;

  HtmlRows(HtmlPage page) {
    this.page = page;
  }

  /** Takes the next row. */
  void take(Element row) {
    takeWaiting();
    last = row;
    if (row.endSourceRange().isImplicit()) {
      waiting = row;
    } else {
      page.take(row);
    }
  }

  /** Notes that a table is over, by its own end or by that of the page. */
  void end(Element table) {
    last = table;
    if (!table.endSourceRange().isImplicit()) {
      takeWaiting();
    }
  }

  /**
   * Ends the page.
   *
   * @param tail its last characters
   * @return what is left out, and where it is cut off; empty when it is whole
   */
  Rejected finish(String tail) {
    Element end = last;
    if (end == null || !end.endSourceRange().isImplicit() || PAGE_END.matcher(tail).find()) {
      takeWaiting();
      return page.leftOut();
    }
    Element cut = waiting;
    int line =
        cut == null
            ? end.endSourceRange().start().lineNumber()
            : cut.sourceRange().start().lineNumber();
    long rows = page.measurements();
    String before = rows == 1 ? "the row before is in" : "the " + rows + " rows before are in";
    Rejected leftOut = page.leftOut();
    String told = "the page is cut off here; " + before;
    List<LineProblem> problems = new ArrayList<>(leftOut.first());
    if (problems.isEmpty()) {
      problems.add(new LineProblem(line, told));
    } else {
      LineProblem first = problems.getFirst();
      problems.set(
          0, new LineProblem(first.line(), first.reason() + "; line " + line + ": " + told));
    }
    return new Rejected(leftOut.lines(), rows + leftOut.lines(), problems);
  }

  private void takeWaiting() {
    if (waiting != null) {
      Element row = waiting;
      waiting = null;
      page.take(row);
    }
  }
}
