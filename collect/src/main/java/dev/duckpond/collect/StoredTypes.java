package dev.duckpond.collect;

import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.SeriesTarget;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The types that the columns of a series have so far, by their names without regard to letter case.
 */
record StoredTypes(Map<String, String> types) {
  /** Of something that is not there yet. */
  static final StoredTypes NONE = new StoredTypes(Map.of());

  static final String TEXT = "VARCHAR";

  private static final Set<String> FLOATS = Set.of("DOUBLE", "FLOAT");

  /** How whole numbers of more than 64 bits are kept. */
  private static final Pattern WIDE = Pattern.compile("DECIMAL\\(\\d+,0\\)");

  StoredTypes {
    types = Map.copyOf(types);
  }

  static StoredTypes of(QuerySession session, SeriesTarget target) {
    if (target.versions().isEmpty()) {
      return NONE;
    }
    Map<String, String> types = new HashMap<>();
    for (RelationColumn column : session.relation(target.path(), target.versions()).columns()) {
      types.put(column.name().toLowerCase(Locale.ROOT), column.type());
    }
    return new StoredTypes(types);
  }

  /** Tells whether a column is there. */
  boolean has(String column) {
    return types.containsKey(column.toLowerCase(Locale.ROOT));
  }

  /** Tells whether a column is there, and holds text. */
  boolean isText(String column) {
    return TEXT.equals(types.get(column.toLowerCase(Locale.ROOT)));
  }

  /** Tells whether a column is there, and holds numbers. */
  boolean isNumber(String column) {
    String type = types.get(column.toLowerCase(Locale.ROOT));
    return type != null && isNumberType(type);
  }

  /** Tells whether a column is there, and holds whole numbers. */
  boolean isInteger(String column) {
    String type = types.get(column.toLowerCase(Locale.ROOT));
    return type != null && isIntegerType(type);
  }

  /** Finds the type of a column that is there and holds numbers that may have fractions. */
  Optional<String> findFraction(String column) {
    return Optional.ofNullable(types.get(column.toLowerCase(Locale.ROOT)))
        .filter(type -> isNumberType(type) && !isIntegerType(type));
  }

  static boolean isFloatType(String type) {
    return FLOATS.contains(type);
  }

  static boolean isNumberType(String type) {
    return isFloatType(type) || isIntegerType(type) || type.startsWith("DECIMAL");
  }

  static boolean isIntegerType(String type) {
    return type.endsWith("INT") || type.endsWith("INTEGER") || WIDE.matcher(type).matches();
  }
}
