package dev.duckpond.duckdb;

/** Says whether the columns that name the partition are written into the files as well. */
public enum KeepPartitionColumns {
  IN_FILES,
  IN_PATH_ONLY
}
