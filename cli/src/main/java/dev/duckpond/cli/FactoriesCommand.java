package dev.duckpond.cli;

import dev.duckpond.factories.FactoryReference;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "factories",
    aliases = "list-factories",
    header = {"pond factories", "pond factories temporal-reduce"},
    description = {
      "Lists what makes nodes that compute themselves.",
      "With a name: the keys of its configuration, and an example."
    })
final class FactoriesCommand implements PondCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "the factory to explain")
  @Nullable String name;

  @Option(
      names = "--schema",
      description = "print the JSON Schema of the configuration, for editors")
  boolean schema;

  @Override
  public ExitCode run(CommandContext context) {
    List<FactoryReference> all = context.kinds().references();
    if (name == null) {
      if (schema) {
        throw new PondException.Usage(
            "--schema needs a factory", "", "Name one: pond factories temporal-reduce --schema.");
      }
      int width = all.stream().mapToInt(each -> each.name().length()).max().orElse(0);
      for (FactoryReference each : all) {
        context
            .out()
            .line(each.name() + " ".repeat(width - each.name().length() + 2) + each.summary());
      }
      return ExitCode.DONE;
    }
    FactoryReference reference = require(all, name);
    if (schema) {
      context.out().line(reference.schema().toPrettyText());
    } else {
      print(context, reference);
    }
    return ExitCode.DONE;
  }

  private static void print(CommandContext context, FactoryReference reference) {
    CliOutput out = context.out();
    out.line(reference.name() + ": " + reference.summary());
    out.line("");
    out.line("Example");
    reference.example().lines().forEach(line -> out.line("  " + line));
    out.line("");
    out.line("Keys");
    reference.keys().lines().forEach(line -> out.line("  " + line));
  }

  private static FactoryReference require(List<FactoryReference> all, String name) {
    return all.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new PondException.Usage(
                "there is no factory '" + name + "'",
                DidYouMean.question(name, all.stream().map(FactoryReference::name).toList()),
                "Run 'pond factories' to see what there is."));
  }
}
