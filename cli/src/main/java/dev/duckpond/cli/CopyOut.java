package dev.duckpond.cli;

import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.Visibility;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies files of the pond to this machine: relations as Parquet, data as the same bytes.
 *
 * <p>A path without wildcards goes to the destination by the rules of coreutils. What a pattern
 * matches keeps its whole path below the destination, less {@code --strip-prefix}. Each file is
 * written beside its place and renamed, so that no part of a file is ever seen under its name. As
 * with cp, the operating system decides when they reach the disk.
 */
final class CopyOut implements AutoCloseable {
  /** Files whose contents are fetched from the log together. */
  private static final int FETCHED_TOGETHER = 4096;

  private final CommandContext context;
  private final OpenPond pond;
  private final YesOption consent;
  private final Optional<PondPath> stripPrefix;
  private @Nullable QuerySession session;

  CopyOut(CommandContext context, OpenPond pond, Optional<String> stripPrefix, YesOption consent) {
    this.context = context;
    this.pond = pond;
    this.consent = consent;
    this.stripPrefix = stripPrefix.map(WorkingDirectory.ROOT::resolve);
  }

  ExitCode run(List<String> sources, String destination, Doing doing) {
    PondTree tree = pond.steward().read();
    Map<Path, PathMatch> plan = plan(tree, sources, destination);
    switch (doing) {
      case DRY_RUN ->
          plan.forEach((file, match) ->
              context.out().line(TerminalText.escaped(match.path() + " -> " + file)));
      case REALLY -> {
        askToReplace(plan.keySet());
        copyAll(tree, plan);
      }
    }
    return ExitCode.DONE;
  }

  @Override
  public void close() {
    if (session != null) {
      context.stats().addFiles(session.handedFiles());
      session.close();
      session = null;
    }
  }

  /** A script replaces without a question, as with cp. */
  private void askToReplace(Set<Path> files) {
    List<Path> there = files.stream().filter(Files::isRegularFile).toList();
    if (!there.isEmpty()) {
      consent.askOnTerminal(
          context,
          new PondException.Usage(
              Counted.of(there.size(), "file")
                  + (there.size() == 1 ? " is" : " are")
                  + " there already and would be replaced",
              there.getFirst() + (there.size() == 1 ? "" : ", …"),
              "Add --yes, or copy to another directory."));
    }
  }

  private void copyAll(PondTree tree, Map<Path, PathMatch> plan) {
    long bytes = 0;
    int done = 0;
    try (Progress.Task task = context.progress().begin("copying", "files", plan.size())) {
      List<Map.Entry<Path, PathMatch>> items = List.copyOf(plan.entrySet());
      for (int i = 0; i < items.size(); i++) {
        if (i % FETCHED_TOGETHER == 0) {
          fetch(tree, items.subList(i, Math.min(items.size(), i + FETCHED_TOGETHER)));
        }
        bytes += copy(tree, items.get(i).getValue(), items.get(i).getKey());
        task.advanceTo(++done);
      }
    }
    context.stats().add(Stats.Counter.BYTES_WRITTEN, bytes);
    context.note("copied " + Counted.of(done, "file") + ", " + SizeText.format(bytes));
  }

  /** Takes small contents out of the log in one go: one at a time, each would read it all. */
  private static void fetch(PondTree tree, List<Map.Entry<Path, PathMatch>> items) {
    List<NodeVersion> versions = new ArrayList<>();
    for (Map.Entry<Path, PathMatch> item : items) {
      if (item.getValue().node() instanceof Node.Stored stored
          && stored.version().sizeBytes() > 0) {
        versions.add(stored.version());
      }
    }
    try {
      tree.snapshot().contents().files(versions);
    } catch (PondException.Corrupt e) {
      // The copy of the damaged one meets it again, and knows its path.
      return;
    }
  }

  private Map<Path, PathMatch> plan(PondTree tree, List<String> sources, String destination) {
    PondUrl url = PondUrl.parse(destination);
    Path root = context.hostPath(url.path());
    boolean takesIn = destination.endsWith("/") || Files.isDirectory(root) || sources.size() > 1;
    PondGround ground = PondGround.of(pond.layout());
    ground.requireOutside(root, "nothing can be copied to '" + root + "'");
    Map<Path, PathMatch> plan = new TreeMap<>();
    for (String source : sources) {
      List<PathMatch> matches = PathChoice.require(tree, source, Visibility.VISIBLE_ONLY);
      boolean keepsPath = !PathChoice.namesOne(tree, source) || stripPrefix.isPresent();
      for (PathMatch match : matches) {
        Path target = keepsPath ? below(root, stripped(match.path())) : named(match, root, takesIn);
        add(tree, followed(tree, match), target, plan);
      }
    }
    requireOutside(ground, plan.keySet());
    return plan;
  }

