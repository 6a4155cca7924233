/** Export of relations as Hive-partitioned Parquet. */
@NullMarked
package dev.duckpond.export;

import org.jspecify.annotations.NullMarked;
