package dev.duckpond.factories.pages;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.Shape;
import dev.duckpond.factories.Kind;
import dev.duckpond.factories.NodeSite;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.NodeOrigin;
import java.util.List;

/** A directory of pages, each rendered when it is read. */
final class TemplateKind implements Kind<PageSpec> {
  static final String NAME = "template";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EntryType type() {
    return EntryType.DYNAMIC_DIRECTORY;
  }

  @Override
  public Shape<PageSpec> shape() {
    return PageSpec.shape();
  }

  @Override
  public String summary() {
    return "renders pages from templates: one for each name that a pattern's captures make";
  }

  @Override
  public String example() {
    return """
    collections:
      - name: sites
        in_pattern: /combined/*
        out_pattern: $0.md
        template: |
          # {{ args[0] }}
          {% for f in schema.fields %}{{ f.name }} in {{ f.unit }}
          {% endfor %}
    """;
  }

  @Override
  public List<NodeOrigin.Input> inputs(PageSpec spec) {
    return spec.collections().stream()
        .map(each -> new NodeOrigin.Input("in_pattern", each.in().value().toString()))
        .toList();
  }

  @Override
  public ConfigNode embed(ConfigNode config, NodeFactory.TextFiles files, Mistakes mistakes) {
    return PageSpec.embed(config, files, mistakes);
  }

  @Override
  public DynamicNode open(NodeSite site, PageSpec spec) {
    return new PageDirectory(site, spec);
  }
}
