package dev.duckpond.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service that fails in every way and repeats the secrets it was told wherever an answer has room
 * for them, as a proxy that helps with debugging would.
 */
final class EchoingService implements AutoCloseable {
  /** Where it fails, and how. */
  enum Fault {
    NONE,
    TOKEN_REFUSED,
    TOKEN_IS_NOT_JSON,
    TOKEN_IS_BARE,
    TOKEN_IS_CUT_OFF,
    TOKEN_WITH_LINE_BREAK,
    TOKEN_IS_A_LIST,
    TOKEN_BAD_REQUEST,
    TOKEN_LEADS_ELSEWHERE,
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    TOO_MANY,
    BROKEN,
    LEADS_ELSEWHERE,
    BARE,
    NOT_JSON,
    CUT_OFF,
    OTHER_JSON,
    SLOW,
    RESET,
    NO_HTTP
  }

  /** Part of every token. */
  static final String TOKEN = "Tk9xQzToken";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Fault fault = Fault.NONE;
  private volatile String told = "";

  private EchoingService(HttpServer server) {
    this.server = server;
  }

  static EchoingService start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    EchoingService service = new EchoingService(server);
    server.createContext("/", service::handle);
    server.setExecutor(service.threads);
    server.start();
    return service;
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void fail(Fault how) {
    fault = how;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.endsWith("/token")) {
        told = URLDecoder.decode(body, StandardCharsets.UTF_8) + " " + TOKEN;
        token(exchange);
      } else if (path.endsWith("/friendlynames")) {
        send(exchange, 200, "{\"parameters\": {\"1\": \"Depth\"}, \"units\": {\"2\": \"m\"}}");
      } else if (path.endsWith("/list")) {
        send(exchange, 200, "[{\"id\": 7, \"name\": \"buoy\"}]");
      } else {
        readings(exchange);
      }
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    switch (fault) {
      case TOKEN_REFUSED -> send(exchange, 401, told);
      case TOKEN_IS_NOT_JSON -> send(exchange, 200, told);
      case TOKEN_IS_BARE -> send(exchange, 200, TOKEN);
      case TOKEN_IS_CUT_OFF -> send(exchange, 200, "{\"access_token\": \"" + TOKEN);
      case TOKEN_WITH_LINE_BREAK -> send(exchange, 200, "{\"access_token\": \"" + TOKEN + "\\n\"}");
      case TOKEN_IS_A_LIST -> send(exchange, 200, "{\"access_token\": [\"" + TOKEN + "\"]}");
      case TOKEN_BAD_REQUEST -> send(exchange, 400, told);
      case TOKEN_LEADS_ELSEWHERE -> elsewhere(exchange);
      default -> send(exchange, 200, "{\"access_token\": \"" + TOKEN + "\"}");
    }
  }

  private void readings(HttpExchange exchange) throws IOException {
    switch (fault) {
      case UNAUTHORIZED -> send(exchange, 401, told);
      case FORBIDDEN -> send(exchange, 403, told);
      case NOT_FOUND -> send(exchange, 404, told);
      case TOO_MANY -> send(exchange, 429, told);
      case BROKEN -> send(exchange, 500, told);
      case LEADS_ELSEWHERE -> elsewhere(exchange);
      case BARE -> send(exchange, 200, TOKEN);
      case NOT_JSON -> send(exchange, 200, "<html>" + told);
      case CUT_OFF -> send(exchange, 200, "{\"" + TOKEN + "\": [" + TOKEN);
      case OTHER_JSON -> send(exchange, 200, "[\"" + TOKEN + "\"]");
      case SLOW -> slow(exchange);
      case RESET -> {
        // Closing the exchange without an answer closes the connection.
      }
      case NO_HTTP -> {
        exchange.getResponseHeaders().set("Content-Length", TOKEN);
        exchange.sendResponseHeaders(200, 0);
      }
      default ->
          send(
              exchange,
              200,
              "{\"locationId\": 7, \"parameters\": [{\"parameterId\": \"1\", \"unitId\": \"2\","
                  + " \"readings\": [{\"timestamp\": 1714560000, \"value\": 3.5}]}]}");
    }
  }

  private void elsewhere(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", baseUrl() + "/elsewhere?token=" + TOKEN);
    send(exchange, 302, told);
  }

  private void slow(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    exchange.getResponseBody().write(told.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("X-Told", told.replaceAll("[^ -~]", "?"));
    // Long enough that nobody waits for it: the run ends at once.
    exchange.getResponseHeaders().set("Retry-After", "600");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
