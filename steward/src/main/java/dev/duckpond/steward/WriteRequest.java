package dev.duckpond.steward;

import java.time.Duration;
import java.util.List;

/**
 * Says who wants to write and how long to wait for it.
 *
 * @param args the command line as typed; it is recorded with its secrets masked
 * @param patience how long to wait for the write lock
 */
public record WriteRequest(List<String> args, String user, String host, Duration patience) {
  /** How long a write waits for another one unless told otherwise. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

  public WriteRequest {
    args = List.copyOf(args);
  }
}
