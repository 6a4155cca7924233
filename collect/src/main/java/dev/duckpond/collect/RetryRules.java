package dev.duckpond.collect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to call again, and after how long.
 *
 * @param attempts of one call, the first included
 * @param firstPause before the second attempt; doubled for each further one
 * @param longestPause unless the service asks for more
 * @param attemptTimeout until the last byte of an answer
 */
record RetryRules(
    int attempts, Duration firstPause, Duration longestPause, Duration attemptTimeout) {
  static final RetryRules USUAL =
      new RetryRules(6, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60));

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_SERVER_ERROR = 500;

  /** Tells whether another attempt may help; of what the caller did wrong it does not. */
  static boolean mayPass(int status) {
    return status == TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
  }

  /** Answers a pause that grows with the attempts, half of it by chance. */
  Duration pause(int failedAttempts, RandomGenerator random) {
    long factor = 1L << Math.min(failedAttempts - 1, 20);
    long millis = Math.min(longestPause.toMillis(), firstPause.toMillis() * factor);
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }

  /**
   * Reads Retry-After (RFC 9110, section 10.2.3), seconds or a date; empty when it is neither. A
   * date that has passed is no pause.
   */
  static Optional<Duration> retryAfter(String header, InstantSource clock) {
    String text = header.strip();
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration until = Duration.between(clock.instant(), date.toInstant());
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
