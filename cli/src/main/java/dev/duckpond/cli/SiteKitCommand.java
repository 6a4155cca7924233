package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "site-kit",
    header = {
      "pond site-kit site",
      "pond mkdir /web",
      "pond copy site/assets /web/assets",
      "pond export --pipeline site/site.yaml -d www -v title='Our harbour'"
    },
    description = {
      "Writes the files that make a web site of downsampled series: a pipeline, templates, a"
          + " style, and the library that draws charts. They are yours to change.",
      "The site works from a folder and from any web server, without a network."
    })
final class SiteKitCommand implements PondCommand {
  @Parameters(paramLabel = "DIR", description = "where to")
  String directory = "";

  @Option(names = "--overwrite", description = "replace files that are there")
  boolean overwrite;

  @Override
  public String pondOption() {
    return "not used: the files are the same for every pond";
  }

  @Override
  public ExitCode run(CommandContext context) {
    SiteKit kit = new SiteKit(context.hostPath(directory));
    List<Path> existing = kit.listExisting();
    if (!existing.isEmpty() && !overwrite) {
      throw new PondException.Conflict(
          "'" + existing.getFirst() + "' is there already",
          "it may hold changes of yours",
          "Name another directory, or add --overwrite.");
    }
    try {
      int written = kit.write().size();
      context.note("wrote " + Counted.of(written, "file") + " to " + directory);
    } catch (IOException e) {
      throw HostTrouble.ofMaking(
          "the files cannot be written to " + directory,
          "Name a directory that you may write to.",
          e);
    }
    return ExitCode.DONE;
  }
}
