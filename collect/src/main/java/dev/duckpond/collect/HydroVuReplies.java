package dev.duckpond.collect;

import dev.duckpond.json.JsonStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what HydroVu answers, value by value. Members that are not known are passed over. */
final class HydroVuReplies {
  /** What may stand in a header. */
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  private HydroVuReplies() {}

  static String token(InputStream body) throws IOException {
    try (JsonStream json = JsonStream.open(body)) {
      String token = "";
      json.enterObject();
      for (var name = json.nextMember(); name.isPresent(); name = json.nextMember()) {
        if (name.get().equals("access_token")) {
          token = json.text();
        } else {
          json.skip();
        }
      }
      json.requireEnd();
      if (token.isEmpty()) {
        throw json.problem("there is no access_token");
      }
      if (!TOKEN.matcher(token).matches()) {
        throw json.problem("the access_token has characters that no token has");
      }
      return token;
    }
  }

  static FriendlyNames names(InputStream body) throws IOException {
    try (JsonStream json = JsonStream.open(body)) {
      Map<String, String> parameters = new HashMap<>();
      Map<String, String> units = new HashMap<>();
      json.enterObject();
      for (var name = json.nextMember(); name.isPresent(); name = json.nextMember()) {
        switch (name.get()) {
          case "parameters" -> texts(json, parameters);
          case "units" -> texts(json, units);
          default -> json.skip();
        }
      }
      json.requireEnd();
      return new FriendlyNames(parameters, units);
    }
  }

  private static void texts(JsonStream json, Map<String, String> into) throws IOException {
    json.enterObject();
    for (var name = json.nextMember(); name.isPresent(); name = json.nextMember()) {
      into.put(name.get(), textOrNull(json));
    }
  }

  static List<Location> locations(InputStream body) throws IOException {
    try (JsonStream json = JsonStream.open(body)) {
      List<Location> locations = new ArrayList<>();
      json.enterArray();
      while (json.nextElement()) {
        locations.add(location(json));
      }
      json.requireEnd();
      return locations;
    }
  }

  private static Location location(JsonStream json) throws IOException {
    Optional<Long> id = Optional.empty();
    String label = "";
    String description = "";
    double latitude = Double.NaN;
    double longitude = Double.NaN;
    json.enterObject();
    for (var name = json.nextMember(); name.isPresent(); name = json.nextMember()) {
      switch (name.get()) {
        case "id" -> id = Optional.of(json.longValue());
        case "name" -> label = textOrNull(json);
        case "description" -> description = textOrNull(json);
        case "gps" -> {
          if (json.isNull()) {
            continue;
          }
          json.enterObject();
          for (var axis = json.nextMember(); axis.isPresent(); axis = json.nextMember()) {
            switch (axis.get()) {
              case "latitude" -> latitude = numberOrNull(json);
              case "longitude" -> longitude = numberOrNull(json);
              default -> json.skip();
            }
          }
        }
        default -> json.skip();
      }
    }
    return new Location(
        id.orElseThrow(() -> json.problem("a location without an id")),
        label,
        description,
        latitude,
        longitude);
  }

  static List<Readings> readings(InputStream body) throws IOException {
    try (JsonStream json = JsonStream.open(body)) {
      List<Readings> all = new ArrayList<>();
      json.enterObject();
      for (var name = json.nextMember(); name.isPresent(); name = json.nextMember()) {
        if (name.get().equals("parameters")) {
          json.enterArray();
          while (json.nextElement()) {
            all.add(parameter(json));
          }
        } else {
          json.skip();
        }
      }
      json.requireEnd();
      return all;
    }
  }

  private static Readings parameter(JsonStream json) throws IOException {
    Readings readings = new Readings();
    json.enterObject();
    for (var name = json.nextMember(); name.isPresent(); name = json.nextMember()) {
      switch (name.get()) {
        case "parameterId" -> readings.name(json.text());
        case "unitId" -> readings.unit(json.text());
        case "readings" -> {
          json.enterArray();
          while (json.nextElement()) {
            reading(json, readings);
          }
        }
        default -> json.skip();
      }
    }
    if (readings.parameterId().isEmpty()) {
      throw json.problem("readings without a parameterId");
    }
    return readings;
  }

  private static void reading(JsonStream json, Readings into) throws IOException {
    Optional<Long> seconds = Optional.empty();
    double value = Double.NaN;
    json.enterObject();
    for (var name = json.nextMember(); name.isPresent(); name = json.nextMember()) {
      switch (name.get()) {
        case "timestamp" -> seconds = Optional.of(json.longValue());
        case "value" -> value = numberOrNull(json);
        default -> json.skip();
      }
    }
    long at = seconds.orElseThrow(() -> json.problem("a reading without a timestamp"));
    if (!Double.isNaN(value)) {
      into.add(at, value);
    }
  }

  private static double numberOrNull(JsonStream json) throws IOException {
    return json.isNull() ? Double.NaN : json.doubleValue();
  }

  private static String textOrNull(JsonStream json) throws IOException {
    return json.isNull() ? "" : json.text();
  }
}
