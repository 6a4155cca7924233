package dev.duckpond.collect;

import dev.duckpond.config.Secret;
import dev.duckpond.tinyfs.PondPath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Says what to collect from HydroVu.
 *
 * @param maxPoints readings that a transaction takes in at most
 * @param lookback how far before the newest stored time to read again, for revised values
 * @param archivePath where frozen series go; beside the active ones when it is empty
 * @param deadline how long a run may take
 * @param staleAfter how old the newest data may be before the device counts as stale
 */
record HydroVuConfig(
    Secret clientId,
    Secret clientSecret,
    PondPath path,
    int maxPoints,
    List<Device> devices,
    URI baseUrl,
    Duration lookback,
    Optional<PondPath> archivePath,
    Duration deadline,
    Duration staleAfter) {
  HydroVuConfig {
    devices = List.copyOf(devices);
  }

  /**
   * One instrument.
   *
   * @param scope stands before the names of its columns, with a dot; may be empty
   */
  record Device(long id, String name, String scope, boolean isActive) {}
}
