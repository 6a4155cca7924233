#!/bin/sh
# What a join costs for each of its inputs: benchmarks/join.sh [ROWS [MEMORY [INPUTS…]]]
# Default 1000000 4GB 2 5 10 20; ratios are to the first number of inputs, 1.0 being linear.
rows=${1:-1000000}
memory=${2:-4GB}
[ $# -gt 2 ] && shift 2 || set -- 2 5 10 20
exec "$(dirname "$0")/run" JoinBenchmark "$rows" "$memory" "$@"