  /** Looks at each directory once: a link below the destination may lead into the pond. */
  private static void requireOutside(PondGround ground, Set<Path> files) {
    Set<Path> directories = new HashSet<>();
    for (Path file : files) {
      Path directory = Optional.ofNullable(file.getParent()).orElse(file);
      if (directories.add(directory)) {
        ground.requireOutside(directory, "nothing can be copied to '" + file + "'");
      }
    }
  }

  private static PathMatch followed(PondTree tree, PathMatch match) {
    return new PathMatch(match.path(), tree.require(match.path()), match.captures());
  }

  private static Path named(PathMatch match, Path root, boolean takesIn) {
    if (takesIn && !match.path().isRoot()) {
      return root.resolve(match.path().name().text());
    }
    return root;
  }

  private PondPath stripped(PondPath path) {
    if (stripPrefix.isEmpty()) {
      return path;
    }
    PondPath prefix = stripPrefix.get();
    if (!path.isWithin(prefix)) {
      throw new PondException.Usage(
          "'" + path + "' does not begin with '" + prefix + "'", "", "Change --strip-prefix.");
    }
    return new PondPath(path.names().subList(prefix.names().size(), path.names().size()));
  }

  private static Path below(Path root, PondPath path) {
    Path out = root;
    for (EntryName name : path.names()) {
      out = out.resolve(name.text());
    }
    return out;
  }

  private static void add(PondTree tree, PathMatch match, Path target, Map<Path, PathMatch> plan) {
    if (match.node().type().isDirectory()) {
      for (PathMatch child : tree.list(match.path())) {
        add(tree, followed(tree, child), target.resolve(child.path().name().text()), plan);
      }
      return;
    }
    PathMatch other = plan.putIfAbsent(target, match);
    if (other != null && !other.path().equals(match.path())) {
      throw new PondException.Conflict(
          "'" + other.path() + "' and '" + match.path() + "' would both become " + target,
          "",
          "Copy them to different directories.");
    }
  }

  private long copy(PondTree tree, PathMatch match, Path target) {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new PondException.Conflict(
          "'" + target + "' is a directory", "a file should go there", "Move it away first.");
    }
    try {
      Path parent = Optional.ofNullable(target.getParent()).orElse(target);
      Files.createDirectories(parent);
      Path staged = parent.resolve(".pond-copy-" + ProcessHandle.current().pid() + ".tmp");
      try {
        write(tree, match, staged);
        Files.move(
            staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(staged);
      }
      return Files.size(target);
    } catch (NoSuchFileException e) {
      throw new PondException.Failed(
          "'" + match.path() + "' cannot be copied to '" + target + "'",
          "no file can be made there",
          "Choose another directory.",
          e);
    } catch (IOException e) {
      throw HostTrouble.of(
          "'" + match.path() + "' cannot be copied to '" + target + "'",
          "Check the path and its permissions.",
          e);
    }
  }

  private void write(PondTree tree, PathMatch match, Path staged) throws IOException {
    if (!match.node().type().isRelation()) {
      try (InputStream in = NodeBytes.open(tree, match.path(), match.node(), () -> session(tree))) {
        long bytes = Files.copy(in, staged, StandardCopyOption.REPLACE_EXISTING);
        context.stats().add(Stats.Counter.FILES_OPENED, 1);
        context.stats().add(Stats.Counter.BYTES_READ, bytes);
      } catch (PondException.Corrupt e) {
        throw e.seenAt(match.path());
      }
      return;
    }
    // The engine may write in the scratch directory alone.
    Path made = Files.createTempFile(pond.scratch(), "out-", ".parquet");
    try {
      QuerySession query = session(tree);
      QueryErrors.translating(
          "copying '" + match.path() + "'",
          () ->
              query
                  .duck()
                  .copyToParquet(
                      query.relation(match.path(), match.node()).select(TimeRange.ALL),
                      made,
                      ParquetOptions.defaults()));
      Files.copy(made, staged, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private QuerySession session(PondTree tree) {
    if (session == null) {
      session = pond.query(tree, List.of());
    }
    return session;
  }
}
