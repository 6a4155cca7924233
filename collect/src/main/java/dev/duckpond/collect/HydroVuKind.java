package dev.duckpond.collect;

import dev.duckpond.config.Shape;
import dev.duckpond.factories.Kind;
import dev.duckpond.factories.NodeSite;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;

/** Collects the instruments of an account at In-Situ's HydroVu. */
final class HydroVuKind implements Kind<HydroVuConfig> {
  static final String NAME = "hydrovu";

  private final HttpRules rules;

  HydroVuKind(HttpRules rules) {
    this.rules = rules;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EntryType type() {
    return EntryType.DATA_DYNAMIC;
  }

  @Override
  public Shape<HydroVuConfig> shape() {
    return HydroVuShape.SHAPE;
  }

  @Override
  public String summary() {
    return "collects instruments from In-Situ's HydroVu: run it with collect, archive or locations";
  }

  @Override
  public String example() {
    return """
    client_id: ${env:HYDROVU_CLIENT_ID}
    client_secret: ${env:HYDROVU_CLIENT_SECRET}
    hydrovu_path: /hydrovu
    lookback: 7d
    devices:
      - {name: Vulink_1, id: 4990594334457856}
      - {name: AT500_1, id: 6154708427603968, scope: Surface}
    """;
  }

  @Override
  public DynamicNode open(NodeSite site, HydroVuConfig config) {
    return new HydroVuNode(site, config, rules);
  }
}
