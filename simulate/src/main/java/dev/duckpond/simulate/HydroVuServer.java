package dev.duckpond.simulate;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.duckpond.json.JsonObject;
import dev.duckpond.simulate.SimulatedDevice.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays In-Situ's HydroVu on this machine: tokens, friendly names, locations and readings in pages.
 *
 * <p>Answers 404 where there is no reading at or after the start that was asked for. Listens on
 * 127.0.0.1 alone. Thread-safe; closing ends it, also calls that are going on.
 */
public final class HydroVuServer implements AutoCloseable {
  /** What a client has to show. */
  public record Credentials(String id, String secret) {}

  /**
   * How the service behaves.
   *
   * @param port to listen on, 0 for any that is free
   * @param locationsPerPage of the list
   * @param instantsPerPage of readings
   * @param callsPerToken after which a token has expired
   */
  public record Options(
      Credentials credentials,
      int port,
      int locationsPerPage,
      int instantsPerPage,
      int callsPerToken) {
    /** Answers usual options for some credentials. */
    public static Options of(Credentials credentials) {
      return new Options(credentials, 0, 20, 1000, 10_000);
    }

    /** Answers these options with other sizes of pages. */
    public Options pages(int locations, int instants) {
      return new Options(credentials, port, locations, instants, callsPerToken);
    }

    /** Answers these options with tokens that are good for so many calls. */
    public Options tokens(int calls) {
      return new Options(credentials, port, locationsPerPage, instantsPerPage, calls);
    }

    /** Answers these options with another port. */
    public Options listenOn(int otherPort) {
      return new Options(credentials, otherPort, locationsPerPage, instantsPerPage, callsPerToken);
    }
  }

  private static final String API = "/public-api/v1";
  private static final Pattern DATA = Pattern.compile(API + "/locations/([0-9]{1,19})/data");
  private static final String START_PAGE = "X-ISI-Start-Page";
  private static final String NEXT_PAGE = "X-ISI-Next-Page";
  private static final Duration PAUSE = Duration.ofSeconds(7);

  private final HydroVuData data;
  private final HydroVuBodies bodies;
  private final Options options;
  private final TokenDesk tokens;
  private final InstantSource clock;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object lock = new Object();
  private FaultPlan faults = FaultPlan.NONE;
  private long calls;
  private final Map<Long, Long> readings = new HashMap<>();

  private HydroVuServer(HydroVuData data, Options options, InstantSource clock, HttpServer server) {
    this.data = data;
    this.bodies = new HydroVuBodies(data);
    this.options = options;
    this.tokens = new TokenDesk(options.credentials(), options.callsPerToken());
    this.clock = clock;
    this.server = server;
  }

