package dev.duckpond.tinyfs;

import java.util.Optional;
import java.util.function.Supplier;

/** What a path leads to. */
public sealed interface Node {
  EntryType type();

  /** Finds the entry that names the node; what a factory computes inside a directory has none. */
  Optional<DirectoryEntry> findEntry();

  /** Finds the newest version that the pond stores: content, or the configuration of a factory. */
  Optional<NodeVersion> findVersion();

  /** A directory that the pond stores. */
  record Directory(DirectoryEntry entry) implements Node {
    @Override
    public EntryType type() {
      return EntryType.DIRECTORY;
    }

    @Override
    public Optional<DirectoryEntry> findEntry() {
      return Optional.of(entry);
    }

    @Override
    public Optional<NodeVersion> findVersion() {
      return Optional.empty();
    }
  }

  /** A symbolic link; the target is a path as written, relative to the directory of the link. */
  record Symlink(DirectoryEntry entry, NodeVersion version, String target) implements Node {
    @Override
    public EntryType type() {
      return EntryType.SYMLINK;
    }

    @Override
    public Optional<DirectoryEntry> findEntry() {
      return Optional.of(entry);
    }

    @Override
    public Optional<NodeVersion> findVersion() {
      return Optional.of(version);
    }
  }

  /** A file with stored content. */
  record Stored(DirectoryEntry entry, NodeVersion version) implements Node {
    @Override
    public EntryType type() {
      return entry.type();
    }

    @Override
    public Optional<DirectoryEntry> findEntry() {
      return Optional.of(entry);
    }

    @Override
    public Optional<NodeVersion> findVersion() {
      return Optional.of(version);
    }
  }

  /**
   * A file or directory that a factory computes, made by {@code mknod}.
   *
   * @param opener opens the node when its content is first asked for; that fails when this process
   *     does not know the factory
   */
  record Dynamic(DirectoryEntry entry, NodeVersion version, Supplier<DynamicNode> opener)
      implements Node {
    /**
     * Answers the opened node, the same at each call.
     *
     * @throws PondException.Invalid when the factory is unknown or refuses the configuration
     */
    public DynamicNode content() {
      return opener.get();
    }

    @Override
    public EntryType type() {
      return entry.type();
    }

    @Override
    public Optional<DirectoryEntry> findEntry() {
      return Optional.of(entry);
    }

    @Override
    public Optional<NodeVersion> findVersion() {
      return Optional.of(version);
    }
  }

  /** A file or directory inside a dynamic directory. */
  record Computed(EntryType type, DynamicNode content) implements Node {
    @Override
    public Optional<DirectoryEntry> findEntry() {
      return Optional.empty();
    }

    @Override
    public Optional<NodeVersion> findVersion() {
      return Optional.empty();
    }
  }
}
