package dev.duckpond.simulate;

/** A way in which a service fails to answer. */
public enum FaultKind {
  /** 401, as when a token was taken back. */
  UNAUTHORIZED,
  /** 429 with Retry-After in seconds. */
  TOO_MANY_FOR_SECONDS,
  /** 429 with Retry-After as a date. */
  TOO_MANY_UNTIL_DATE,
  /** 503 without a word when to come again. */
  UNAVAILABLE,
  /** 500. */
  BROKEN,
  /** 200 with JSON that ends in the middle. */
  TRUNCATED_JSON,
  /** 200, half of the body, and then nothing while the connection stays. */
  SLOW_BODY,
  /** 200, half of the body, and the connection is gone. */
  CUT_BODY,
  /** The connection is gone before anything was answered. */
  RESET
}
