#!/usr/bin/env bash
# Sets up what is missing, runs all tests and ends with their count. Arguments are passed on to vitest. No nameserver answers meanwhile,
# since nothing may wait for one.
set -uo pipefail
cd "$(dirname "$0")/.."
bash scripts/set-up.sh --with-tests || exit 1
rm -f build/test-count
bash scripts/lib/silent-nameserver.sh npx vitest run "$@"
result=$?
cat build/test-count 2> /dev/null || echo 'The tests did not come to an end: see above.' >&2
exit $result
