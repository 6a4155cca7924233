package dev.duckpond.tera;

import dev.duckpond.tera.Renderer.Escaping;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Reads templates of Tera 1.x. Immutable and safe to share between threads, when its loader is.
 *
 * <p>Templates see what they are given and nothing else: no file, no environment, no Java object.
 */
public final class Tera {
  private static final List<String> MARKUP_ENDINGS = List.of(".html", ".htm", ".xhtml", ".xml");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final TemplateLoader loader;
  private final Library library;
  private final Limits limits;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Supplier<RandomGenerator> random;

  private Tera(Builder builder) {
    this.loader = builder.loader;
    this.library = builder.library;
    this.limits = builder.limits;
    this.clock = builder.clock;
    this.zone = builder.zone;
    this.random = builder.random;
  }

  /** Tells whether templates can reach a variable by a name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !OperandParser.WORDS.contains(text);
  }

  /** Starts one whose templates reach no others. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads and checks a template and all it reaches.
   *
   * @throws TemplateException telling the first mistake
   * @throws IllegalArgumentException when the loader does not have it
   */
  public Template compile(String name) {
    return compile(name, text(name));
  }

  /**
   * Reads and checks a template of which the text is at hand, and all it reaches.
   *
   * @throws TemplateException telling the first mistake
   */
  public Template compile(String name, String text) {
    Linker linker = new Linker(loader);
    Optional<Program> program = linker.link(new Source(name, text));
    program.ifPresent(linked -> check(linked, linker.faults()));
    if (program.isEmpty() || !linker.faults().isEmpty()) {
      throw new TemplateException(linker.faults().getFirst(), List.of());
    }
    return new Template(this, program.get());
  }

  /**
   * Reads and checks several templates and all they reach, and tells all mistakes: of text that is
   * not Tera the first in each template, of everything else each, and each once.
   *
   * @throws IllegalArgumentException when the loader does not have one of them
   */
  public List<TemplateException> check(List<String> names) {
    Linker linker = new Linker(loader);
    List<Program> programs = new ArrayList<>();
    for (String name : names) {
      linker.link(new Source(name, text(name))).ifPresent(programs::add);
    }
    programs.forEach(program -> check(program, linker.faults()));
    Map<String, TemplateException> told = new LinkedHashMap<>();
    for (Fault fault : linker.faults()) {
      TemplateException mistake = new TemplateException(fault, List.of());
      told.putIfAbsent(mistake.getMessage(), mistake);
    }
    return List.copyOf(told.values());
  }

  private void check(Program program, List<Fault> faults) {
    program.units().values().forEach(unit -> Checker.check(unit, program, library, faults));
  }

  private String text(String name) {
    return loader
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no template " + name));
  }

  Limits limits() {
    return limits;
  }

  Library library() {
    return library;
  }

  World world() {
    return new World(clock, zone, random.get());
  }

  /** Tells by the ending of its name whether a page is markup. */
  Escaping escaping(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return MARKUP_ENDINGS.stream().anyMatch(lower::endsWith) ? Escaping.HTML : Escaping.NONE;
  }

  /** Collects what templates may use. */
  public static final class Builder {
    private TemplateLoader loader = _ -> Optional.empty();
    private Library library = Library.standard();
    private Limits limits = Limits.DEFAULT;
    private InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    private ZoneId zone = ZoneOffset.UTC;
    private Supplier<RandomGenerator> random = () -> new SplittableRandom(0);

    private Builder() {}

    /** Takes other templates from a loader. */
    public Builder loader(TemplateLoader templates) {
      loader = templates;
      return this;
    }

    /** Offers these filters, tests and functions in place of {@link Library#standard()}. */
    public Builder library(Library callables) {
      library = callables;
      return this;
    }

    /** Stops pages at these limits in place of {@link Limits#DEFAULT}. */
    public Builder limits(Limits bounds) {
      limits = bounds;
      return this;
    }

    /** Takes the time of {@code now()} from a clock, without which it is 1970 for ever. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** Gives local time a zone in place of UTC. */
    public Builder zone(ZoneId local) {
      zone = local;
      return this;
    }

    /**
     * Takes chance from here, one source for each rendering; without it each page gets the same
     * numbers every time, so that the same inputs give the same bytes.
     */
    public Builder random(Supplier<RandomGenerator> sources) {
      random = sources;
      return this;
    }

    /** Makes it. */
    public Tera build() {
      return new Tera(this);
    }
  }
}
