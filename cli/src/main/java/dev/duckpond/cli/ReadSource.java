package dev.duckpond.cli;

import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reading command reads from: a pond, or, when only files of this machine are named, none.
 *
 * <p>Opens the SQL engine when it is first asked for. Closing ends everything.
 */
final class ReadSource implements AutoCloseable {
  private final CommandContext context;
  private final Optional<OpenPond> pond;
  private final Optional<PondTree> tree;
  private final List<PondUrl> urls;
  private @Nullable QuerySession session;
  private @Nullable Path scratch;
  private Interruption.@Nullable Registration registration;

  private ReadSource(
      CommandContext context,
      Optional<OpenPond> pond,
      Optional<PondTree> tree,
      List<PondUrl> urls) {
    this.context = context;
    this.pond = pond;
    this.tree = tree;
    this.urls = urls;
  }

  /**
   * Opens what the URLs need.
   *
   * @param urls everything the command names; files of this machine among them may be read by SQL
   */
  static ReadSource open(
      CommandContext context,
      List<PondUrl> urls,
      FilesystemOptions filesystem,
      @Nullable String asOf) {
    boolean hostOnly =
        !urls.isEmpty() && urls.stream().allMatch(url -> url.place() == PondUrl.Place.HOST);
    if (hostOnly && context.locator().find().isEmpty()) {
      return new ReadSource(context, Optional.empty(), Optional.empty(), urls);
    }
    OpenPond pond = OpenPond.open(context);
    try {
      return new ReadSource(
          context, Optional.of(pond), Optional.of(filesystem.tree(context, pond, asOf)), urls);
    } catch (RuntimeException e) {
      pond.close();
      throw e;
    }
  }

  /** Opens the SQL engine alone, for rows that a command makes itself. */
  static ReadSource withoutPond(CommandContext context) {
    return new ReadSource(context, Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * Answers the tree of the pond.
   *
   * @throws PondException.NotFound when there is no pond
   */
  PondTree requireTree() {
    return tree.orElseThrow(
        () -> new PondException.NotFound("no pond found", "", "Name it with --pond DIR."));
  }

  /** Finds what a computed node is made by; empty for what is stored. */
  Optional<ComputedNode> computed(PondPath path) {
    return ComputedNode.find(context.factories(), requireTree(), path);
  }

  /** Answers the SQL engine over the source; it stops when the user wants to stop. */
  QuerySession session() {
    if (session == null) {
      QuerySession opened =
          pond.isPresent() && tree.isPresent()
              ? pond.get().query(tree.get(), urls)
              : QuerySession.openWithoutPond(hostOptions());
      session = opened;
      registration = context.interruption().register(opened::cancel);
    }
    return session;
  }

  @Override
  public void close() {
    if (registration != null) {
      registration.close();
    }
    if (session != null) {
      context.stats().addFiles(session.handedFiles());
      session.close();
    }
    pond.ifPresent(OpenPond::close);
    if (scratch != null) {
      try {
        HostTree.delete(scratch);
      } catch (IOException e) {
        context.warn("temporary files stay in " + scratch);
      }
    }
  }

  private QueryOptions hostOptions() {
    try {
      scratch = Files.createTempDirectory("pond-");
    } catch (IOException e) {
      throw HostTrouble.of(
          "no temporary directory can be made",
          "Make room where temporary files go, usually /tmp.",
          e);
    }
    return QueryOptions.builder(scratch)
        .threads(context.settings().threads())
        .memoryLimitBytes(context.settings().memoryLimitBytes())
        .hostFilesOf(urls)
        .notices(context::warn)
        .build();
  }
}
