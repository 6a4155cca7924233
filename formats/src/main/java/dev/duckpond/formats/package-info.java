/**
 * Text formats that take time to read, turned into Parquet once: structured logs, logs of web
 * servers, telemetry, spreadsheets in HTML; and the compressions that files come in.
 */
@NullMarked
package dev.duckpond.formats;

import org.jspecify.annotations.NullMarked;
