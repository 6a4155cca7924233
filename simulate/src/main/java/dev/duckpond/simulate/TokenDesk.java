package dev.duckpond.simulate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** Gives out tokens for credentials; each is good for so many calls. Thread-safe. */
final class TokenDesk {
  private final HydroVuServer.Credentials credentials;
  private final int callsPerToken;
  private final Map<String, Integer> callsLeft = new HashMap<>();
  private int given;

  TokenDesk(HydroVuServer.Credentials credentials, int callsPerToken) {
    this.credentials = credentials;
    this.callsPerToken = callsPerToken;
  }

  boolean knows(String id, String secret) {
    return same(id, credentials.id()) && same(secret, credentials.secret());
  }

  synchronized String give() {
    given++;
    String token = "token-" + given;
    callsLeft.put(token, callsPerToken);
    return token;
  }

  /** Takes one call off a token; false when there is no such token, or none left. */
  synchronized boolean use(String token) {
    int left = callsLeft.getOrDefault(token, 0);
    callsLeft.computeIfPresent(token, (key, old) -> old > 1 ? old - 1 : null);
    return left > 0;
  }

  synchronized void takeBack(String token) {
    callsLeft.remove(token);
  }

  synchronized int given() {
    return given;
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
