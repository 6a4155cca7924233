package dev.duckpond.duckdb;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.time.Instant;

/** Collects a longer piece of SQL part by part, with nothing put in between. One thread only. */
public final class SqlBuilder {
  private final StringBuilder text = new StringBuilder();

  /** Appends SQL written in the program. */
  public SqlBuilder text(@CompileTimeConstant String constant) {
    text.append(constant);
    return this;
  }

  /** Appends a quoted identifier. */
  public SqlBuilder identifier(String name) {
    return append(Sql.identifier(name));
  }

  /** Appends quoted text. */
  public SqlBuilder literal(String value) {
    return append(Sql.literal(value));
  }

  /** Appends an integer. */
  public SqlBuilder literal(long value) {
    return append(Sql.literal(value));
  }

  /** Appends a DOUBLE. */
  public SqlBuilder literal(double value) {
    return append(Sql.literal(value));
  }

  /** Appends TRUE or FALSE. */
  public SqlBuilder literal(boolean value) {
    return append(Sql.literal(value));
  }

  /** Appends a TIMESTAMP in UTC. */
  public SqlBuilder literal(Instant value) {
    return append(Sql.literal(value));
  }

  /** Appends a fragment. */
  public SqlBuilder append(Sql fragment) {
    text.append(fragment);
    return this;
  }

  /** Returns what was collected; the builder can go on. */
  public Sql build() {
    return Sql.checked(text.toString());
  }
}
