package dev.duckpond.export;

import dev.duckpond.export.ExportReport.Outcome;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.PondException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a report as text for people, and as JSON for machines. */
public final class ExportSummary {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final int THOUSAND = 1000;
  private static final int TEN = 10;

  /** Counts up when a key changes its meaning or goes; a new key does not count. */
  private static final int JSON_VERSION = 1;

  private ExportSummary() {}

  /** Answers the heading and what failed, with a line end after every line. */
  public static String brief(ExportReport report) {
    StringBuilder text = new StringBuilder(heading(report));
    report
        .targets()
        .filter(target -> target.failure().isPresent())
        .forEach(target -> add(text, target));
    return text.toString();
  }

  /** Answers the text, with a line end after every line. */
  public static String text(ExportReport report) {
    StringBuilder text = new StringBuilder(heading(report));
    for (ExportReport.PatternReport pattern : report.patterns()) {
      text.append("  ").append(escaped(pattern.pattern())).append("   ");
      text.append(counted(pattern.targets().size(), "target")).append('\n');
      pattern.targets().forEach(target -> add(text, target));
    }
    if (!report.removed().isEmpty()) {
      text.append("  removed   ").append(counted(report.removed().size(), "file")).append('\n');
      report.removed().forEach(path -> text.append("    ").append(escaped(path)).append('\n'));
    }
    report
        .stopped()
        .ifPresent(error ->
            text.append("  stopped   ")
                .append(escaped(String.valueOf(error.getMessage())))
                .append('\n'));
    return text.toString();
  }

  private static String heading(ExportReport report) {
    StringBuilder text = new StringBuilder();
    List<ExportReport.FileReport> files = report.files().toList();
    long rows = files.stream().mapToLong(ExportReport.FileReport::rows).sum();
    long bytes = files.stream().mapToLong(ExportReport.FileReport::sizeBytes).sum();
    // What a dry run would write has no size yet.
    boolean isPlan = files.stream().anyMatch(file -> file.outcome() == Outcome.PLANNED);
    return text.append(isPlan ? "Export plan: " : "Export summary: ")
        .append(counted(files.size(), "file"))
        .append(", ")
        .append(counted(rows, "row"))
        .append(isPlan ? "" : ", " + size(bytes))
        .append(" in ")
        .append(escaped(report.directory().toString()))
        .append(" (")
        .append(count(files, Outcome.WRITTEN) + count(files, Outcome.PLANNED))
        .append(isPlan ? " to write, " : " written, ")
        .append(count(files, Outcome.KEPT))
        .append(" kept, ")
        .append(report.removed().size())
        .append(isPlan ? " to remove)\n" : " removed)\n")
        .toString();
  }

  private static long count(List<ExportReport.FileReport> files, Outcome outcome) {
    return files.stream().filter(file -> file.outcome() == outcome).count();
  }

  private static void add(StringBuilder text, ExportReport.TargetReport target) {
    String label =
        target.captures().isEmpty()
            ? target.content() == ExportReport.Content.MADE
                ? target.place()
                : target.path().toString()
            : String.join(" ", target.captures());
    text.append("    ").append(escaped(label));
    if (target.failure().isPresent()) {
      String message = String.valueOf(target.failure().get().getMessage());
      String line = message.lines().findFirst().orElse("");
      text.append("     failed: ").append(escaped(line)).append('\n');
      return;
    }
    text.append("     ").append(counted(target.files().size(), "file"));
    bounds(target)
        .ifPresent(known ->
            text.append("   ")
                .append(DAY.format(known[0]))
                .append(" .. ")
                .append(DAY.format(known[1])));
    text.append('\n');
    int width =
        target.files().stream().mapToInt(file -> shown(target, file).length()).max().orElse(0);
    for (ExportReport.FileReport file : target.files()) {
      String name = shown(target, file);
      text.append("      ").append(name).append(" ".repeat(width - name.length() + 3));
      file.span()
          .ifPresent(span ->
              text.append(moment(instant(span.fromMicros())))
                  .append(" .. ")
                  .append(moment(instant(span.toMicros())))
                  .append("   "));
      List<String> facts = new ArrayList<>();
      if (target.content() == ExportReport.Content.ROWS) {
        facts.add(counted(file.rows(), "row"));
      } else if (file.outcome() != Outcome.PLANNED) {
        facts.add(size(file.sizeBytes()));
      }
      if (file.outcome() != Outcome.WRITTEN) {
        facts.add("(" + file.outcome().word() + ")");
      }
      text.append(String.join("  ", facts)).append('\n');
    }
  }

