package dev.duckpond.testkit;

import static dev.duckpond.testkit.FaultyPath.real;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does what the provider of this machine does, after it has asked {@link Faults}. */
final class FaultyProvider extends FileSystemProvider {
  private final FaultyFileSystem files;
  private final Faults faults;
  private final FileSystemProvider provider;

  FaultyProvider(FaultyFileSystem files, Faults faults, FileSystemProvider provider) {
    this.files = files;
    this.faults = faults;
    this.provider = provider;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("made by its constructor");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    return files.path(provider.getPath(uri));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    faults.look();
    boolean mayCreate =
        options.contains(StandardOpenOption.CREATE)
            || options.contains(StandardOpenOption.CREATE_NEW);
    if (mayCreate && !isThere(path)) {
      faults.change(FileChange.CREATE_FILE, path);
    } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      faults.change(FileChange.TRUNCATE, path);
    }
    FileChannel opened = provider.newFileChannel(real(path), options, attributes);
    return files.opened(new FaultyChannel(files, faults, path, opened));
  }

  /** Tells whether a name is taken, if only by a link that leads nowhere. */
  private static boolean isThere(Path path) {
    return Files.exists(real(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    faults.look();
    DirectoryStream<Path> names =
        provider.newDirectoryStream(real(directory), name -> filter.accept(files.path(name)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> each = names.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return each.hasNext();
          }

          @Override
          public Path next() {
            return files.path(each.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        names.close();
      }
    };
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    faults.look();
    if (!isThere(directory)) {
      faults.change(FileChange.CREATE_DIRECTORY, directory);
    }
    provider.createDirectory(real(directory), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    faults.change(FileChange.LINK, link);
    provider.createLink(real(link), real(existing));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    faults.change(FileChange.LINK, link);
    provider.createSymbolicLink(real(link), real(target), attributes);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    faults.look();
    return files.path(provider.readSymbolicLink(real(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    faults.look();
    if (isThere(path)) {
      faults.change(FileChange.DELETE, path);
    }
    provider.delete(real(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    faults.change(FileChange.CREATE_FILE, target);
    provider.copy(real(source), real(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    faults.change(FileChange.MOVE, target);
    provider.move(real(source), real(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    faults.look();
    return provider.isSameFile(real(path), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    faults.look();
    return provider.isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    faults.look();
    return provider.getFileStore(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    faults.look();
    provider.checkAccess(real(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    faults.look();
    return provider.getFileAttributeView(real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    faults.look();
    return provider.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    faults.look();
    return provider.readAttributes(real(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    faults.change(FileChange.WRITE, path);
    provider.setAttribute(real(path), name, value, options);
  }
}
