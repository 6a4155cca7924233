package dev.duckpond.query;

import dev.duckpond.tinyfs.PondException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Unites the columns of files by name, without regard to letter case, as the SQL engine does, and
 * refuses what the engine would unite at the cost of sense: text with numbers, times with flags.
 *
 * <p>Numbers widen: an integer beside a double is a double, and decimals get the digits of both, up
 * to {@value DecimalUnion#MAX_DIGITS} of them. A column that some files lack is NULL there.
 * Collects; one thread only.
 */
final class SchemaUnion {
  private final Map<String, Seen> columns = new LinkedHashMap<>();

  /**
   * What is known of a column, and where from.
   *
   * @param digits that all types so far need; empty when one of them is no exact number
   */
  private record Seen(RelationColumn column, String label, Optional<DecimalUnion> digits) {
    static Seen of(RelationColumn column, String label) {
      return new Seen(column, label, DecimalUnion.of(column.type()));
    }
  }

  /**
   * Adds the columns of a file.
   *
   * @param label what errors call the file
   * @throws PondException.Invalid naming column, types and files when one does not fit
   */
  void add(RelationShape shape, String label) {
    Optional<String> time = shape.time().map(RelationShape.StoredTime::column);
    for (RelationColumn column : shape.columns()) {
      boolean isTime = time.isPresent() && time.get().equalsIgnoreCase(column.name());
      RelationColumn normal = isTime ? new RelationColumn(column.name(), "TIMESTAMP") : column;
      Seen seen = columns.putIfAbsent(key(column), Seen.of(normal, label));
      if (seen == null) {
        continue;
      }
      String before = seen.column().type();
      if (!fits(before, normal.type())) {
        throw new PondException.Invalid(
            "'" + label + "' does not fit '" + seen.label() + "'",
            "its column '" + column.name() + "' is " + normal.type() + ", there it is " + before,
            "Convert the column to " + before + ", or give it another name.");
      }
      if (family(before).equals("NULL")) {
        columns.put(key(column), Seen.of(normal, label));
      } else if (!family(normal.type()).equals("NULL")) {
        columns.put(key(column), widened(seen, normal, label));
      }
    }
  }

  private static Seen widened(Seen seen, RelationColumn column, String label) {
    Optional<DecimalUnion> both =
        seen.digits().flatMap(digits -> DecimalUnion.of(column.type()).map(digits::with));
    if (both.isPresent() && !both.get().fits()) {
      String there =
          seen.digits()
              .filter(DecimalUnion::isDecimal)
              .map(DecimalUnion::type)
              .orElse(seen.column().type());
      throw new PondException.Invalid(
          "'" + label + "' does not fit '" + seen.label() + "'",
          "its column '"
              + column.name()
              + "' is "
              + column.type()
              + ", there it is "
              + there
              + ", and both together need more than "
              + DecimalUnion.MAX_DIGITS
              + " digits",
          "Convert the column to " + there + ", or give it another name.");
    }
    return new Seen(seen.column(), seen.label(), both);
  }

  private static String key(RelationColumn column) {
    return column.name().toLowerCase(Locale.ROOT);
  }

  private static boolean fits(String a, String b) {
    String first = family(a);
    String second = family(b);
    return first.equals(second) || first.equals("NULL") || second.equals("NULL");
  }

  /** Types of one family unite; a type of no known family unites with itself. */
  private static String family(String type) {
    if (RelationColumn.isNumber(type) || type.equals("BIGNUM")) {
      return "number";
    }
    if (type.startsWith("TIMESTAMP") || type.equals("DATE")) {
      return "time";
    }
    if (type.startsWith("ENUM")) {
      return "VARCHAR";
    }
    return type.equals("\"NULL\"") ? "NULL" : type;
  }
}
