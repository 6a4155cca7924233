package dev.duckpond.factories.pages;

import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An exported file as templates see it.
 *
 * @param file below the directory of the export
 * @param startMillis since 1970; empty when nothing is known of times
 * @param endMillis exclusive
 */
public record PageFile(
    String file, OptionalLong startMillis, OptionalLong endMillis, long rows, long sizeBytes) {
  static final Comparator<PageFile> BY_TIME =
      Comparator.comparingLong((PageFile file) -> file.startMillis().orElse(Long.MIN_VALUE))
          .thenComparing(PageFile::file);

  private static final List<String> KEYS =
      List.of("end_time", "file", "rows", "size", "start_time");

  /** Answers it as an object, which is made anew each time: there may be a great many. */
  ObjectValue value() {
    return new Members(this);
  }

  private static Value time(OptionalLong millis) {
    return millis.isPresent() ? Value.integer(millis.getAsLong()) : Value.nothing();
  }

  private record Members(PageFile of) implements ObjectValue {
    @Override
    public Collection<String> keys() {
      return KEYS;
    }

    @Override
    public Optional<Value> find(String key) {
      return switch (key) {
        case "file" -> Optional.of(Value.text(of.file()));
        case "start_time" -> Optional.of(time(of.startMillis()));
        case "end_time" -> Optional.of(time(of.endMillis()));
        case "rows" -> Optional.of(Value.integer(of.rows()));
        case "size" -> Optional.of(Value.integer(of.sizeBytes()));
        default -> Optional.empty();
      };
    }
  }
}
