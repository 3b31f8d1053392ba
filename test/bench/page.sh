#!/usr/bin/env bash
# Measures what the page costs the box and the browser, and how soon a moderator hears a call in it: see test/bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."

for tool in chromium janus; do
  command -v "$tool" >/dev/null || { printf 'page: %s is missing; install it with: apt-get install %s\n' "$tool" "$tool" >&2; exit 1; }
done
mkdir -p build/bench
cc -std=gnu11 -O2 -Wall -Wextra -Werror -o build/bench/rtp-load test/bench/native/{rtp-load,stream,arrivals,clock,g711}.c -lm
npx --no-install tsc -p test/bench
exec node build/bench/test/bench/page/main.js "$@"
