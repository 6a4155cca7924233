package dev.duckpond.cli;

import dev.duckpond.factories.KindSource;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Holds everything the command knows of the process it runs in.
 *
 * <p>Nothing else in this room asks the system for a variable, a stream, the time or a name, so a
 * test runs any command line in its own process. Immutable, but for the streams; the streams belong
 * to the caller, who closes them.
 */
public final class CliEnvironment {
  /** Columns assumed where nothing tells the width. */
  public static final int DEFAULT_WIDTH = 80;

  private final Map<String, String> variables;
  private final Path workingDirectory;
  private final InputStream stdin;
  private final OutputStream stdout;
  private final OutputStream stderr;
  private final Set<StandardStream> terminals;
  private final int width;
  private final InstantSource clock;
  private final String userName;
  private final Supplier<String> hostName;
  private final int processors;
  private final Interruption interruption;
  private final List<KindSource> kindSources;

  private CliEnvironment(Builder builder) {
    this.variables = Map.copyOf(builder.variables);
    this.workingDirectory = builder.workingDirectory.toAbsolutePath().normalize();
    this.stdin = builder.stdin;
    this.stdout = builder.stdout;
    this.stderr = builder.stderr;
    this.terminals = Set.copyOf(builder.terminals);
    this.width = builder.width;
    this.clock = builder.clock;
    this.userName = builder.userName;
    this.hostName = builder.hostName;
    this.processors = builder.processors;
    this.interruption = builder.interruption;
    this.kindSources = List.copyOf(builder.kindSources);
  }

  /** Starts an environment without variables, terminal or input, whose output is thrown away. */
  public static Builder in(Path workingDirectory) {
    return new Builder(workingDirectory);
  }

  /** Finds an environment variable; one that is set to nothing counts as not set. */
  public Optional<String> findVariable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /** Answers the same environment with some variables set besides. */
  public CliEnvironment withVariables(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    return new Builder(workingDirectory)
        .variables(all)
        .stdin(stdin)
        .stdout(stdout)
        .stderr(stderr)
        .terminals(terminals, width)
        .clock(clock)
        .userName(userName)
        .hostName(hostName)
        .processors(processors)
        .interruption(interruption)
        .kindSources(kindSources)
        .build();
  }

  /** Answers the directory that relative paths of the machine start from, absolute. */
  public Path workingDirectory() {
    return workingDirectory;
  }

  /** Answers standard input. */
  public InputStream stdin() {
    return stdin;
  }

  /** Answers standard output, for data, as bytes. */
  public OutputStream stdout() {
    return stdout;
  }

  /** Answers standard error, for everything else. */
  public OutputStream stderr() {
    return stderr;
  }

  /** Tells whether a person sits at a stream. */
  public boolean isTerminal(StandardStream stream) {
    return terminals.contains(stream);
  }

  /** Answers the columns of the terminal. */
  public int width() {
    return width;
  }

  /** Answers the clock. */
  public InstantSource clock() {
    return clock;
  }

  /** Answers the login name. */
  public String userName() {
    return userName;
  }

  /** Answers the name of the machine. */
  public String hostName() {
    return hostName.get();
  }

  /** Answers the number of processors the process may use. */
  public int processors() {
    return processors;
  }

  /** Answers what Ctrl-C reaches. */
  public Interruption interruption() {
    return interruption;
  }

  /** Lists where kinds of computed nodes come from, beside those that every pond has. */
  List<KindSource> kindSources() {
    return kindSources;
  }

  /** Collects the parts of an environment. One thread only. */
  public static final class Builder {
    private final Path workingDirectory;
    private Map<String, String> variables = Map.of();
    private InputStream stdin = InputStream.nullInputStream();
    private OutputStream stdout = OutputStream.nullOutputStream();
    private OutputStream stderr = OutputStream.nullOutputStream();
    private Set<StandardStream> terminals = EnumSet.noneOf(StandardStream.class);
    private int width = DEFAULT_WIDTH;
    private InstantSource clock = InstantSource.system();
    private String userName = "unknown";
    private Supplier<String> hostName = () -> "localhost";
    private int processors = 1;
    private Interruption interruption = new Interruption();
    private List<KindSource> kindSources = List.of();

    private Builder(Path workingDirectory) {
      this.workingDirectory = workingDirectory;
    }

    /** Sets all environment variables. */
    public Builder variables(Map<String, String> all) {
      this.variables = all;
      return this;
    }

    /** Sets standard input. */
    public Builder stdin(InputStream stream) {
      this.stdin = stream;
      return this;
    }

    /** Sets standard output. */
    public Builder stdout(OutputStream stream) {
      this.stdout = stream;
      return this;
    }

    /** Sets standard error. */
    public Builder stderr(OutputStream stream) {
      this.stderr = stream;
      return this;
    }

    /** Sets which streams are terminals, and the columns they have. */
    public Builder terminals(Set<StandardStream> streams, int columns) {
      this.terminals = streams;
      this.width = columns;
      return this;
    }

    /** Sets the clock. */
    public Builder clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    /** Sets the login name. */
    public Builder userName(String name) {
      this.userName = name;
      return this;
    }

    /** Sets the name of the machine; asked only when a command needs it. */
    public Builder hostName(Supplier<String> name) {
      this.hostName = name;
      return this;
    }

    /** Sets the number of processors, at least one. */
    public Builder processors(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("processors: " + count);
      }
      this.processors = count;
      return this;
    }

    /** Sets what Ctrl-C reaches. */
    public Builder interruption(Interruption target) {
      this.interruption = target;
      return this;
    }

    /** Sets where further kinds of computed nodes come from. */
    public Builder kindSources(List<KindSource> sources) {
      this.kindSources = sources;
      return this;
    }

    /** Answers the environment. */
    public CliEnvironment build() {
      return new CliEnvironment(this);
    }
  }
}
