package dev.duckpond.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the site as headless Chromium leaves it, opened as a file and without a network.
 *
 * @param file the page
 * @param dom its elements once its scripts have run
 * @param console what it wrote to the console
 */
record DrawnPage(Path file, String dom, List<String> console) {
  private static final int LIMIT_SECONDS = 60;
  private static final Pattern CONSOLE = Pattern.compile(".*:CONSOLE[:(]\\d+.*");
  private static final Pattern REFERENCE = Pattern.compile("\\s(?:href|src)=\"([^\"]*)\"");
  private static final Pattern CHART =
      Pattern.compile(
          "<section data-name=\"([^\"]*)\" data-unit=\"([^\"]*)\"([^>]*)>(.*?)</section>",
          Pattern.DOTALL);
  private static final Pattern POINTS = Pattern.compile(" data-points=\"([^\"]*)\"");
  private static final Pattern LAST = Pattern.compile(" data-last=\"([^\"]*)\"");
  private static final String LABEL = "\"((?:[^\"\\\\]|\\\\.)*)\":";
  private static final Pattern COUNT = Pattern.compile(LABEL + "(\\d+)");
  private static final Pattern VALUE = Pattern.compile(LABEL + "\\[([^,]+),(-?\\d+)\\]");

  /**
   * A line of a chart.
   *
   * @param points how many it has
   * @param last the value of the last
   * @param digits after the point that it was loaded with; negative ones are before it
   */
  record Line(long points, double last, int digits) {}

  /**
   * Opens a page.
   *
   * @param range what it is to show, as its buttons call it
   * @param scratch a folder for what Chromium writes
   */
  static DrawnPage open(String chromium, Path file, String range, Path scratch)
      throws IOException, InterruptedException {
    Path dom = scratch.resolve("dom.html");
    Path log = scratch.resolve("log.txt");
    String address = file.toUri() + (range.isEmpty() ? "" : "?" + range.replace(' ', '+'));
    Process process =
        new ProcessBuilder(
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + scratch.resolve("profile"),
                "--enable-logging=stderr",
                "--window-size=1200,900",
                "--virtual-time-budget=10000",
                "--dump-dom",
                address)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("Chromium takes more than " + LIMIT_SECONDS + " s for " + address);
    }
    String messages = Files.readString(log, StandardCharsets.ISO_8859_1);
    if (process.exitValue() != 0) {
      throw new IOException("Chromium ends with " + process.exitValue() + ":\n" + messages);
    }
    List<String> console =
        messages.lines().filter(line -> CONSOLE.matcher(line).matches()).toList();
    return new DrawnPage(file, Files.readString(dom), console);
  }

  /** Tells which of its links, scripts and styles are not files beside it. */
  List<String> listDeadLinks() {
    List<String> dead = new ArrayList<>();
    for (String link : references()) {
      boolean isInside = link.startsWith("#") || link.equals("data:,");
      if (!isInside && !Files.isRegularFile(target(link))) {
        dead.add(link);
      }
    }
    return dead;
  }

  int countLinks() {
    return references().size();
  }

  private List<String> references() {
    return REFERENCE.matcher(dom).results().map(found -> plain(found.group(1))).toList();
  }

  private Path target(String link) {
    URI uri = file.toUri().resolve(link);
    return "file".equals(uri.getScheme())
        ? Path.of(URI.create(uri.toString().replaceFirst("[?#].*", "")))
        : Path.of("not-a-file", link);
  }

  /** Answers what is drawn, by columns without their aggregates; charts that say so are empty. */
  Map<String, Line> lines() {
    Map<String, Line> lines = new TreeMap<>();
    for (MatchResult chart : CHART.matcher(dom).results().toList()) {
      if (chart.group(3).contains("class=\"empty\"")) {
        continue;
      }
      String unit = plain(chart.group(2));
      String column = "." + plain(chart.group(1)) + (unit.isEmpty() ? "" : "." + unit);
      Map<String, Long> points = new TreeMap<>();
      for (MatchResult told : COUNT.matcher(require(POINTS, chart.group(4))).results().toList()) {
        points.put(told.group(1), Long.valueOf(told.group(2)));
      }
      for (MatchResult told : VALUE.matcher(require(LAST, chart.group(4))).results().toList()) {
        lines.put(
            told.group(1) + column,
            new Line(
                points.getOrDefault(told.group(1), 0L),
                Double.parseDouble(told.group(2)),
                Integer.parseInt(told.group(3))));
      }
    }
    return lines;
  }

  /** Answers an attribute that is there once. */
  String require(String attribute) {
    return require(Pattern.compile(" " + attribute + "=\"([^\"]*)\""), dom);
  }

  private String require(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException(file + " has drawn nothing: no" + pattern);
    }
    return plain(found.group(1));
  }

  private static String plain(String text) {
    return text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u00a0")
        .replace("&amp;", "&");
  }
}
