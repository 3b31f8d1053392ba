#!/usr/bin/env bash
# Measures how long an emergency call takes while two trunks fill the box with calls: see test/bench/README.md. Runs ahead of other sessions.
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v sipp >/dev/null || { printf 'emergency-call: sipp is missing; install it with: apt-get install sip-tester\n' >&2; exit 1; }
npx --no-install tsc -p test/bench
exec setsid --wait test/bench/ahead.sh "0-$(($(nproc) - 1))" node build/bench/test/bench/emergency-call.js
