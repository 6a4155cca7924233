package dev.duckpond.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Is the process that commits one transaction after the other to {@code $POND}, and prints the path
 * that each one made as soon as the command has succeeded. By turns a directory, a small file, and
 * a file that becomes a blob.
 */
final class CommittingProcess {
  private static final int LARGE_BYTES = 100_000;

  private CommittingProcess() {}

  /** Makes {@code words[1]} paths that begin with {@code words[0]}. */
  public static void main(String[] words) throws Exception {
    int count = Integer.parseInt(words[1]);
    for (int i = 0; i < count; i++) {
      String path = words[0] + i;
      int status =
          PondCli.run(commandLine(path, i), ProcessEnvironment.capture(new Interruption()));
      if (status != 0) {
        Runtime.getRuntime().halt(status);
      }
      System.out.write((path + "\n").getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
    Runtime.getRuntime().halt(0);
  }

  private static List<String> commandLine(String path, int number) throws Exception {
    int kind = number % 3;
    if (kind == 0) {
      return List.of("mkdir", "-q", path);
    }
    Path file = Files.createTempFile("commit-", "");
    byte[] content = path.getBytes(StandardCharsets.UTF_8);
    Files.write(file, kind == 1 ? content : java.util.Arrays.copyOf(content, LARGE_BYTES));
    return List.of("copy", "-q", file.toString(), path);
  }
}
