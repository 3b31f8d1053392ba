#!/usr/bin/env bash
# Measures what a change of the settings costs the calls that run: see test/bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."

mkdir -p build/bench
cc -std=gnu11 -O2 -Wall -Wextra -Werror -o build/bench/rtp-load test/bench/native/{rtp-load,stream,arrivals,clock,g711}.c -lm
npx --no-install tsc -p test/bench
exec node build/bench/test/bench/settings-change.js