  /**
   * Starts to listen; the caller closes it.
   *
   * @param clock by which dates of Retry-After are told
   * @throws IOException when the port is taken
   */
  public static HydroVuServer start(HydroVuData data, Options options, InstantSource clock)
      throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
    HydroVuServer service = new HydroVuServer(data, options, clock, HttpServer.create(address, 0));
    service.server.createContext("/", service::handle);
    service.server.setExecutor(service.threads);
    service.server.start();
    return service;
  }

  /** Answers the address that clients call. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Lets calls fail by a plan, in place of the one before. */
  public void setFaults(FaultPlan plan) {
    synchronized (lock) {
      faults = plan;
    }
  }

  /** Tells how many calls came in, those for tokens not counted. */
  public long calls() {
    synchronized (lock) {
      return calls;
    }
  }

  /** Tells how many instants of readings were sent in whole replies, of all devices. */
  public long instantsSent() {
    synchronized (lock) {
      return readings.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Tells how many tokens were given out. */
  public int tokensGiven() {
    return tokens.given();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/public-api/oauth/token")) {
        token(exchange);
        return;
      }
      Optional<FaultKind> fault;
      synchronized (lock) {
        calls++;
        fault = faults.find(new FaultPlan.Call(calls, path));
      }
      String token = bearer(exchange);
      if (fault.isEmpty() || isWithinReply(fault.get())) {
        if (!tokens.use(token)) {
          reply(exchange, 401, error("invalid_token"));
          return;
        }
        answer(exchange, path, fault);
      } else {
        fail(exchange, fault.get(), token);
      }
    }
  }

  private static boolean isWithinReply(FaultKind kind) {
    return switch (kind) {
      case TRUNCATED_JSON, SLOW_BODY, CUT_BODY -> true;
      case UNAUTHORIZED, TOO_MANY_FOR_SECONDS, TOO_MANY_UNTIL_DATE, UNAVAILABLE, BROKEN, RESET ->
          false;
    };
  }

  private void fail(HttpExchange exchange, FaultKind kind, String token) throws IOException {
    switch (kind) {
      case UNAUTHORIZED -> {
        tokens.takeBack(token);
        reply(exchange, 401, error("invalid_token"));
      }
      case TOO_MANY_FOR_SECONDS -> {
        exchange.getResponseHeaders().set("Retry-After", Long.toString(PAUSE.toSeconds()));
        reply(exchange, 429, error("too many requests"));
      }
      case TOO_MANY_UNTIL_DATE -> {
        String date =
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plus(PAUSE).atOffset(ZoneOffset.UTC));
        exchange.getResponseHeaders().set("Retry-After", date);
        reply(exchange, 429, error("too many requests"));
      }
      case UNAVAILABLE -> reply(exchange, 503, "<html>come again</html>");
      case BROKEN -> reply(exchange, 500, error("internal error"));
      case RESET -> {
        // Closing the exchange without an answer closes the connection.
      }
      case TRUNCATED_JSON, SLOW_BODY, CUT_BODY -> throw new IllegalStateException(kind.toString());
    }
  }

  private void answer(HttpExchange exchange, String path, Optional<FaultKind> fault)
      throws IOException {
    Matcher device = DATA.matcher(path);
    if (!exchange.getRequestMethod().equals("GET")) {
      reply(exchange, 405, error("method not allowed"));
    } else if (path.equals(API + "/sispec/friendlynames")) {
      send(exchange, bodies.names(), fault);
    } else if (path.equals(API + "/locations/list")) {
      locations(exchange, fault);
    } else if (device.matches()) {
      readings(exchange, Long.parseLong(device.group(1)), fault);
    } else {
      reply(exchange, 404, error("not found"));
    }
  }

  private void locations(HttpExchange exchange, Optional<FaultKind> fault) throws IOException {
    List<SimulatedDevice> all = data.devices();
    int from = Math.min(all.size(), (int) page(exchange, 0));
    int to = Math.min(all.size(), from + options.locationsPerPage());
    if (to < all.size()) {
      exchange.getResponseHeaders().set(NEXT_PAGE, pageName(to));
    }
    send(exchange, HydroVuBodies.locations(all.subList(from, to)), fault);
  }

  private void readings(HttpExchange exchange, long id, Optional<FaultKind> fault)
      throws IOException {
    Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
    long start = Long.parseLong(query.getOrDefault("startTime", "0"));
    long end = Long.parseLong(query.getOrDefault("endTime", Long.toString(Long.MAX_VALUE)));
    Optional<SimulatedDevice> device = data.find(id);
    if (device.isEmpty()) {
      reply(exchange, 404, error("no such location"));
      return;
    }
    Slice slice = device.get().slice(page(exchange, start), end, options.instantsPerPage());
    if (slice.rows().isEmpty()) {
      reply(exchange, 404, error("no data"));
      return;
    }
    if (slice.more()) {
      exchange.getResponseHeaders().set(NEXT_PAGE, pageName(slice.nextSeconds()));
    }
    send(exchange, bodies.readings(id, slice), fault);
    if (fault.isEmpty()) {
      synchronized (lock) {
        readings.merge(id, (long) slice.rows().size(), Long::sum);
      }
    }
  }

  /** Names a page so that nobody takes it for a number. */
  private static String pageName(long from) {
    return Base64.getUrlEncoder()
        .encodeToString(("from:" + from).getBytes(StandardCharsets.US_ASCII));
  }

  private static long page(HttpExchange exchange, long first) {
    String page = exchange.getRequestHeaders().getFirst(START_PAGE);
    if (page == null || page.isEmpty()) {
      return first;
    }
    String text = new String(Base64.getUrlDecoder().decode(page), StandardCharsets.US_ASCII);
    return Long.parseLong(text.substring("from:".length()));
  }

  private void token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = form(body);
    String[] basic = basic(exchange);
    String id = form.getOrDefault("client_id", basic[0]);
    String secret = form.getOrDefault("client_secret", basic[1]);
    if (!tokens.knows(id, secret)) {
      reply(exchange, 401, error("invalid_client"));
    } else if (!"client_credentials".equals(form.get("grant_type"))) {
      reply(exchange, 400, error("unsupported_grant_type"));
    } else {
      reply(
          exchange,
          200,
          JsonObject.builder()
              .put("access_token", tokens.give())
              .put("token_type", "bearer")
              .put("expires_in", 3600)
              .put("scope", form.getOrDefault("scope", ""))
              .build()
              .toText());
    }
  }

  private static String[] basic(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return new String[] {"", ""};
    }
    byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
    String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    return parts.length == 2
        ? new String[] {decode(parts[0]), decode(parts[1])}
        : new String[] {"", ""};
  }

  private static String bearer(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null && header.startsWith("Bearer ") ? header.substring(7) : "";
  }

  private static Map<String, String> form(@org.jspecify.annotations.Nullable String text) {
    Map<String, String> values = new HashMap<>();
    if (text != null) {
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
    }
    return values;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String error(String text) {
    return JsonObject.builder().put("error", text).build().toText();
  }

  private void send(HttpExchange exchange, String body, Optional<FaultKind> fault)
      throws IOException {
    if (fault.isEmpty()) {
      reply(exchange, 200, body);
      return;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int half = bytes.length / 2;
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    if (fault.get() == FaultKind.TRUNCATED_JSON) {
      exchange.sendResponseHeaders(200, half);
      exchange.getResponseBody().write(bytes, 0, half);
      return;
    }
    exchange.sendResponseHeaders(200, bytes.length);
    OutputStream out = exchange.getResponseBody();
    out.write(bytes, 0, half);
    out.flush();
    if (fault.get() == FaultKind.SLOW_BODY) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
