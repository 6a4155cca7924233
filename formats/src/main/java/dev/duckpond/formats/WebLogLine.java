package dev.duckpond.formats;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a web server's log; a dash in the log is null.
 *
 * <p>{@code host identity user [time] "request" status bytes}, then maybe {@code "referer" "user
 * agent"} and more, which is passed over. Within quotes {@code \"} stands for a quote and {@code
 * \\} for a backslash; other escapes stay.
 */
record WebLogLine(
    long micros,
    @Nullable String remoteHost,
    @Nullable String identity,
    @Nullable String user,
    Request request,
    @Nullable Integer status,
    @Nullable Long bytes,
    @Nullable String referer,
    @Nullable String userAgent) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH);

  private static final int MAX_STATUS_DIGITS = 3;
  private static final int MAX_BYTES_DIGITS = 18;

  /** What a client asked; a request that is not three words is all path. */
  record Request(@Nullable String method, @Nullable String path, @Nullable String protocol) {
    static Request of(@Nullable String text) {
      if (text == null) {
        return new Request(null, null, null);
      }
      int first = text.indexOf(' ');
      int last = text.lastIndexOf(' ');
      boolean isWhole = first > 0 && last > first && text.startsWith("HTTP/", last + 1);
      if (isWhole) {
        return new Request(
            text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1));
      }
      return new Request(null, text, null);
    }
  }

  /** Says why a line does not fit. */
  static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
      super(reason);
    }
  }

  /**
   * Reads a line.
   *
   * @throws Unfit when it is of another form
   */
  static WebLogLine parse(String line) {
    Fields fields = new Fields(line);
    String host = fields.word("the host");
    String identity = fields.word("the identity");
    String user = fields.user();
    long micros = micros(fields.bracketed());
    Request request = Request.of(fields.quoted("the request"));
    String status = fields.word("the status");
    String bytes = fields.word("the number of bytes");
    String referer = fields.isAtEnd() ? null : fields.quoted("the referer");
    String agent = fields.isAtEnd() ? null : fields.quoted("the user agent");
    Long statusNumber = number(status, "the status", MAX_STATUS_DIGITS);
    return new WebLogLine(
        micros,
        host,
        identity,
        user,
        request,
        statusNumber == null ? null : statusNumber.intValue(),
        number(bytes, "the number of bytes", MAX_BYTES_DIGITS),
        referer,
        agent);
  }

  private static long micros(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text, TIME).toInstant();
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    } catch (DateTimeException e) {
      throw new Unfit("'" + text + "' is no time like '10/Oct/2000:13:55:36 -0700'");
    }
  }

  private static @Nullable Long number(@Nullable String text, String what, int maxDigits) {
    if (text == null) {
      return null;
    }
    boolean isNumber =
        text.length() <= maxDigits && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber) {
      throw new Unfit(what + " is '" + text + "' and not a number");
    }
    return Long.valueOf(text);
  }

  /** Takes a line apart, from left to right. */
  private static final class Fields {
    private final String line;
    private int at;

    Fields(String line) {
      this.line = line;
    }

    boolean isAtEnd() {
      skipSpaces();
      return at >= line.length();
    }

    @Nullable String word(String what) {
      skipSpaces();
      int end = line.indexOf(' ', at);
      String word = line.substring(at, end < 0 ? line.length() : end);
      if (word.isEmpty()) {
        throw new Unfit("it ends before " + what);
      }
      at += word.length();
      return nullForDash(word);
    }

    /** A name may have spaces in it; it ends where the time begins. */
    @Nullable String user() {
      skipSpaces();
      int end = line.indexOf(" [", at);
      if (end < 0) {
        throw new Unfit("it has no time in brackets");
      }
      String user = line.substring(at, end).strip();
      at = end;
      return nullForDash(user);
    }

    String bracketed() {
      skipSpaces();
      int end = line.indexOf(']', at);
      if (at >= line.length() || line.charAt(at) != '[' || end < 0) {
        throw new Unfit("it has no time in brackets");
      }
      String text = line.substring(at + 1, end);
      at = end + 1;
      return text;
    }

    @Nullable String quoted(String what) {
      skipSpaces();
      if (at >= line.length() || line.charAt(at) != '"') {
        throw new Unfit(what + " is not in quotes");
      }
      StringBuilder text = new StringBuilder();
      for (int i = at + 1; i < line.length(); i++) {
        char c = line.charAt(i);
        char next = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
        if (c == '"') {
          at = i + 1;
          return nullForDash(text.toString());
        }
        if (c == '\\' && (next == '"' || next == '\\')) {
          text.append(next);
          i++;
        } else {
          text.append(c);
        }
      }
      throw new Unfit(what + " has no quote at its end");
    }

    private void skipSpaces() {
      while (at < line.length() && line.charAt(at) == ' ') {
        at++;
      }
    }

    private static @Nullable String nullForDash(String text) {
      return text.equals("-") || text.isEmpty() ? null : text;
    }
  }
}
