package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is the same for all devices of a run; fetched when first asked for. One thread only. */
final class Account {
  private final HydroVuClient client;
  private final PondPath node;
  private @Nullable FriendlyNames names;
  private @Nullable List<Location> locations;

  /**
   * Asks nothing yet.
   *
   * @param node that runs, for advice
   */
  Account(HydroVuClient client, PondPath node) {
    this.client = client;
    this.node = node;
  }

  HydroVuClient client() {
    return client;
  }

  FriendlyNames names() {
    FriendlyNames known = names;
    if (known == null) {
      known = client.names();
      names = known;
    }
    return known;
  }

  List<Location> locations() {
    List<Location> known = locations;
    if (known == null) {
      known = client.locations();
      locations = known;
    }
    return known;
  }

  /**
   * Makes sure that the account has a device.
   *
   * @throws PondException.NotFound when it has not
   */
  void requireVisible(HydroVuConfig.Device device) {
    if (locations().stream().noneMatch(location -> location.id() == device.id())) {
      throw new PondException.NotFound(
          "the account has no location " + device.id() + " (" + device.name() + ")",
          "HydroVu lists " + locations().size() + " others",
          "Run 'pond run " + node.shellText() + " locations' and correct 'id'.");
    }
  }
}
