package dev.duckpond.cli;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that chooses between the pond's own files and its audit log. Use as a mixin. */
final class FilesystemOptions {
  private static final String DATA = "data";
  private static final String CONTROL = "control";

  @Option(
      names = {"-f", "--filesystem"},
      paramLabel = "NAME",
      description = "data, or control: the audit log as files")
  String filesystem = DATA;

  /** Opens the chosen file system. */
  PondTree tree(CommandContext context, OpenPond pond, @Nullable String asOf) {
    return switch (filesystem) {
      case DATA -> pond.read(Optional.ofNullable(asOf));
      case CONTROL -> {
        if (asOf != null) {
          throw new PondException.Usage(
              "--as-of does not go with --filesystem control",
              "the audit log only grows",
              "Look at the transactions up to that one.");
        }
        yield ControlTree.open(context, pond);
      }
      default ->
          throw new PondException.Usage(
              "there is no file system '" + filesystem + "'",
              DidYouMean.question(filesystem, List.of(DATA, CONTROL)),
              "Use data or control.");
    };
  }
}
