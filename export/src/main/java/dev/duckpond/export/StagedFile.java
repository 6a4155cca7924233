package dev.duckpond.export;

import java.nio.file.Path;

/** A complete, durable file in staging, and what it is to become. */
record StagedFile(Path place, ExportedFile file) {}
