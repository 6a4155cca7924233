package dev.duckpond.query;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.NodeVersion;
import java.util.List;
import java.util.Map;

/** What the file that rows came from said of itself: place, coordinates, how times were shown. */
public final class SourceProperties {
  /**
   * The attribute of a version that holds them: a JSON object of texts, see {@code
   * docs/format/collected.md}.
   */
  public static final String ATTRIBUTE = "properties";

  private SourceProperties() {}

  /** Answers properties as the attribute holds them. */
  public static String toText(Map<String, String> properties) {
    return JsonObject.ofTexts(properties).toText();
  }

  /** Answers those of the newest version that has any; empty when none has. */
  public static Map<String, String> newest(List<NodeVersion> versions) {
    for (NodeVersion version : versions.reversed()) {
      String text = version.facts().attributes().get(ATTRIBUTE);
      if (text != null) {
        return Json.parse(text).asObject().texts();
      }
    }
    return Map.of();
  }
}
