package dev.duckpond.simulate;

import dev.duckpond.simulate.SimulatedDevice.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an account of the service sees: devices, and names of parameters and units. Thread-safe. */
public final class HydroVuData {
  /** Parameters and units count from here, so that no id is also a number of something else. */
  private static final int FIRST_ID = 1;

  private final CopyOnWriteArrayList<SimulatedDevice> devices = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> parameters = new LinkedHashMap<>();
  private final Map<String, Integer> units = new LinkedHashMap<>();
  private final List<String> unnamed = new ArrayList<>();

  /** Adds a device. */
  public HydroVuData add(SimulatedDevice device) {
    devices.add(device);
    return this;
  }

  /** Takes a device out of the account. */
  public void remove(long id) {
    devices.removeIf(device -> device.id() == id);
  }

  /** Leaves a parameter out of the friendly names; readings of it have its id alone. */
  public synchronized void forgetName(String parameter) {
    unnamed.add(parameter);
  }

  /** Lists the devices in the order they were added. */
  public List<SimulatedDevice> devices() {
    return List.copyOf(devices);
  }

  /** Finds a device. */
  public Optional<SimulatedDevice> find(long id) {
    return devices.stream().filter(device -> device.id() == id).findFirst();
  }

  synchronized String parameterId(Quantity quantity) {
    return id(parameters, quantity.parameter());
  }

  synchronized String unitId(Quantity quantity) {
    return id(units, quantity.unit());
  }

  synchronized Map<String, String> parameterNames() {
    meet();
    return byId(parameters);
  }

  synchronized Map<String, String> unitNames() {
    meet();
    return byId(units);
  }

  private void meet() {
    for (SimulatedDevice device : devices) {
      for (Quantity quantity : device.quantities()) {
        id(parameters, quantity.parameter());
        id(units, quantity.unit());
      }
    }
  }

  private Map<String, String> byId(Map<String, Integer> ids) {
    Map<String, String> names = new LinkedHashMap<>();
    ids.forEach((name, id) -> {
      if (!unnamed.contains(name)) {
        names.put(Integer.toString(id), name);
      }
    });
    return names;
  }

  private static String id(Map<String, Integer> ids, String name) {
    return Integer.toString(ids.computeIfAbsent(name, unknown -> ids.size() + FIRST_ID));
  }
}
