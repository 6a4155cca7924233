package dev.duckpond.oplog;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lets Delta Kernel work on this machine's files, without Hadoop.
 *
 * <p>Every file appears under its name whole and synced, or not at all. Thread-safe. See {@code
 * docs/adr/0001-delta-through-our-own-engine.md}.
 */
final class DeltaFileIO implements FileIO {
  private static final String FILE_SCHEME = "file:";

  private final FileSystem files;

  /** Works on the files of one file system, that of the pond. */
  DeltaFileIO(FileSystem files) {
    this.files = files;
  }

  /** Answers the file that Kernel means: an absolute path, or a {@code file:} URI. */
  Path file(String name) {
    return files.getPath(
        name.startsWith(FILE_SCHEME)
            ? URI.create(name.replaceFirst("^file:/+", "file:///")).getPath()
            : name);
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String name) throws IOException {
    Path from = file(name);
    Path directory = Durable.parent(from);
    String first = String.valueOf(from.getFileName());
    List<FileStatus> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path file : all) {
        if (String.valueOf(file.getFileName()).compareTo(first) >= 0) {
          found.add(status(file));
        }
      }
    } catch (NoSuchFileException e) {
      throw missing(directory, e);
    }
    found.sort(Comparator.comparing(FileStatus::getPath));
    return DeltaRows.iterate(found);
  }

  @Override
  public FileStatus getFileStatus(String name) throws IOException {
    try {
      return status(file(name));
    } catch (NoSuchFileException e) {
      throw missing(file(name), e);
    }
  }

  @Override
  public String resolvePath(String name) {
    return file(name).toAbsolutePath().normalize().toString();
  }

  @Override
  public boolean mkdirs(String name) throws IOException {
    Files.createDirectories(file(name));
    return true;
  }

  @Override
  public boolean delete(String name) throws IOException {
    return Files.deleteIfExists(file(name));
  }

  @Override
  public Optional<String> getConf(String key) {
    return Optional.empty();
  }

  @Override
  public void copyFileAtomically(String source, String target, boolean overwrite)
      throws IOException {
    Path hidden = Durable.hiddenBeside(file(target));
    try {
      Files.copy(file(source), hidden);
      Durable.syncFile(hidden);
      place(hidden, file(target), overwrite);
    } finally {
      Files.deleteIfExists(hidden);
    }
  }

  @Override
  public InputFile newInputFile(String name, long sizeBytes) {
    return new LocalInput(file(name));
  }

  @Override
  public OutputFile newOutputFile(String name) {
    return new LocalOutput(file(name));
  }

  private static void place(Path hidden, Path target, boolean overwrite) throws IOException {
    if (overwrite) {
      Durable.replace(hidden, target);
    } else {
      Durable.publish(hidden, target);
    }
  }

  private static FileStatus status(Path file) throws IOException {
    BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
    return FileStatus.of(file.toString(), facts.size(), facts.lastModifiedTime().toMillis());
  }

  // Kernel tells "no table here" from trouble by this type of java.io.
  private static FileNotFoundException missing(Path file, NoSuchFileException cause) {
    FileNotFoundException missing = new FileNotFoundException(file.toString());
    missing.initCause(cause);
    return missing;
  }

  private record LocalInput(Path file) implements InputFile {
    @Override
    public String path() {
      return file.toString();
    }

    @Override
    public long length() throws IOException {
      return Files.size(file);
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      return new SeekableFile(file);
    }
  }

  private record LocalOutput(Path file) implements OutputFile {
    @Override
    public String path() {
      return file.toString();
    }

    @Override
    public PositionOutputStream create(boolean putIfAbsent) {
      // Kernel asks for a stream only to write Parquet, which goes through DuckDB here.
      throw new UnsupportedOperationException("Parquet files are written by the SQL engine");
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
        throws IOException {
      Path hidden = Durable.hiddenBeside(file);
      try (lines) {
        try (BufferedWriter out =
            Files.newBufferedWriter(
                hidden, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
          while (lines.hasNext()) {
            out.write(lines.next());
            out.write('\n');
          }
        }
        Durable.syncFile(hidden);
        place(hidden, file, overwrite);
      } finally {
        Files.deleteIfExists(hidden);
      }
    }
  }
}
