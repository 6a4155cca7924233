#!/usr/bin/env bash
# Collects a year of readings every 15 minutes of 20 devices (700 800 rows, 2.8 million readings) from the service
# that 'pond dev hydrovu-server' plays, into an empty pond: seconds and peak memory of the collecting process.
#
# Measured with two cores shared by others, heap and limits as the launcher sets them: 56 s in 280 transactions,
# peak 225 MiB; a second run, which finds nothing new, 1.9 s with start-up.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly DEVICES=20
launchers=(cli/target/duckpond-*/bin/pond)
pond=$PWD/${launchers[-1]}
[[ -x $pond ]] || { echo "no distribution: run ./pond --version first" >&2; exit 1; }

work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"
export POND=$work/pond HYDROVU_CLIENT_ID=demo HYDROVU_CLIENT_SECRET=demo

"$pond" init --quiet
"$pond" sql "SELECT TIMESTAMP '2025-01-01' + to_minutes((i*15)::INT) AS timestamp,
  sin(i/96.0)*5+14 AS \"Temperature.C\", i*0.001 AS \"Depth.m\", 30+cos(i/50.0) AS \"Salinity.psu\",
  8+sin(i/30.0) AS \"DO.mg/L\" FROM range(35040) t(i)" --format parquet >one.parquet
for ((i = 1; i <= DEVICES; i++)); do
  mkdir -p "data/$((1000 + i))"
  cp one.parquet "data/$((1000 + i))/dev$i.series"
done
"$pond" dev hydrovu-server --data data >node.yaml &
server=$!
until grep -q "dev$DEVICES" node.yaml; do sleep 0.2; done
"$pond" mkdir -p /system/run
"$pond" mknod hydrovu /system/run/all --config-path node.yaml

for run in first second; do
  python3 - "$run" "$pond" run all <<'PYTHON'
import resource, subprocess, sys, time
start = time.time()
subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"{sys.argv[1]} run: {time.time() - start:.1f} s, peak {peak} MiB")
PYTHON
done