  /** Names come from the pond and from values of columns, which may hold anything. */
  private static String escaped(String text) {
    return TerminalText.escaped(text);
  }

  /** Answers the path below what the captures, which stand above it, say already. */
  private static String shown(ExportReport.TargetReport target, ExportReport.FileReport file) {
    String above = target.captures().isEmpty() ? "" : target.place() + "/";
    return escaped(
        file.path().startsWith(above) ? file.path().substring(above.length()) : file.path());
  }

  private static Optional<Instant[]> bounds(ExportReport.TargetReport target) {
    List<Instant> all = new ArrayList<>();
    for (ExportReport.FileReport file : target.files()) {
      file.bounds()
          .ifPresent(bounds -> {
            all.add(instant(bounds.minMicros()));
            all.add(instant(bounds.maxMicros()));
          });
    }
    all.sort(null);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Instant[] {all.getFirst(), all.getLast()});
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Answers the day alone for a midnight. */
  private static String moment(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.DAYS)) ? DAY.format(time) : SECOND.format(time);
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= THOUSAND && unit < UNITS.length - 1) {
      value /= THOUSAND;
      unit++;
    }
    String pattern = unit == 0 || value >= TEN * TEN ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, pattern, value, UNITS[unit]);
  }

  /** Answers the report as one JSON object, as {@code docs/format/export-summary.md} says. */
  public static JsonObject json(ExportReport report) {
    List<Json> patterns = new ArrayList<>();
    for (ExportReport.PatternReport pattern : report.patterns()) {
      patterns.add(
          JsonObject.builder()
              .put("pattern", pattern.pattern())
              .put(
                  "targets",
                  new JsonArray(pattern.targets().stream().<Json>map(ExportSummary::json).toList()))
              .build());
    }
    return JsonObject.builder()
        .put("version", JSON_VERSION)
        .put("directory", report.directory().toString())
        .put("files", report.files().count())
        .put("rows", report.files().mapToLong(ExportReport.FileReport::rows).sum())
        .put("bytes", report.files().mapToLong(ExportReport.FileReport::sizeBytes).sum())
        .put("patterns", new JsonArray(patterns))
        .put("removed", report.removed())
        .putNullable("stopped", report.stopped().map(PondException::getMessage).orElse(null))
        .build();
  }

  private static JsonObject json(ExportReport.TargetReport target) {
    return JsonObject.builder()
        .put("target", target.path().toString())
        .put("captures", target.captures())
        .put("rows", target.rows())
        .put(
            "files", new JsonArray(target.files().stream().<Json>map(ExportSummary::json).toList()))
        .putNullable("failure", target.failure().map(PondException::getMessage).orElse(null))
        .build();
  }

  private static JsonObject json(ExportReport.FileReport file) {
    return JsonObject.builder()
        .put("path", file.path())
        .put("rows", file.rows())
        .put("bytes", file.sizeBytes())
        .putNullable("sha256", file.hash().map(hash -> hash.hex()).orElse(null))
        .putNullable("start_us", file.span().map(span -> span.fromMicros()).orElse(null))
        .putNullable("end_us", file.span().map(span -> span.toMicros()).orElse(null))
        .putNullable("min_us", file.bounds().map(bounds -> bounds.minMicros()).orElse(null))
        .putNullable("max_us", file.bounds().map(bounds -> bounds.maxMicros()).orElse(null))
        .put("outcome", file.outcome().word())
        .build();
  }
}
