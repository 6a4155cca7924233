package dev.duckpond.collect;

import dev.duckpond.json.JsonException;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Calls a service over HTTP, again where that may help: after 429, 5xx, and when a connection fails
 * or is too slow. An answer counts once all of it was read.
 *
 * <p>Redirects are not followed: they would carry credentials elsewhere. One thread only.
 */
final class RetryingHttp implements AutoCloseable {
  /** Longest answer that is read. */
  private static final long MAX_BODY_BYTES = 256L << 20;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** Reads the body of an answer. */
  interface BodyReader<T> {
    T read(InputStream body, HttpHeaders headers) throws IOException;
  }

  /** What a service answered, as far as callers go on from it. */
  sealed interface Reply<T> {
    record Ok<T>(T body) implements Reply<T> {}

    /** The token is not, or no longer, good. */
    record Unauthorized<T>() implements Reply<T> {}

    record NotFound<T>() implements Reply<T> {}
  }

  private record Attempt<T>(int status, HttpHeaders headers, Optional<T> body) {}

  private final String service;
  private final RetryRules rules;
  private final Deadline deadline;
  private final InstantSource clock;
  private final Pauses pauses;
  private final RandomGenerator random;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Prepares to call.
   *
   * @param service what errors call it
   */
  RetryingHttp(
      String service,
      RetryRules rules,
      Deadline deadline,
      InstantSource clock,
      Pauses pauses,
      RandomGenerator random) {
    this.service = service;
    this.rules = rules;
    this.deadline = deadline;
    this.clock = clock;
    this.pauses = pauses;
    this.random = random;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
  }

  /**
   * Calls until there is an answer to go on from.
   *
   * @param label what errors call the request; holds no secret
   * @throws PondException when the service does not answer, or otherwise than it should
   */
  <T> Reply<T> call(String label, HttpRequest request, BodyReader<T> reader) {
    for (int attempt = 1; ; attempt++) {
      if (deadline.left().isZero()) {
        throw deadline.over(label);
      }
      Optional<Duration> asked = Optional.empty();
      String why;
      IOException cause = null;
      try {
        Attempt<T> done = within(request, reader);
        if (!RetryRules.mayPass(done.status())) {
          return reply(label, done);
        }
        why = "it answered " + done.status();
        asked =
            done.headers()
                .firstValue("Retry-After")
                .flatMap(header -> RetryRules.retryAfter(header, clock));
      } catch (IOException e) {
        why = describe(e);
        cause = e;
      }
      if (attempt == rules.attempts()) {
        throw new PondException.Failed(
            service + " does not answer: " + label,
            why + ", after " + attempt + " attempts",
            "Look whether the service works; the next run goes on where this one ended.",
            cause == null ? new IOException(why) : cause);
      }
      pause(label, asked.orElse(rules.pause(attempt, random)));
    }
  }

  private void pause(String label, Duration length) {
    if (length.compareTo(deadline.left()) >= 0) {
      throw deadline.over(label);
    }
    pauses.pause(length);
  }

  private <T> Reply<T> reply(String label, Attempt<T> done) {
    return switch (done.status()) {
      case OK ->
          new Reply.Ok<>(
              done.body().orElseThrow(() -> new IllegalStateException("200 without a body")));
      case UNAUTHORIZED, FORBIDDEN -> new Reply.Unauthorized<>();
      case NOT_FOUND -> new Reply.NotFound<>();
      default ->
          throw new PondException.Failed(
              service + " refuses: " + label,
              "it answered " + done.status(),
              "",
              new IOException("status " + done.status()));
    };
  }

  /** Makes one attempt, on a thread of its own, so that a slow body can be given up. */
  private <T> Attempt<T> within(HttpRequest request, BodyReader<T> reader) throws IOException {
    Duration patience = shorter(rules.attemptTimeout(), deadline.left());
    Future<Attempt<T>> attempt = threads.submit(() -> once(request, reader));
    try {
      return attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      attempt.cancel(true);
      throw new HttpTimeoutException("no whole answer within " + patience.toMillis() + " ms");
    } catch (InterruptedException e) {
      attempt.cancel(true);
      Thread.currentThread().interrupt();
      throw new PondException.Failed(service + " was not waited for", "interrupted", "", e);
    } catch (ExecutionException e) {
      throw translated(e);
    }
  }

  private IOException translated(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case JsonException broken ->
          throw new PondException.Invalid(
              service + " answers what cannot be read",
              broken.getMessage() + ", line " + broken.line() + ", column " + broken.column(),
              "",
              broken);
      case RuntimeException other -> throw other;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  private <T> Attempt<T> once(HttpRequest request, BodyReader<T> reader) throws IOException {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = new BoundedBody(response.body(), MAX_BODY_BYTES)) {
        if (response.statusCode() != OK) {
          return new Attempt<>(response.statusCode(), response.headers(), Optional.empty());
        }
        T read = reader.read(body, response.headers());
        return new Attempt<>(OK, response.headers(), Optional.of(read));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("given up");
    }
  }

  /** Says what went wrong in words of ours, since those of the platform may be empty. */
  private static String describe(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? "the connection failed" : message;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
    client.close();
  }
}
