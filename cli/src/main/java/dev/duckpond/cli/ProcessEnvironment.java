package dev.duckpond.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Takes the environment from the running process; the only place that asks the system.
 *
 * <p>The launcher knows without cost which streams are terminals and says so in the properties
 * {@code pond.terminals} (any of {@code 0}, {@code 1}, {@code 2}) and {@code pond.columns}.
 */
final class ProcessEnvironment {
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private ProcessEnvironment() {}

  /** Takes the environment as it is. */
  static CliEnvironment capture(Interruption interruption) {
    return builder(Path.of(System.getProperty("user.dir")), interruption)
        .variables(System.getenv())
        .build();
  }

  /** Takes streams and names as they are, but works in a directory, on its pond {@code pond}. */
  static CliEnvironment inDirectory(Path directory, Interruption interruption) {
    return builder(directory, interruption)
        .variables(Map.of("POND", directory.resolve("pond").toString()))
        .build();
  }

  private static CliEnvironment.Builder builder(Path directory, Interruption interruption) {
    return CliEnvironment.in(directory)
        .stdin(System.in)
        .stdout(new FileOutputStream(FileDescriptor.out))
        .stderr(new FileOutputStream(FileDescriptor.err))
        .terminals(terminals(System.getProperty("pond.terminals", "")), columns())
        .userName(System.getProperty("user.name", "unknown"))
        .hostName(ProcessEnvironment::hostName)
        .processors(Runtime.getRuntime().availableProcessors())
        .interruption(interruption);
  }

  private static Set<StandardStream> terminals(String digits) {
    Set<StandardStream> terminals = EnumSet.noneOf(StandardStream.class);
    for (StandardStream stream : StandardStream.values()) {
      if (digits.indexOf('0' + stream.descriptor()) >= 0) {
        terminals.add(stream);
      }
    }
    return terminals;
  }

  private static int columns() {
    int columns = Integer.getInteger("pond.columns", CliEnvironment.DEFAULT_WIDTH);
    return columns > 0 ? columns : CliEnvironment.DEFAULT_WIDTH;
  }

  /** Asks the kernel first: a name service may take seconds to say that it does not know. */
  private static String hostName() {
    try {
      if (Files.isReadable(KERNEL_HOST_NAME)) {
        return Files.readString(KERNEL_HOST_NAME).strip();
      }
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    } catch (IOException e) {
      return "localhost";
    }
  }
}
