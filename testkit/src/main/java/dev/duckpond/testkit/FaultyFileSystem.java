package dev.duckpond.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The file system of this machine, where operations go wrong as {@link Faults} say. What native
 * libraries do by name goes past it.
 *
 * <p>Its paths equal no others, read the same as those of the machine, and lead to the same files.
 */
public final class FaultyFileSystem extends FileSystem {
  private final FileSystem real = FileSystems.getDefault();
  private final FaultyProvider provider;
  private final List<FileChannel> channels = new ArrayList<>();

  public FaultyFileSystem(Faults faults) {
    this.provider = new FaultyProvider(this, faults, real.provider());
  }

  /** Answers a path of this machine as one of this file system. */
  public Path path(Path onThisMachine) {
    return new FaultyPath(this, onThisMachine);
  }

  /** Closes every file that is open, as the end of a process does, and with that ends its locks. */
  @Override
  public void close() throws IOException {
    List<FileChannel> all;
    synchronized (channels) {
      all = List.copyOf(channels);
      channels.clear();
    }
    for (FileChannel each : all) {
      each.close();
    }
  }

  FileChannel opened(FileChannel channel) {
    synchronized (channels) {
      channels.add(channel);
    }
    return channel;
  }

  void closed(FileChannel channel) {
    synchronized (channels) {
      channels.remove(channel);
    }
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return real.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    List<Path> roots = new ArrayList<>();
    real.getRootDirectories().forEach(root -> roots.add(path(root)));
    return roots;
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return path(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = real.getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(FaultyPath.real(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return real.newWatchService();
  }
}
