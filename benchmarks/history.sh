#!/bin/sh
# What a long history costs: benchmarks/history.sh [TRANSACTIONS…]   (default 200 2000)
[ $# -gt 0 ] || set -- 200 2000
exec "$(dirname "$0")/run" HistoryBenchmark "$@"
