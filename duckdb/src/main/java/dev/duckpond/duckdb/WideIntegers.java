package dev.duckpond.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps integers beyond 64 bits exact in Parquet, which has no type for them: the engine would
 * write them as DOUBLE and lose their last digits.
 */
public final class WideIntegers {
  private static final Pattern WIDE = Pattern.compile("\\b(HUGEINT|UHUGEINT|BIGNUM)\\b");

  private WideIntegers() {}

  /**
   * Answers a query with the same rows, where columns of type HUGEINT are DECIMAL(38,0); a value
   * beyond is an error while it runs.
   *
   * @throws DuckException with kind CONVERSION for a column that cannot be written exactly
   */
  static Sql exact(DuckSession session, Sql select) {
    List<Column> columns = session.columns(select);
    boolean isWide = false;
    for (Column column : columns) {
      requireExact(column.name(), column.type());
      isWide |= isHuge(column.type());
    }
    if (!isWide) {
      return select;
    }
    List<Sql> names = new ArrayList<>();
    List<Sql> terms = new ArrayList<>();
    for (Column column : columns) {
      // Names of its own, for a query may give one name to several columns.
      Sql name = Sql.identifier("column" + names.size());
      names.add(name);
      terms.add(exact(name, column.type()).plus(" AS ").plus(Sql.identifier(column.name())));
    }
    return new SqlBuilder()
        .text("SELECT ")
        .append(Sql.list(terms, ", "))
        .text(" FROM (")
        .append(select)
        .text(") AS result(")
        .append(Sql.list(names, ", "))
        .text(")")
        .build();
  }

  /** Answers the value of a column as Parquet can hold it. */
  public static Sql exact(Sql value, String type) {
    return isHuge(type) ? Sql.of("CAST(").plus(value).plus(" AS DECIMAL(38,0))") : value;
  }

  private static boolean isHuge(String type) {
    return type.equals("HUGEINT");
  }

  /**
   * Checks that a column can be written exactly.
   *
   * @throws DuckException with kind CONVERSION when it cannot
   */
  public static void requireExact(String name, String type) {
    if (!isHuge(type) && WIDE.matcher(type).find()) {
      throw new DuckException(
          DuckException.Kind.CONVERSION,
          "Parquet cannot hold the column '"
              + name
              + "' exactly, it is "
              + type
              + ". Cast it, to DECIMAL(38,0) or VARCHAR for instance");
    }
  }
}
