package dev.duckpond.collect;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.NodeVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The units of columns, as an attribute of a version holds them: a JSON object of texts. */
final class Units {
  static final String ATTRIBUTE = "units";

  private Units() {}

  /** Answers the units of versions, of which later ones count, with some more. */
  static Map<String, String> merged(List<NodeVersion> versions, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>();
    for (NodeVersion version : versions) {
      String text = version.facts().attributes().get(ATTRIBUTE);
      if (text != null) {
        all.putAll(Json.parse(text).asObject().texts());
      }
    }
    all.putAll(more);
    return all;
  }

  static String toText(Map<String, String> units) {
    return JsonObject.ofTexts(units).toText();
  }
}
