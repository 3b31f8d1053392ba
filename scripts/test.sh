#!/usr/bin/env bash
# Sets up what is missing, runs all tests and ends with their count. Arguments are passed on to vitest. No nameserver answers meanwhile,
# since nothing may wait for one.
#
# Most tests wait for calls in real time, so two runs go side by side, each in a network of its own: the ports of one are not in the
# other's way. With arguments there is one run.
set -uo pipefail
cd "$(dirname "$0")/.."

readonly COUNTS=build/test-counts

run() { bash scripts/lib/silent-nameserver.sh npx vitest run "$@"; }

# Of several runs: without a terminal each file is one line, and those of the two can mix.
run_beside() { run "$@" 2>&1 | cat; }

sum_of_counts() { # number of runs
  awk -v runs="$1" '
    { passed += $1; failed += $3; skipped += $5 }
    END { if (NR != runs) exit 1; printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$COUNTS" 2> /dev/null
}

bash scripts/set-up.sh --with-tests || exit 1
rm -f "$COUNTS"
if [ $# -gt 0 ]; then
  runs=1
  run "$@"
  result=$?
else
  runs=2
  run_beside --project e2e &
  calls=$!
  run_beside --project unit --project contract --project native --project web
  result=$?
  wait "$calls" || result=1
fi
sum_of_counts "$runs" || {
  echo 'The tests did not come to an end: see above.' >&2
  result=1
}
exit $result
