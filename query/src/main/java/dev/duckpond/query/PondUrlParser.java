package dev.duckpond.query;

import dev.duckpond.query.PondUrl.Compression;
import dev.duckpond.query.PondUrl.Format;
import dev.duckpond.query.PondUrl.Place;
import dev.duckpond.query.PondUrl.Treatment;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one URL. */
final class PondUrlParser {
  private static final String SEPARATOR = "://";
  private static final String HOST = "host";
  private static final int HEX = 16;

  /** Words that begin addresses elsewhere. */
  private static final Set<String> NETWORK =
      Set.of("http", "https", "ftp", "ftps", "sftp", "ssh", "scp", "s3", "gs", "hdfs");

  private final String source;

  PondUrlParser(String source) {
    this.source = source;
  }

  PondUrl parse() {
    int separator = source.indexOf(SEPARATOR);
    if (separator < 0) {
      return bare();
    }
    String afterScheme = source.substring(separator + SEPARATOR.length());
    Scheme scheme = scheme(source.substring(0, separator));
    if (!afterScheme.startsWith("/")) {
      throw wrong(
          "after '" + SEPARATOR + "' comes an absolute path",
          "Write '" + source.substring(0, separator) + SEPARATOR + "/" + afterScheme + "'.");
    }
    int question = afterScheme.indexOf('?');
    String path = decode(question < 0 ? afterScheme : afterScheme.substring(0, question));
    Map<String, String> options =
        question < 0 ? Map.of() : options(afterScheme.substring(question + 1), scheme.format());
    if (scheme.place() == Place.HOST) {
      requireHostPath(path);
    }
    return new PondUrl(
        scheme.place(), scheme.format(), scheme.compression(), scheme.treatment(), path, options);
  }

  private PondUrl bare() {
    if (!source.startsWith("/")) {
      throw wrong("a pond path starts with '/'", "Write '/" + source + "'.");
    }
    return PondUrl.ofPath(source);
  }

  private record Scheme(Place place, Format format, Compression compression, Treatment treatment) {}

  private Scheme scheme(String text) {
    Deque<String> words =
        new ArrayDeque<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("\\+", -1)));
    Place place = Place.POND;
    if (words.getFirst().equals(HOST)) {
      place = Place.HOST;
      words.removeFirst();
    }
    Format format = words.isEmpty() ? Format.FILE : format(words.removeFirst());
    Compression compression = Compression.NONE;
    Treatment treatment = Treatment.ANY;
    for (String word : words) {
      Optional<Compression> packed = compression(word);
      if (packed.isPresent() && compression == Compression.NONE && treatment == Treatment.ANY) {
        compression = packed.get();
      } else if (isTreatment(word) && treatment == Treatment.ANY) {
        treatment = Treatment.valueOf(word.toUpperCase(Locale.ROOT));
      } else {
        throw wrongWord(word, packed.isPresent() || isTreatment(word));
      }
    }
    requirePackable(format, compression);
    return new Scheme(place, format, compression, treatment);
  }

  private Format format(String word) {
    for (Format format : Format.values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    if (NETWORK.contains(word)) {
      throw wrong(
          "pond reads files, nothing over a network",
          "Fetch it into a file, then read that: 'host+csv:///PATH', for instance.");
    }
    List<String> known = Arrays.stream(Format.values()).map(Format::word).toList();
    throw wrong(
        "'" + word + "' is not a format",
        DidYouMean.sentence(word, known, "Known formats are " + String.join(", ", known) + "."));
  }

  private static Optional<Compression> compression(String word) {
    return Arrays.stream(Compression.values())
        .filter(packed -> packed != Compression.NONE && packed.word().equals(word))
        .findFirst();
  }

  private static boolean isTreatment(String word) {
    return word.equals("table") || word.equals("series");
  }

  private PondException.Usage wrongWord(String word, boolean isKnown) {
    if (isKnown) {
      return wrong(
          "'" + word + "' stands twice or in the wrong place",
          "Write [host+]format[+compression][+type]" + SEPARATOR + "/path.");
    }
    List<String> known = List.of("gzip", "zstd", "bzip2", "table", "series");
    return wrong(
        "'" + word + "' is neither a compression nor a type",
        DidYouMean.sentence(
            word, known, "Compressions are gzip, zstd and bzip2, types are table and series."));
  }

  private void requirePackable(Format format, Compression compression) {
    if (compression != Compression.NONE && !format.isText()) {
      throw wrong(
          format.word() + " cannot be read through " + compression.word(),
          "Compressions go with "
              + Arrays.stream(Format.values())
                  .filter(Format::isText)
                  .map(Format::word)
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  private Map<String, String> options(String query, Format format) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw wrong(
            "'" + pair + "' is not of the form option=value",
            "Write '?delim=;&skip=2', for instance.");
      }
      String name = decode(pair.substring(0, equals)).toLowerCase(Locale.ROOT);
      List<String> known = ReadOptions.names(format);
      if (!known.contains(name)) {
        throw wrong(
            "'" + name + "' is not an option of " + format.word(),
            known.isEmpty()
                ? "It takes no options."
                : DidYouMean.sentence(
                    name, known, "Its options are " + String.join(", ", known) + "."));
      }
      if (options.put(name, decode(pair.substring(equals + 1))) != null) {
        throw wrong("the option '" + name + "' stands twice", "Leave one of them out.");
      }
    }
    ReadOptions.check(options);
    return options;
  }

  private void requireHostPath(String path) {
    try {
      if (!Path.of(path).isAbsolute()) {
        throw wrong(
            "the path of a file on this machine is absolute", "Write the path from the root on.");
      }
    } catch (InvalidPathException e) {
      throw wrong("this machine has no such paths", "Check the path.");
    }
  }

  private String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.write(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], HEX) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], HEX) : -1;
      if (high < 0 || low < 0) {
        throw wrong("a '%' is not followed by two hexadecimal digits", "Write '%25' for '%'.");
      }
      bytes.write(high * HEX + low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw wrong("its %-escapes are not UTF-8", "Write a letter as it is, or as its UTF-8 bytes.");
    }
  }

  private PondException.Usage wrong(String reason, String remedy) {
    return new PondException.Usage("'" + source + "' cannot be read", reason, remedy);
  }

  static String text(PondUrl url) {
    boolean isPlain =
        url.place() == Place.POND
            && url.format() == Format.FILE
            && url.treatment() == Treatment.ANY;
    if (isPlain && url.options().isEmpty() && !url.path().contains(SEPARATOR)) {
      return url.path();
    }
    List<String> words = new ArrayList<>();
    if (url.place() == Place.HOST) {
      words.add(HOST);
    }
    if (url.place() == Place.POND || url.format() != Format.FILE) {
      words.add(url.format().word());
    }
    if (url.compression() != Compression.NONE) {
      words.add(url.compression().word());
    }
    if (url.treatment() != Treatment.ANY) {
      words.add(url.treatment().name().toLowerCase(Locale.ROOT));
    }
    StringBuilder text = new StringBuilder(String.join("+", words));
    text.append(SEPARATOR).append(encode(url.path()));
    String before = "?";
    for (Map.Entry<String, String> option : url.options().entrySet()) {
      text.append(before).append(option.getKey()).append('=').append(encode(option.getValue()));
      before = "&";
    }
    return text.toString();
  }

  private static String encode(String text) {
    return text.replace("%", "%25").replace("?", "%3F").replace("&", "%26");
  }
}
