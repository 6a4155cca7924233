package dev.duckpond.collect;

import dev.duckpond.config.Shape;
import dev.duckpond.factories.Kind;
import dev.duckpond.factories.NodeSite;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;

/** Takes in files that others leave on this machine. */
final class InboxKind implements Kind<InboxConfig> {
  static final String NAME = "inbox";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EntryType type() {
    return EntryType.DATA_DYNAMIC;
  }

  @Override
  public Shape<InboxConfig> shape() {
    return InboxShape.SHAPE;
  }

  @Override
  public String summary() {
    return "takes in new and changed files of this machine when it is run";
  }

  @Override
  public String example() {
    return """
    sources:
      - pattern: /srv/inbox/HydroVu_*_Export.htm
        format: excelhtml
        to: /field/exports.series
      - pattern: /srv/inbox/fieldstation-*-*.csv
        format: csv
        to: /field/$0.series
        long: {name: Series Name, value: Value, offset: Offset, sign: subtract}
        timezone: America/Los_Angeles
        ambiguous: earlier
        on_duplicate: last
    """;
  }

  @Override
  public DynamicNode open(NodeSite site, InboxConfig config) {
    return new InboxNode(site, config);
  }
}
