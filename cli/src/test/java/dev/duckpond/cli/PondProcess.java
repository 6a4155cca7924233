package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process of its own that runs {@code pond}, or a program of the tests, from the class path of
 * the test. Both its outputs go to files beside the pond. Ended by its handle alone.
 *
 * <pre>
 * home/
 *   pond/           $POND
 *   tmp/            temporary files of the process
 *   out-N, err-N    what process N printed
 * </pre>
 */
final class PondProcess implements AutoCloseable {
  /** How far two looks at the process are apart. */
  private static final long LOOK_NANOS = 200_000;

  private final Process process;
  private final Path out;
  private final Path err;

  private PondProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts {@code pond WORDS}. */
  static PondProcess pond(Path home, String... words) {
    return start(home, Pond.class, words);
  }

  /** Starts the {@code main} of a class. */
  static PondProcess start(Path home, Class<?> program, String... words) {
    try {
      Path out = Files.createTempFile(home, "out-", "");
      Path err = Files.createTempFile(home, "err-", "");
      List<String> command = command(home, program);
      command.addAll(Arrays.asList(words));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("POND", home.resolve("pond").toString());
      builder.environment().put("HOME", home.toString());
      Process process =
          builder
              .directory(home.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      return new PondProcess(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists the words that start a program; those for the program itself come after them. */
  static List<String> command(Path home, Class<?> program) throws IOException {
    Path tmp = Files.createDirectories(home.resolve("tmp"));
    return new ArrayList<>(
        List.of(
            // A build started in the background of a shell ignores this signal, and its
            // children do as well.
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Djfr.unsupported.vm=true",
            "-Djava.io.tmpdir=" + tmp,
            "-Djava.library.path=" + NativeLibrary.DIRECTORY,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process as {@code kill -9} does, and waits for its end. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Sends a signal: {@code INT} is Ctrl-C, {@code STOP} and {@code CONT} halt and go on. */
  void signal(String name) throws IOException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .redirectErrorStream(true)
            .start()
            .onExit()
            .join()
            .exitValue();
    assertThat(status).as("kill -%s %d", name, process.pid()).isZero();
  }

  /** Something that a process brings about. */
  interface Event {
    boolean isHere() throws IOException;
  }

  /** Waits until something has happened, and answers whether it did before the process ended. */
  boolean await(Event event) throws IOException {
    while (!event.isHere()) {
      if (!process.isAlive()) {
        return event.isHere();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /** Waits until something has happened, which must be before the process ends. */
  void require(Event event) throws IOException {
    assertThat(await(event)).as("before the end of the process: %s%s", out(), err()).isTrue();
  }

  /** Tells whether the process has a file open. */
  boolean hasOpen(Path file) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return all.anyMatch(descriptor -> leadsTo(descriptor, file));
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      // It was closed between the two looks.
      return false;
    }
  }

  /** Waits for the end and answers the exit code. */
  int exitCode() {
    return process.onExit().join().exitValue();
  }

  /** Waits for the end, which must be a good one. */
  void requireDone() throws IOException {
    assertThat(exitCode()).as("%s%s", out(), err()).isZero();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Lists the whole lines printed so far; one that is being written is left out. */
  List<String> lines() throws IOException {
    String text = out();
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** Kills the process if it is still there. */
  @Override
  public void close() {
    kill();
  }

  /** The SQL engine's library, unpacked once: a process that is killed cannot remove its own. */
  private static final class NativeLibrary {
    static final Path DIRECTORY = unpack();

    private static Path unpack() {
      String machine =
          switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "aarch64", "arm64" -> "arm64";
            default -> "amd64";
          };
      try {
        Path directory = Files.createTempDirectory("pond-test-native-");
        Path library = directory.resolve("libduckdb_java.so");
        directory.toFile().deleteOnExit();
        library.toFile().deleteOnExit();
        try (InputStream in =
            NativeLibrary.class.getResourceAsStream("/libduckdb_java.so_linux_" + machine)) {
          if (in != null) {
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
          }
        }
        return directory;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
