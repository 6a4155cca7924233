#!/bin/sh
# Downsampling against the engine's own query, cold and after an append: benchmarks/reduce.sh [ROWS]
# Default 50000000, which needs 3 GB in $TMPDIR.
exec "$(dirname "$0")/run" ReduceBenchmark "${1:-50000000}"
