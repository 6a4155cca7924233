package dev.duckpond.formats;

import dev.duckpond.tinyfs.PondException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Tells the rows of a page apart: notes, headers, measurements. */
final class HtmlPage {
  /** Tables of one page. */
  private static final int MAX_TABLES = 100;

  /** Properties of one page, and characters of one. */
  private static final int MAX_PROPERTIES = 100;

  private static final int MAX_PROPERTY_CHARS = 1000;
  private static final String PROPERTY = "isi-property";
  private static final String VALUE = "isi-value";

  /** HydroVu's pages mark everything with attributes that begin like this. */
  private static final String NOTE_ATTRIBUTE = "[isi-group], [isi-group-member]";

  private static final Pattern ZONE_NOTE =
      Pattern.compile("times? (?:is |are )?shown in (.+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern IN_PARENTHESES = Pattern.compile("\\(([^()]+)\\)\\s*$");
  private static final Pattern NAMED_OFFSET = Pattern.compile("(?:UTC|GMT)[+-].*");

  private final Conversion conversion;
  private final List<HtmlTable> tables;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private Optional<ZoneId> zone = Optional.empty();
  private @Nullable HtmlTable table;
  private final RejectedLines lines = new RejectedLines();
  private long measurements;

  /**
   * Starts a page.
   *
   * @param tables gets the tables that are found
   */
  HtmlPage(Conversion conversion, List<HtmlTable> tables) {
    this.conversion = conversion;
    this.tables = tables;
  }

  /**
   * Takes the next row.
   *
   * @throws PondException.Invalid when it is a measurement and cannot be read
   */
  void take(Element row) {
    List<Element> own = row.children().stream().filter(HtmlPage::isCell).toList();
    if (own.stream().allMatch(cell -> text(cell).isEmpty())) {
      return;
    }
    Optional<HtmlHeader> header = HtmlHeader.find(own, conversion.options().timeColumn());
    if (header.isPresent()) {
      begin(header.get());
    } else if (isNote(row, own) || row.selectFirst(NOTE_ATTRIBUTE) != null) {
      end();
      note(text(row));
      row.select("[" + PROPERTY + "]").forEach(this::property);
    } else if (table != null) {
      Optional<String> problem = table.findProblem(own);
      lines.countLine();
      if (problem.isPresent()) {
        lines.reject(line(row), problem.get());
      } else {
        table.append(row, own.stream().map(HtmlPage::text).toList());
        measurements++;
      }
    }
  }

  /**
   * Tells whether a row is one about the table, and not one that was cut off after its first cell.
   */
  private boolean isNote(Element row, List<Element> own) {
    return own.size() == 1 && (table == null || !table.isMeasurement(row, own));
  }

  private static int line(Element row) {
    return row.sourceRange().isTracked() ? row.sourceRange().start().lineNumber() : 0;
  }

  /**
   * Answers what was left out.
   *
   * @throws PondException.Invalid when there are measurements and none fits
   */
  Rejected leftOut() {
    return lines.done(
        conversion.label(), TextFormat.EXCELHTML, "Get the page again, or correct it.");
  }

  private static boolean isCell(Element element) {
    return element.nameIs("td") || element.nameIs("th");
  }

  /** Answers the text of a cell, white space made single. */
  static String text(Element cell) {
    return cell.text().replace('\u00a0', ' ').strip();
  }

  private void begin(HtmlHeader header) {
    end();
    if (tables.size() >= MAX_TABLES) {
      throw new PondException.Invalid(
          "'" + conversion.label() + "' has more than " + MAX_TABLES + " tables", "", "");
    }
    Optional<ZoneId> ownZone = header.timeNote().flatMap(HtmlPage::zone).or(() -> zone);
    table = HtmlTable.begin(conversion, tables.size(), header, ownZone);
    tables.add(table);
  }

  /** Ends the table that rows are in, if any. */
  void end() {
    if (table != null) {
      table.finish();
      table = null;
    }
  }

  /** Counts the rows of measurements that were taken so far. */
  long measurements() {
    return measurements;
  }

  private void note(String text) {
    Matcher matcher = ZONE_NOTE.matcher(text);
    if (matcher.find()) {
      zone = zone(matcher.group(1));
    }
  }

  /** Keeps what the page says of its place or instrument; of two of a name, both. */
  private void property(Element cell) {
    Element marked = cell.selectFirst("[" + VALUE + "]");
    String value = text(marked == null ? cell : marked);
    String name = cell.attr(PROPERTY).strip();
    boolean fits =
        value.length() <= MAX_PROPERTY_CHARS
            && name.length() <= MAX_PROPERTY_CHARS
            && properties.size() < MAX_PROPERTIES;
    if (name.isEmpty() || value.isEmpty() || !fits) {
      return;
    }
    properties.merge(name, value, (old, more) -> old.contains(more) ? old : old + "; " + more);
  }

  /** Answers what the page says of itself beside its rows, in its order. */
  Map<String, String> properties() {
    return properties;
  }

  /** Reads a zone as people write it: its name, an offset, either in parentheses at the end. */
  static Optional<ZoneId> zone(String text) {
    Matcher inner = IN_PARENTHESES.matcher(text);
    String name = (inner.find() ? inner.group(1) : text).strip();
    String upper = name.toUpperCase(Locale.ROOT).replace(" ", "");
    try {
      return Optional.of(
          ZoneId.of(upper.equals("UTC") || NAMED_OFFSET.matcher(upper).matches() ? upper : name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
