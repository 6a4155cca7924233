package dev.duckpond.tera;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Is a template that was read, linked with all it reaches, and checked; to be rendered any number
 * of times, by several threads at once.
 */
public final class Template {
  private final Tera tera;
  private final Program program;
  private final String pageName;

  Template(Tera tera, Program program) {
    this(tera, program, program.root());
  }

  private Template(Tera tera, Program program, String pageName) {
    this.tera = tera;
    this.program = program;
    this.pageName = pageName;
  }

  /** Answers the same template for pages of a name, whose ending tells how they are escaped. */
  public Template forPages(String name) {
    return new Template(tera, program, name);
  }

  /** Answers its name. */
  public String name() {
    return program.root();
  }

  /** Returns the text of this and of every template it may reach, by name. */
  public Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>();
    program.units().forEach((name, unit) -> sources.put(name, unit.source().text()));
    return sources;
  }

  /**
   * Renders a page piece by piece; memory does not grow with the page. After an exception part of
   * the page is written.
   *
   * @param context the variables by name
   * @throws TemplateException when the template cannot be rendered with them, or a limit is reached
   * @throws IOException when the page cannot be written
   */
  public Rendering render(ObjectValue context, Appendable page) throws IOException {
    Scope scope = new Scope(context);
    Budget budget = new Budget(tera.limits());
    Output out = new Output(page, tera.limits().outputBytes());
    Renderer renderer =
        new Renderer(program, tera.library(), tera.escaping(pageName), scope, budget, tera.world());
    try {
      renderer.page(out);
    } catch (Fault fault) {
      throw new TemplateException(fault, renderer.calls());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Rendering(renderer.templates(), scope.read(), renderer.functions(), out.bytes());
  }

  /**
   * Renders a page into memory.
   *
   * @throws TemplateException as {@link #render(ObjectValue, Appendable)} does
   */
  public String render(ObjectValue context) {
    StringBuilder page = new StringBuilder();
    try {
      render(context, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toString();
  }
}
