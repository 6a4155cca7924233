package dev.duckpond.cli;

import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A configuration of this machine to run: {@code host+FACTORY:///FILE}. */
record HostNode(String factory, Path file) {
  private static final Pattern URL = Pattern.compile("host\\+([^:+/]*)://(.*)", Pattern.DOTALL);

  /** Tells whether a text is meant as a URL and not as a path of the pond. */
  static boolean isMeantBy(String text) {
    return PondUrl.looksLikeUrl(text);
  }

  /**
   * Reads the URL.
   *
   * @throws PondException.Usage when it is another kind of URL
   */
  static HostNode parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new PondException.Usage(
          "'" + text + "' cannot be run",
          "it is no URL of a configuration",
          "Write host+FACTORY:///FILE, or name a path of the pond.");
    }
    PondUrl file = PondUrl.parse("host+data://" + url.group(2));
    return new HostNode(url.group(1), file.findHostFile().orElseThrow());
  }

  /** Reads and checks the configuration. */
  ExecutableNode open(CommandContext context, VariableOptions variables, RunGround ground) {
    FactoryRegistry factories = context.factories();
    NodeFactory known =
        factories
            .find(factory)
            .orElseThrow(() ->
                new PondException.Usage(
                    "there is no factory '" + factory + "'",
                    DidYouMean.question(factory, factories.names()),
                    "Run 'pond factories' to see what there is."));
    String name = file.toString();
    String text = ConfigFile.read(context, name);
    variables.requireUsed(text, name);
    NodeFactory.NodeConfig config =
        new NodeFactory.NodeConfig(PondPath.of(name), variables.expand(text, name), name);
    known.check(config);
    DynamicNode node = known.open(config, ground.treeOrEmpty());
    if (node instanceof ExecutableNode executable) {
      return executable;
    }
    throw new PondException.Usage(
        "'" + name + "' cannot be run",
        "the factory " + factory + " makes a " + known.entryType().text(),
        "Run 'pond mknod' to make a node of it, which is then read.");
  }
}
