#!/bin/sh
# Export against the engine's own partitioned COPY: benchmarks/export.sh [ROWS [ordered|shuffled]]
# Default 50000000 ordered, which needs 6 GB in $TMPDIR.
exec "$(dirname "$0")/run" ExportBenchmark "${1:-50000000}" "${2:-ordered}"
