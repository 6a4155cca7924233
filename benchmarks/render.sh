#!/bin/sh
# Rendering pages of 50 files each, a tenth of them and all: benchmarks/render.sh [PAGES]
# Default 10000.
exec "$(dirname "$0")/run" RenderBenchmark "${1:-10000}"
