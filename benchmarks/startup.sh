#!/usr/bin/env bash
# Measures whole processes of the pond command, warm: the median and the best of ten, in milliseconds of
# wall clock and of processor time, with and without the start-up cache.
#
#   benchmarks/startup.sh                      the table
#   POND=/path/to/a/pond benchmarks/startup.sh also commands that need a pond
set -euo pipefail
cd "$(dirname "$0")/.."

readonly RUNS=10
launchers=(cli/target/duckpond-*/bin/pond)
pond=$PWD/${launchers[-1]}
[[ -x $pond ]] || { echo "no distribution: run ./pond --version first" >&2; exit 1; }

cache=$(mktemp -d)
trap 'rm -rf "$cache"' EXIT
export XDG_CACHE_HOME=$cache

# Prints "wall cpu" of one run, in milliseconds.
once() {
  local TIMEFORMAT='%R %U %S'
  { time "$@" >/dev/null 2>&1 </dev/null; } 2>&1 | awk '{ printf "%.0f %.0f\n", $1 * 1000, ($2 + $3) * 1000 }'
}

measure() {
  local name=$1 i
  shift
  for i in 1 2; do once "$@" >/dev/null; done
  for ((i = 0; i < RUNS; i++)); do once "$@"; done >"$cache/runs"
  local wall cpu
  wall=$(sort -n "$cache/runs" | awk '{ w[NR] = $1 } END { printf "%6d %6d", w[int((NR + 1) / 2)], w[1] }')
  cpu=$(sort -n -k 2 "$cache/runs" | awk '{ w[NR] = $2 } END { printf "%6d", w[int((NR + 1) / 2)] }')
  printf '%-34s %s %s\n' "$name" "$wall" "$cpu"
}

commands() {
  local mark=$1
  measure "--help $mark" "$pond" --help
  measure "--version $mark" "$pond" --version
  measure "config list $mark" "$pond" config list
  if [[ -n ${POND:-} ]]; then
    measure "list $mark" "$pond" list
    measure "cat --sql 'SELECT 1' $mark" "$pond" cat --sql 'SELECT 1'
  fi
}

"$pond" help list >/dev/null
for _ in {1..120}; do
  compgen -G "$cache/pond/*.aot" >/dev/null && break
  sleep 1
done

printf '%-34s %6s %6s %6s   (ms, %s runs, %s processors, load %s)\n' command median best cpu \
  "$RUNS" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"
commands ''
export POND_NO_AOT=1
commands '(no cache)' # --help and --version do without it always
