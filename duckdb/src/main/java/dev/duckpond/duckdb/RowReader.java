package dev.duckpond.duckdb;

/** Turns the current row of a cursor into a value. */
@FunctionalInterface
public interface RowReader<T> {
  /** Reads the row the cursor stands on, without moving it. */
  T read(Rows row);
}
