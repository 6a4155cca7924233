package dev.duckpond.cli;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.ConfigText;
import dev.duckpond.config.Variables;
import dev.duckpond.tinyfs.PondException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the configuration of a node comes from: messages name the file that the user wrote, and the
 * place there, also when the pond holds the text written anew.
 */
final class ConfigOrigin {
  private final String file;
  private final NavigableMap<ConfigPlace, ConfigPlace> places;

  private ConfigOrigin(String file, NavigableMap<ConfigPlace, ConfigPlace> places) {
    this.file = file;
    this.places = places;
  }

  /** Answers the origin of a text that is stored as it stands in a file. */
  static ConfigOrigin asWritten(String file) {
    return new ConfigOrigin(file, new TreeMap<>());
  }

  /** Answers the origin of a text that was written anew from a part of a file. */
  static ConfigOrigin ofPart(String file, ConfigNode part, String writtenAnew) {
    NavigableMap<ConfigPlace, ConfigPlace> places = new TreeMap<>();
    Variables kept = Variables.forCheck(_ -> Optional.empty());
    pair(ConfigText.parse(file, writtenAnew, kept), part, places);
    return new ConfigOrigin(file, places);
  }

  private static void pair(
      ConfigNode anew, ConfigNode original, Map<ConfigPlace, ConfigPlace> places) {
    places.put(anew.place(), original.place());
    if (anew instanceof ConfigNode.Sequence(var _, var elements)
        && original instanceof ConfigNode.Sequence(var _, var originals)) {
      for (int i = 0; i < elements.size(); i++) {
        pair(elements.get(i), originals.get(i), places);
      }
    } else if (anew instanceof ConfigNode.Mapping(var _, var members)
        && original instanceof ConfigNode.Mapping(var _, var originals)) {
      for (int i = 0; i < members.size(); i++) {
        places.put(members.get(i).place(), originals.get(i).place());
        pair(members.get(i).value(), originals.get(i).value(), places);
      }
    }
  }

  /** Answers what messages call the file. */
  String file() {
    return file;
  }

  /**
   * Answers the same error with places in the file.
   *
   * @param label what the error calls the configuration
   */
  PondException.Invalid located(PondException.Invalid error, String label) {
    Pattern place =
        Pattern.compile("(^|[\\s(])" + Pattern.quote(label) + ":(\\d+):(\\d+)", Pattern.MULTILINE);
    return new PondException.Invalid(
        located(place, error.problem()), located(place, error.reason()), error.remedy(), error);
  }

  private String located(Pattern place, String text) {
    return place
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + file + ":" + origin(found)));
  }

  private ConfigPlace origin(MatchResult found) {
    ConfigPlace there =
        new ConfigPlace(Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)));
    Map.Entry<ConfigPlace, ConfigPlace> nearest = places.floorEntry(there);
    return nearest == null ? there : nearest.getValue();
  }
}
