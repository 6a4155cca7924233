package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Becomes;
import dev.duckpond.collect.InboxConfig.LongForm;
import dev.duckpond.collect.InboxConfig.Sign;
import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.config.Field;
import dev.duckpond.config.Fields;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shapes;
import dev.duckpond.formats.ConversionOptions;
import dev.duckpond.formats.ConversionOptions.Ambiguous;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.CaptureTemplate;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the configuration of {@code inbox} is written. */
final class InboxShape {
  private static final Field<String> NAME =
      Field.required("name", Shapes.text(), "The column of what was measured.");
  private static final Field<String> VALUE =
      Field.required("value", Shapes.text(), "The column of the value.");
  private static final Field<String> OFFSET =
      Field.optional("offset", Shapes.text(), "The column of a correction of the value.");
  private static final Field<Sign> SIGN =
      Field.optional(
          "sign",
          Shapes.oneOf(words("add", Sign.ADD, "subtract", Sign.SUBTRACT)),
          Sign.ADD,
          Json.of("add"),
          "What to do with the correction.");
  private static final ObjectShape<LongForm> LONG =
      ObjectShape.of(
          "a long form",
          List.of(NAME, VALUE, OFFSET, SIGN),
          fields ->
              new LongForm(
                  fields.value(NAME),
                  fields.value(VALUE),
                  fields.find(OFFSET),
                  fields.value(SIGN)));

  private static final Field<HostGlob> PATTERN =
      Field.required(
          "pattern",
          Shapes.parsed("an absolute pattern of files", HostGlob::parse),
          "Which files of this machine.");
  private static final Field<String> FORMAT =
      Field.required(
          "format",
          Shapes.text(),
          "How to read them: csv, ndjson, jsonlogs, weblog, oteljson, excelhtml, parquet or data;"
              + " +gzip, +zstd or +bzip2 behind it when they are packed.");
  private static final Field<Map<String, String>> OPTIONS =
      Field.optional(
          "options",
          Shapes.mapOf(Shapes.text(), 0),
          Map.of(),
          JsonObject.builder().build(),
          "Options of the format, as in URLs.");
  private static final Field<String> TO =
      Field.required("to", Shapes.text(), "The path in the pond; $0 is the first capture.");
  private static final Field<Becomes> AS =
      Field.optional(
          "as",
          Shapes.oneOf(becomes()),
          Becomes.SERIES,
          Json.of("series"),
          "What the files become.");
  private static final Field<LongForm> LONG_FORM =
      Field.optional("long", LONG, "Where each value has a row of its own.");
  private static final Field<String> TIME_COLUMN =
      Field.optional("time_column", Shapes.text(), "The column of the time, if it is not found.");
  private static final Field<ZoneId> ZONE =
      Field.optional("timezone", CollectShapes.zone(), "The zone of times that say none.");
  private static final Field<Ambiguous> AMBIGUOUS =
      Field.optional(
          "ambiguous",
          Shapes.oneOf(words("earlier", Ambiguous.EARLIER, "later", Ambiguous.LATER)),
          "Which instant a local time means that the clocks showed twice, where the order of rows"
              + " does not tell, or skipped.");
  private static final Field<Duplicates> ON_DUPLICATE =
      Field.optional(
          "on_duplicate",
          Shapes.oneOf(duplicates()),
          Duplicates.LAST,
          Json.of("last"),
          "Which of two values of an instant counts.");
  private static final ObjectShape<Source> SOURCE =
      ObjectShape.of(
          "a source",
          List.of(
              PATTERN,
              FORMAT,
              OPTIONS,
              TO,
              AS,
              LONG_FORM,
              TIME_COLUMN,
              ZONE,
              AMBIGUOUS,
              ON_DUPLICATE),
          InboxShape::source);

  private static final Field<List<Source>> SOURCES =
      Field.required("sources", Shapes.listOf(SOURCE, 1), "The files, by kind.");
  private static final Field<Path> ARCHIVE_TO =
      Field.optional(
          "archive_to",
          Shapes.parsed("an absolute path", InboxShape::parseDirectory),
          "Where files are moved once they are in; by default they stay.");
  private static final Field<Duration> STALE_AFTER = CollectShapes.staleAfter();

  static final ObjectShape<InboxConfig> SHAPE =
      ObjectShape.of("an inbox", List.of(SOURCES, ARCHIVE_TO, STALE_AFTER), InboxShape::config);

  private InboxShape() {}

