package dev.duckpond.factories.pages;

import dev.duckpond.tera.CallException;
import dev.duckpond.tera.Example;
import dev.duckpond.tera.Function;
import dev.duckpond.tera.Library;
import dev.duckpond.tera.Parameter;
import dev.duckpond.tera.Template;
import dev.duckpond.tera.TemplateException;
import dev.duckpond.tera.Tera;
import dev.duckpond.tera.Value;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads templates, each once; what they call sees one context. One thread only. */
final class PageTemplates {
  /** Answers the rows of a query. */
  @FunctionalInterface
  interface Asking {
    /** Answers a list of objects. */
    Value ask(String sql);
  }

  private static final Asking NOWHERE =
      _ -> {
        throw new CallException(
            "there are no tables to ask", "Export the page after data, which makes them.");
      };

  private final Library library;
  private final InstantSource clock;
  private final Map<PageTemplate, Template> compiled = new HashMap<>();

  PageTemplates(Asking asking, InstantSource clock) {
    this.library = Library.standard().with(query(asking));
    this.clock = clock;
  }

  /** Reads templates of which nothing is known but their text. */
  static PageTemplates unbound(InstantSource clock) {
    return new PageTemplates(NOWHERE, clock);
  }

  private static Function query(Asking asking) {
    return new Function(
        "query",
        "Lists the rows of a query over the tables of the export as objects.",
        List.of(Parameter.required("sql", "one SELECT")),
        new Example("{{ query(sql=\"SELECT 1 AS n\") | length }}", "1"),
        call -> {
          call.spend(1);
          return asking.ask(call.text("sql"));
        });
  }

  /** Finds the first mistake of a template. */
  static Optional<TemplateException> findMistake(PageTemplate template) {
    try {
      unbound(InstantSource.system()).compile(template);
      return Optional.empty();
    } catch (TemplateException e) {
      return Optional.of(e);
    }
  }

  /** Answers place and problem in one line. */
  static String words(TemplateException e) {
    return e.template() + ":" + e.line() + ":" + e.column() + ": " + e.problem();
  }

  /** Answers a template for a page of a name, whose ending tells how it is escaped. */
  Template require(PageTemplate template, String page) {
    return compile(template).forPages(page);
  }

  private Template compile(PageTemplate template) {
    return compiled.computeIfAbsent(
        template,
        text ->
            Tera.builder()
                .loader(name -> Optional.ofNullable(text.others().get(name)))
                .library(library)
                .clock(clock)
                .build()
                .compile(text.name(), text.text()));
  }
}
