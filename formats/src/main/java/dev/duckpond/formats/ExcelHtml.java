package dev.duckpond.formats;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.PondException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/**
 * Reads pages of HTML that are made for spreadsheets: tables with a row of headers, one of which is
 * the time. Rows before it are notes about the table; a page may hold several tables, whose rows
 * come one after the other.
 *
 * <p>The parser hands over one row after the other, which is then taken out of the page. A page
 * that is cut off gives its whole rows; the place is told.
 */
final class ExcelHtml {
  /** The largest page that is read: what is not in rows stays in memory. */
  static final long MAX_PAGE_BYTES = 256L << 20;

  private static final int SNIFFED_BYTES = 1 << 16;
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([A-Za-z0-9_:.-]+)", Pattern.CASE_INSENSITIVE);

  private final Conversion conversion;

  ExcelHtml(Conversion conversion) {
    this.conversion = conversion;
  }

  Converted convert() throws IOException {
    List<HtmlTable> tables = new ArrayList<>();
    try {
      HtmlPage page = new HtmlPage(conversion, tables);
      Rejected cut = read(page);
      if (tables.isEmpty()) {
        throw new PondException.Invalid(
            "'" + conversion.label() + "' has no table of measurements",
            "no row has a header such as 'Date Time' in it",
            "Name the header of the time with '?time_column=…', or save it as CSV.");
      }
      List<Sql> selects = new ArrayList<>();
      for (HtmlTable table : tables) {
        selects.add(table.select());
      }
      return conversion
          .write(Sql.list(selects, " UNION ALL BY NAME "), cut)
          .with(page.properties());
    } finally {
      tables.forEach(HtmlTable::close);
    }
  }

  /** Reads a page into its tables, and answers where it is cut off, if it is. */
  private Rejected read(HtmlPage page) throws IOException {
    try (InputStream in =
        new LimitedStream(conversion.open(), conversion.label(), MAX_PAGE_BYTES)) {
      byte[] start = in.readNBytes(SNIFFED_BYTES);
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
      TailReader text = new TailReader(new InputStreamReader(whole, charset(start)));
      HtmlRows rows = new HtmlRows(page);
      Parser parser = Parser.htmlParser().setTrackPosition(true);
      try (StreamParser stream = new StreamParser(parser).parse(text, "")) {
        for (Iterator<Element> elements = stream.iterator(); elements.hasNext(); ) {
          Element element = elements.next();
          if (element.nameIs("tr")) {
            conversion.duck().requireGoingOn();
            rows.take(element);
            forget(element);
          } else if (element.nameIs("table")) {
            rows.end(element);
          }
        }
      }
      Rejected cut = rows.finish(text.tail());
      page.end();
      return cut;
    }
  }

  /**
   * Takes a row out of the page, and the blanks before it: each step looks through the siblings
   * that are there, so that leaving them would make a long page quadratic.
   */
  private static void forget(Element row) {
    for (Node blank = row.previousSibling();
        blank instanceof TextNode;
        blank = row.previousSibling()) {
      blank.remove();
    }
    row.remove();
  }

  /** Looks for what the page says of itself; UTF-8 when that is nothing, or unknown. */
  private static Charset charset(byte[] start) {
    Matcher matcher = CHARSET.matcher(new String(start, StandardCharsets.ISO_8859_1));
    if (matcher.find()) {
      try {
        return Charset.forName(matcher.group(1));
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        return StandardCharsets.UTF_8;
      }
    }
    return StandardCharsets.UTF_8;
  }
}
