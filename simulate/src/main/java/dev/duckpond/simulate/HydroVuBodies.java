package dev.duckpond.simulate;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import dev.duckpond.simulate.SimulatedDevice.Row;
import dev.duckpond.simulate.SimulatedDevice.Slice;
import java.util.ArrayList;
import java.util.List;

/** Writes what the service answers. */
final class HydroVuBodies {
  private final HydroVuData data;

  HydroVuBodies(HydroVuData data) {
    this.data = data;
  }

  String names() {
    return JsonObject.builder()
        .put("parameters", JsonObject.ofTexts(data.parameterNames()))
        .put("units", JsonObject.ofTexts(data.unitNames()))
        .build()
        .toText();
  }

  static String locations(List<SimulatedDevice> devices) {
    List<Json> all = new ArrayList<>();
    for (SimulatedDevice device : devices) {
      all.add(
          JsonObject.builder()
              .put("id", device.id())
              .put("name", device.name())
              .put("description", "simulated")
              .put(
                  "gps",
                  JsonObject.builder()
                      .put("latitude", Json.of(39.4257))
                      .put("longitude", Json.of(-123.8053))
                      .build())
              .build());
    }
    return new JsonArray(all).toText();
  }

  String readings(long id, Slice slice) {
    StringBuilder text = new StringBuilder("{\"locationId\":").append(id);
    text.append(",\"parameters\":[");
    boolean first = true;
    for (int column = 0; column < slice.quantities().size(); column++) {
      StringBuilder readings = readings(slice.rows(), column);
      if (!readings.isEmpty()) {
        Quantity quantity = slice.quantities().get(column);
        text.append(first ? "" : ",")
            .append("{\"parameterId\":\"")
            .append(data.parameterId(quantity))
            .append("\",\"unitId\":\"")
            .append(data.unitId(quantity))
            .append("\",\"customParameter\":false,\"readings\":[")
            .append(readings)
            .append("]}");
        first = false;
      }
    }
    return text.append("]}").toString();
  }

  private static StringBuilder readings(List<Row> rows, int column) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      double value = row.value(column);
      if (!Double.isNaN(value)) {
        text.append(text.isEmpty() ? "" : ",")
            .append("{\"timestamp\":")
            .append(row.seconds())
            .append(",\"value\":")
            .append(value)
            .append('}');
      }
    }
    return text;
  }
}
