#!/usr/bin/env bash
# Measures the appliance, beside Asterisk if BENCH_DIR names one, or what the first word names: see test/bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:-} in
  page | settings-change | emergency-call | analog-delay)
    name=$1
    shift
    exec "test/bench/$name.sh" "$@"
    ;;
esac

readonly BUILD=build/bench
readonly NATIVE=test/bench/native
readonly CFLAGS=(-std=gnu11 -O2 -Wall -Wextra -Werror)

die() { printf 'bench: %s\n' "$*" >&2; exit 1; }

for tool in cc taskset chrt setsid; do
  command -v "$tool" >/dev/null || die "$tool is missing; install it with: apt-get install gcc util-linux"
done
[[ -f dist/cli/modcall.js ]] || die 'the appliance is not built yet; build it with: npm run setup && npm run build'

mkdir -p "$BUILD"
cc "${CFLAGS[@]}" -o "$BUILD/rtp-load" "$NATIVE"/{rtp-load,stream,arrivals,clock,g711}.c -lm
cc "${CFLAGS[@]}" -o "$BUILD/udp-relay" "$NATIVE/udp-relay.c"
npx --no-install tsc -p test/bench
exec node "$BUILD/test/bench/main.js" "$@"
