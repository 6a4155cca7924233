package dev.duckpond.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks at a site in Chromium: every chart has as many points as the pond has rows, no page writes
 * to the console, every link leads to a file. A program without anything but the JDK, that {@code
 * .ci/browser} runs from source.
 *
 * @param pond the command
 * @param scratch a folder for what Chromium writes
 */
record BrowserCheck(String pond, String chromium, Path site, Path scratch) {
  private static final List<String> SOME_RANGES = List.of("1 year", "3 months", "1 week");
  private static final int LEAST_PAGES = 8;

  /** How many readings there are of a column, and the last of them. */
  private record Stored(long readings, double last) {
    /** The last is the sum of all steps before it: it is right only when each of them is. */
    boolean isDrawnBy(DrawnPage.Line line) {
      double halfStep = 0.5 * Math.pow(10, -line.digits());
      return line.points() == readings && Math.abs(line.last() - last) <= 1.000001 * halfStep;
    }
  }

  /**
   * Checks a site.
   *
   * @param args the command {@code pond}, the command {@code chromium}, the site
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("browser");
    BrowserCheck check = new BrowserCheck(args[0], args[1], Path.of(args[2]).toRealPath(), scratch);
    List<String> mistakes = new ArrayList<>();
    try {
      mistakes.addAll(check.checkIndex());
      List<Path> pages = check.pages();
      if (pages.size() < LEAST_PAGES) {
        mistakes.add("there are only the pages " + pages);
      }
      for (Path page : pages) {
        mistakes.addAll(check.check(page, ""));
      }
      for (String range : SOME_RANGES) {
        mistakes.addAll(check.check(pages.getFirst(), range));
        mistakes.addAll(check.check(pages.getLast(), range));
      }
    } finally {
      check.removeScratch();
    }
    mistakes.forEach(mistake -> System.err.println("browser: " + mistake));
    System.exit(mistakes.isEmpty() ? 0 : 1);
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> all = Files.walk(site)) {
      return all.filter(file -> file.toString().endsWith(".html"))
          .filter(file -> !file.equals(index()))
          .sorted()
          .toList();
    }
  }

  private Path index() {
    return site.resolve("index.html");
  }

  private List<String> checkIndex() throws IOException, InterruptedException {
    DrawnPage page = DrawnPage.open(chromium, index(), "", scratch);
    System.out.println("browser: index.html: " + page.countLinks() + " links");
    List<String> mistakes = new ArrayList<>(mistakesOf(page));
    for (Path each : pages()) {
      String name = each.getFileName().toString();
      if (!page.dom().contains("/" + name + "\"")) {
        mistakes.add("the index does not name " + name);
      }
    }
    return mistakes;
  }

  private List<String> mistakesOf(DrawnPage page) {
    List<String> mistakes = new ArrayList<>();
    String name = site.relativize(page.file()).toString();
    page.console().forEach(line -> mistakes.add(name + " writes to the console: " + line));
    page.listDeadLinks().forEach(link -> mistakes.add(name + " leads to no file: " + link));
    return mistakes;
  }

  private List<String> check(Path file, String range) throws IOException, InterruptedException {
    String name = site.relativize(file) + (range.isEmpty() ? "" : ", " + range);
    DrawnPage page = DrawnPage.open(chromium, file, range, scratch);
    List<String> mistakes = new ArrayList<>(mistakesOf(page));
    Map<String, DrawnPage.Line> drawn = page.lines();
    String width = page.require("data-width");
    Map<String, Stored> stored =
        ask(
            site.relativize(file).toString().replaceFirst("\\.html$", "/" + width + ".series"),
            Long.parseLong(page.require("data-from")),
            Long.parseLong(page.require("data-to")));
    long points = drawn.values().stream().mapToLong(DrawnPage.Line::points).sum();
    System.out.printf(
        "browser: %s: %d lines, %d points at %s, %d links%n",
        name, drawn.size(), points, width, page.countLinks());
    if (points == 0 || !drawn.keySet().equals(stored.keySet())) {
      mistakes.add(name + " draws " + drawn.keySet() + ", the pond has " + stored.keySet());
    }
    stored.forEach((column, expected) -> {
      DrawnPage.Line line = drawn.get(column);
      if (line != null && !expected.isDrawnBy(line)) {
        mistakes.add(name + " draws " + column + " as " + line + ", the pond has " + expected);
      }
    });
    return mistakes;
  }

  /** Asks for each column that has readings, from the pond and not from the site. */
  private Map<String, Stored> ask(String series, long fromMillis, long toMillis)
      throws IOException, InterruptedException {
    String sql =
        """
        SELECT name, count(*), arg_max(v, t) FROM (UNPIVOT (
          SELECT epoch_ms("timestamp") AS t, COLUMNS('[.]avg$') FROM "/reduced/%s"
          WHERE epoch_ms("timestamp") >= %d AND epoch_ms("timestamp") < %d
        ) ON COLUMNS(* EXCLUDE (t)) INTO NAME name VALUE v) GROUP BY name\
        """
            .formatted(series, fromMillis, toMillis);
    Process process =
        new ProcessBuilder(pond, "sql", sql, "--format", "tsv")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("pond sql ends with " + process.exitValue());
    }
    Map<String, Stored> stored = new TreeMap<>();
    for (String line : answer.lines().skip(1).toList()) {
      String[] cells = line.split("\t", -1);
      stored.put(
          cells[0].replaceFirst("\\.avg$", ""),
          new Stored(Long.parseLong(cells[1]), Double.parseDouble(cells[2])));
    }
    return stored;
  }

  private void removeScratch() throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
