package dev.duckpond.collect;

import dev.duckpond.collect.RetryingHttp.Reply;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks In-Situ's public API, {@code public-api/v1}. Fetches a token when it needs one, and
 * another when that has expired. One thread only; the caller closes it.
 */
final class HydroVuClient implements AutoCloseable {
  /** The service allows 1000 calls a minute to an account, which others may use too. */
  static final int MAX_CALLS_PER_MINUTE = 900;

  /** Pages of a list; more than any account has. */
  private static final int MAX_LIST_PAGES = 10_000;

  /** Tokens for one call: each may expire just before it. */
  private static final int MAX_TOKENS_PER_CALL = 3;

  private static final String TOKEN = "/public-api/oauth/token";
  private static final String API = "/public-api/v1";
  private static final String SCOPES = "read:locations read:data";
  private static final String START_PAGE = "X-ISI-Start-Page";
  private static final String NEXT_PAGE = "X-ISI-Next-Page";

  private static final Pattern PAGE_NAME = Pattern.compile("[ -~]+");

  /** A page of anything. */
  private record Page<T>(T content, Optional<String> next) {}

  private final HydroVuConfig config;
  private final RetryingHttp http;
  private final CallRate rate;
  private @Nullable String token;

  /** Takes over {@code http}, which closes with the client. */
  HydroVuClient(HydroVuConfig config, RetryingHttp http, CallRate rate) {
    this.config = config;
    this.http = http;
    this.rate = rate;
  }

  /** See {@link RetryingHttp#leaveTimeFor}. */
  void leaveTimeFor(int others) {
    http.leaveTimeFor(others);
  }

  FriendlyNames names() {
    return require("/sispec/friendlynames", "", "", HydroVuReplies::names).content();
  }

  /** Lists what the account sees, page after page. */
  List<Location> locations() {
    List<Location> all = new ArrayList<>();
    String page = "";
    for (int pages = 0; pages < MAX_LIST_PAGES; pages++) {
      Page<List<Location>> got = require("/locations/list", "", page, HydroVuReplies::locations);
      all.addAll(got.content());
      if (got.next().isEmpty()) {
        return all;
      }
      page = requireOther(page, got.next().get());
    }
    throw new PondException.Failed(
        "HydroVu lists more than " + MAX_LIST_PAGES + " pages of locations",
        "",
        "",
        new IOException("too many pages"));
  }

  /**
   * Fetches readings from a time on, in order of time; empty when the service knows of none, or
   * does not know the device: it answers both alike.
   *
   * @param page empty for the first
   */
  Optional<ReadingsPage> readings(long device, long fromSeconds, String page) {
    String path = "/locations/" + device + "/data";
    return find(path, "?startTime=" + fromSeconds, page, HydroVuReplies::readings)
        .map(got ->
            new ReadingsPage(got.content(), got.next().map(next -> requireOther(page, next))));
  }

  private static String requireOther(String page, String next) {
    if (next.equals(page)) {
      throw new PondException.Failed(
          "HydroVu leads in a circle",
          "a page names itself as the next",
          "",
          new IOException("page repeated"));
    }
    if (!PAGE_NAME.matcher(next).matches()) {
      throw new PondException.Failed(
          "HydroVu names a next page that nobody can ask for",
          "the name has characters that no header has",
          "",
          new IOException("page name"));
    }
    return next;
  }

  private <T> Page<T> require(String path, String query, String page, Parser<T> parser) {
    return find(path, query, page, parser)
        .orElseThrow(() ->
            new PondException.Failed(
                "HydroVu does not know " + API + path,
                "it answered 404",
                "Check 'base_url'.",
                new IOException("status 404")));
  }

  private interface Parser<T> {
    T parse(java.io.InputStream body) throws IOException;
  }

  private <T> Optional<Page<T>> find(String path, String query, String page, Parser<T> parser) {
    String label = "GET " + API + path;
    String why = "";
    for (int tokens = 0; tokens < MAX_TOKENS_PER_CALL; tokens++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(config.baseUrl() + API + path + query))
              .header("Authorization", "Bearer " + token())
              .header("Accept", "application/json")
              .header(START_PAGE, page)
              .GET()
              .build();
      rate.take();
      Reply<Page<T>> reply =
          http.call(
              label,
              request,
              (body, headers) ->
                  new Page<>(
                      parser.parse(body),
                      headers.firstValue(NEXT_PAGE).filter(name -> !name.isBlank())));
      switch (reply) {
        case Reply.Ok<Page<T>> ok -> {
          return Optional.of(ok.body());
        }
        case Reply.NotFound<Page<T>> absent -> {
          return Optional.empty();
        }
        case Reply.Unauthorized<Page<T>> expired -> {
          why = "it answered " + expired.status();
          token = null;
        }
        case Reply.Refused<Page<T>> refused ->
            throw new PondException.Failed(
                "HydroVu refuses: " + label,
                refused.why(),
                "Check 'base_url'.",
                new IOException("status " + refused.status()));
      }
    }
    throw new PondException.Failed(
        "HydroVu does not let the account read: " + label,
        why + ", with each of " + MAX_TOKENS_PER_CALL + " new tokens",
        "Look whether the account may read locations and data.",
        new IOException(why));
  }

  private String token() {
    String known = token;
    if (known != null) {
      return known;
    }
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(config.clientId().reveal())
            + "&client_secret="
            + encoded(config.clientSecret().reveal())
            + "&scope="
            + encoded(SCOPES);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(config.baseUrl() + TOKEN))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    rate.take();
    Reply<String> reply =
        http.call("POST " + TOKEN, request, (body, headers) -> HydroVuReplies.token(body));
    String fresh =
        switch (reply) {
          case Reply.Ok<String> ok -> ok.body();
          case Reply.Unauthorized<String> wrong -> throw refused("it answered " + wrong.status());
          case Reply.NotFound<String> absent -> throw refused("it answered 404");
          case Reply.Refused<String> other -> throw refused(other.why());
        };
    token = fresh;
    return fresh;
  }

  private static PondException refused(String why) {
    return new PondException.Failed(
        "HydroVu gives no token",
        why,
        "Check the variables that 'client_id' and 'client_secret' name, and 'base_url'.",
        new IOException(why));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
