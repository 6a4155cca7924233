package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondPath;
import java.time.Duration;

/**
 * Says which logs to take in.
 *
 * @param archived rotated files, which do not change any more, maybe compressed
 * @param active files that are being written
 * @param path the directory in the pond
 */
record LogConfig(HostGlob archived, HostGlob active, PondPath path, Duration staleAfter) {}