  private static InboxConfig config(Fields fields) {
    List<Source> sources = fields.value(SOURCES);
    Optional<Path> archive = fields.find(ARCHIVE_TO);
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      if (archive.isPresent() && source.glob().reaches(archive.get())) {
        fields.mistake(
            ARCHIVE_TO,
            "'" + archive.get() + "' is among the folders of '" + source.glob().pattern() + "'",
            "Name a folder in which the pattern does not look.");
      }
      for (Source other : sources.subList(0, i)) {
        requireCompatible(fields, other, source);
      }
    }
    return new InboxConfig(sources, archive, fields.value(STALE_AFTER));
  }

  /** Reports two sources of one place that would undo each other. */
  private static void requireCompatible(Fields fields, Source first, Source second) {
    if (!first.to().toString().equals(second.to().toString())) {
      return;
    }
    if (first.becomes() != second.becomes()) {
      fields.mistake(
          SOURCES,
          "two sources make different things of '" + first.to() + "'",
          "Give them the same 'as', or different places.");
    } else if (first.glob().pattern().toString().equals(second.glob().pattern().toString())) {
      fields.mistake(
          SOURCES,
          "two sources bring the files of '" + first.glob().pattern() + "' to '" + first.to() + "'",
          "Leave one of them out.");
    }
  }

  private static Source source(Fields fields) {
    HostGlob glob = fields.value(PATTERN);
    int captures = glob.pattern().captureCount();
    CaptureTemplate to = CaptureTemplate.parse(fields.value(TO), captures);
    if (!fields.value(TO).contains("$")) {
      PondPath.of(fields.value(TO));
    }
    Becomes becomes = fields.value(AS);
    PondUrl format;
    try {
      format = format(fields);
    } catch (PondException.Usage e) {
      throw InboxAdvice.of(e);
    }
    Optional<LongForm> longForm = fields.find(LONG_FORM);
    if (longForm.isPresent() && becomes == Becomes.DATA) {
      fields.mistake(LONG_FORM, "data has no rows", "Leave out 'long', or 'as: data'.");
    }
    if (becomes != Becomes.DATA && format.format() == PondUrl.Format.DATA) {
      fields.mistake(FORMAT, "data has no rows", "Write 'as: data', or name the format.");
    }
    boolean isShaped = longForm.isPresent() || fields.find(ZONE).isPresent();
    if (fields.has(ON_DUPLICATE) && becomes != Becomes.SERIES && !isShaped) {
      fields.mistake(
          ON_DUPLICATE,
          "the newest file takes the place of the others, as it is",
          "Leave out 'on_duplicate', or 'as'.");
    }
    return new Source(
        glob,
        format,
        to,
        becomes,
        longForm,
        fields.find(TIME_COLUMN),
        fields.find(ZONE),
        fields.find(AMBIGUOUS).orElse(Ambiguous.REFUSED),
        fields.value(ON_DUPLICATE));
  }

  /** Reads format and options as part of a URL, which knows what goes with what. */
  private static PondUrl format(Fields fields) {
    Map<String, String> options = new LinkedHashMap<>(fields.value(OPTIONS));
    PondUrl url = PondUrl.parse("host+" + fields.value(FORMAT) + ":///file");
    boolean readsZones =
        url.format() == PondUrl.Format.EXCELHTML || url.format() == PondUrl.Format.JSONLOGS;
    if (readsZones) {
      fields.find(ZONE).ifPresent(zone -> options.put(ConversionOptions.TIMEZONE, zone.getId()));
      fields
          .find(AMBIGUOUS)
          .ifPresent(side ->
              options.put(ConversionOptions.AMBIGUOUS, side.name().toLowerCase(Locale.ROOT)));
    }
    if (readsZones || url.format() == PondUrl.Format.CSV) {
      fields.find(TIME_COLUMN).ifPresent(name -> options.put(ConversionOptions.TIME_COLUMN, name));
    }
    PondUrl whole =
        new PondUrl(
            url.place(), url.format(), url.compression(), url.treatment(), url.path(), options);
    // Checks the options.
    return PondUrl.parse(whole.toString());
  }

  private static Path parseDirectory(String text) {
    if (!text.startsWith("/")) {
      throw new PondException.Usage(
          "'" + text + "' is no absolute path", "a node has no working directory", "");
    }
    return Path.of(text).normalize();
  }

  private static Map<String, Becomes> becomes() {
    Map<String, Becomes> words = new LinkedHashMap<>();
    words.put("series", Becomes.SERIES);
    words.put("table", Becomes.TABLE);
    words.put("data", Becomes.DATA);
    return words;
  }

  private static Map<String, Duplicates> duplicates() {
    Map<String, Duplicates> words = new LinkedHashMap<>();
    words.put("last", Duplicates.LAST);
    words.put("first", Duplicates.FIRST);
    words.put("error", Duplicates.ERROR);
    return words;
  }

  private static <T> Map<String, T> words(String first, T one, String second, T two) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(first, one);
    words.put(second, two);
    return words;
  }
}
