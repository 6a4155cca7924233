package dev.duckpond.collect;

import dev.duckpond.json.JsonException;
import dev.duckpond.tinyfs.PondException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
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
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;

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

  /** Whoever waits longer wants to know for what. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(4);

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
    record Unauthorized<T>(int status) implements Reply<T> {}

    record NotFound<T>() implements Reply<T> {}

    /** Another attempt would not help. */
    record Refused<T>(int status) implements Reply<T> {
      /** Says what the service did. */
      String why() {
        return "it answered "
            + status
            + (status / 100 == 3 ? ", which leads elsewhere; credentials are not taken there" : "");
      }
    }
  }

  private record Attempt<T>(int status, HttpHeaders headers, Optional<T> body) {}

  private final String service;
  private final RetryRules rules;
  private final Deadline deadline;
  private final InstantSource clock;
  private final Pauses pauses;
  private final RandomGenerator random;
  private final Consumer<String> notes;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int othersWaiting;

  /**
   * Prepares to call.
   *
   * @param service what errors call it
   * @param notes told of long pauses
   */
  RetryingHttp(
      String service,
      RetryRules rules,
      Deadline deadline,
      InstantSource clock,
      Pauses pauses,
      RandomGenerator random,
      Consumer<String> notes) {
    this.service = service;
    this.rules = rules;
    this.deadline = deadline;
    this.clock = clock;
    this.pauses = pauses;
    this.random = random;
    this.notes = notes;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
  }

  /**
   * Lets a call that gets no answer take no more time, from now on, than leaves as much to each of
   * others that wait. Every answer shows that something comes in: the next call may take as long.
   */
  void leaveTimeFor(int others) {
    othersWaiting = others;
  }

  /**
   * Calls until there is an answer to go on from.
   *
   * @param label what errors call the request; holds no secret
   * @throws PondException when the service does not answer, or otherwise than it should
   */
  <T> Reply<T> call(String label, HttpRequest request, BodyReader<T> reader) {
    if (deadline.left().isZero()) {
      throw deadline.overBefore(label);
    }
    Deadline limit = deadline.first(1 + othersWaiting);
    String why = "";
    for (int attempt = 1; ; attempt++) {
      if (limit.left().isZero()) {
        throw limit.over(label, why);
      }
      Optional<Duration> asked = Optional.empty();
      try {
        Attempt<T> done = within(limit, request, reader);
        if (!RetryRules.mayPass(done.status())) {
          return reply(done);
        }
        why = "it answered " + done.status();
        asked =
            done.headers()
                .firstValue("Retry-After")
                .flatMap(header -> RetryRules.retryAfter(header, clock));
      } catch (IOException e) {
        why = describe(e, request);
      }
      if (attempt == rules.attempts()) {
        throw new PondException.Failed(
            service + " does not answer: " + label,
            why + ", after " + attempt + " attempts",
            "Look whether the service works; the next run goes on where this one ended.",
            new IOException(why));
      }
      pause(limit, label, why, asked.orElse(rules.pause(attempt, random)));
    }
  }

  /** Waits, where there is time for another attempt then. */
  private void pause(Deadline limit, String label, String why, Duration length) {
    if (length.compareTo(limit.left()) >= 0) {
      throw limit.over(label, why);
    }
    if (length.compareTo(LONG_PAUSE) >= 0) {
      notes.accept(service + ": " + label + ": " + why + "; again in " + length.toSeconds() + " s");
    }
    pauses.pause(length);
  }

  private static <T> Reply<T> reply(Attempt<T> done) {
    return switch (done.status()) {
      case OK ->
          new Reply.Ok<>(
              done.body().orElseThrow(() -> new IllegalStateException("200 without a body")));
      case UNAUTHORIZED, FORBIDDEN -> new Reply.Unauthorized<>(done.status());
      case NOT_FOUND -> new Reply.NotFound<>();
      default -> new Reply.Refused<>(done.status());
    };
  }

  /** Makes one attempt, on a thread of its own, so that a slow body can be given up. */
  private <T> Attempt<T> within(Deadline limit, HttpRequest request, BodyReader<T> reader)
      throws IOException {
    Duration patience = shorter(rules.attemptTimeout(), limit.left());
    Future<Attempt<T>> attempt = threads.submit(() -> once(request, reader));
    try {
      return attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      attempt.cancel(true);
      throw new HttpTimeoutException("no whole answer within " + Deadline.seconds(patience));
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
              String.valueOf(broken.getMessage()),
              "Check the address of the service.",
              broken);
      case RuntimeException other -> throw other;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  /** The platform takes headers that are no HTTP for a mistake of the caller. */
  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("the answer is no HTTP");
    }
  }

  private <T> Attempt<T> once(HttpRequest request, BodyReader<T> reader) throws IOException {
    try {
      HttpResponse<InputStream> response = send(request);
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

  /**
   * Says what went wrong in words of ours: those of the platform may be empty, or repeat what the
   * service sent.
   */
  private static String describe(IOException e, HttpRequest request) {
    return switch (e) {
      case HttpConnectTimeoutException slow ->
          request.uri().getAuthority() + " does not answer at all";
      case HttpTimeoutException slow -> String.valueOf(slow.getMessage());
      case ConnectException refused -> "no connection to " + request.uri().getAuthority();
      case SSLException untrusted -> String.valueOf(untrusted.getMessage());
      case EOFException cut -> "the answer was cut off";
      case TooLongException tooLong -> String.valueOf(tooLong.getMessage());
      case ProtocolException broken -> "the answer is no HTTP";
      default -> "the connection broke off";
    };
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
