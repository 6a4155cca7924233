package dev.duckpond.collect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Names the columns of a device: {@code [scope.]Parameter.unit}. What has no friendly name keeps
 * its id, and is warned of once. One thread only.
 */
final class ColumnNames {
  private final FriendlyNames names;
  private final HydroVuConfig.Device device;
  private final Consumer<String> warnings;
  private final Map<String, MeasuredColumn> known = new HashMap<>();
  private final Set<String> warned = new HashSet<>();

  ColumnNames(FriendlyNames names, HydroVuConfig.Device device, Consumer<String> warnings) {
    this.names = names;
    this.device = device;
    this.warnings = warnings;
  }

  MeasuredColumn of(Readings readings) {
    return known.computeIfAbsent(
        readings.parameterId() + "\n" + readings.unitId(),
        key -> column(readings.parameterId(), readings.unitId()));
  }

  private MeasuredColumn column(String parameterId, String unitId) {
    String parameter =
        names.findParameter(parameterId).orElseGet(() -> raw("parameter", parameterId));
    Optional<String> unit = unitId.isEmpty() ? Optional.of("") : names.findUnit(unitId);
    String shown = unit.orElseGet(() -> raw("unit", unitId));
    String prefix = device.scope().isEmpty() ? "" : device.scope() + ".";
    return new MeasuredColumn(prefix + parameter + (shown.isEmpty() ? "" : "." + shown), unit);
  }

  private String raw(String kind, String id) {
    if (warned.add(kind + id)) {
      warnings.accept(
          device.name()
              + ": HydroVu has no name for "
              + kind
              + " "
              + id
              + "; the column has the id");
    }
    return id;
  }
}
