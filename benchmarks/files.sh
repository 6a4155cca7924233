#!/bin/sh
# What many files in one transaction cost: benchmarks/files.sh [FILES [BYTES]]   (default 20000 2000)
exec "$(dirname "$0")/run" FilesBenchmark "${1:-20000}" "${2:-2000}"
