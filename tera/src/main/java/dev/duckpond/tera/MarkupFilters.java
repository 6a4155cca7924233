package dev.duckpond.tera;

import dev.duckpond.tera.Callable.Result;
import java.util.List;

/** Filters that make or take away HTML. */
final class MarkupFilters {
  static final List<Filter> ALL =
      List.of(
          new Filter(
              "escape",
              "Writes `&`, `<`, `>`, `\"`, `'` and `/` so that HTML shows them.",
              List.of(),
              new Example("{{ \"<b>\" | escape }}", "&lt;b&gt;"),
              Result.MARKUP,
              (input, call) -> Value.text(Markup.html(call.text(input)))),
          new Filter(
              "escape_xml",
              "Writes `&`, `<`, `>`, `\"` and `'` so that XML holds them.",
              List.of(),
              new Example("{{ \"it's <b>\" | escape_xml }}", "it&apos;s &lt;b&gt;"),
              Result.MARKUP,
              (input, call) -> Value.text(Markup.xml(call.text(input)))),
          new Filter(
              "safe",
              "Keeps a value from being escaped; must be the last filter.",
              List.of(),
              new Example("{{ \"<b>\" | safe }}", "<b>"),
              Result.MARKUP,
              (input, _) -> input),
          new Filter(
              "linebreaksbr",
              "Makes `<br>` of line breaks.",
              List.of(),
              new Example("{{ \"a\nb\" | linebreaksbr | safe }}", "a<br>b"),
              (input, call) ->
                  Value.text(call.text(input).replace("\r\n", "<br>").replace("\n", "<br>"))),
          new Filter(
              "spaceless",
              "Takes whitespace out between HTML tags.",
              List.of(),
              new Example("{{ \"<p> <b>a b</b> </p>\" | spaceless | safe }}", "<p><b>a b</b></p>"),
              (input, call) -> Value.text(withoutSpace(call.text(input)))),
          new Filter(
              "striptags",
              "Takes HTML tags and comments out.",
              List.of(),
              new Example("{{ \"<b>Noyo</b>\" | striptags }}", "Noyo"),
              (input, call) -> Value.text(withoutTags(call.text(input)))));

  private MarkupFilters() {}

  private static String withoutSpace(String html) {
    StringBuilder kept = new StringBuilder(html.length());
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      kept.append(c);
      at++;
      if (c == '>') {
        int next = at;
        while (next < html.length() && Character.isWhitespace(html.charAt(next))) {
          next++;
        }
        at = next < html.length() && html.charAt(next) == '<' ? next : at;
      }
    }
    return kept.toString();
  }

  private static String withoutTags(String html) {
    StringBuilder kept = new StringBuilder(html.length());
    int at = 0;
    int lastComment = html.lastIndexOf("-->");
    for (int open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
      int end = endOfTag(html, open, lastComment);
      if (end < 0) {
        break;
      }
      kept.append(html, at, open);
      at = end;
    }
    return kept.append(html, at, html.length()).toString();
  }

  /** Finds the end of a tag, or of a comment when that is closed; -1 when there is none. */
  private static int endOfTag(String html, int open, int lastComment) {
    if (html.startsWith("<!--", open) && open + 4 <= lastComment) {
      return html.indexOf("-->", open + 4) + 3;
    }
    int close = html.indexOf('>', open);
    return close < 0 ? -1 : close + 1;
  }
}
