#!/usr/bin/env bash
# Builds PJSIP and node-pjsua2 with AddressSanitizer, closes TCP and TLS listeners during calls, and hangs up some hundred calls at random
# moments.
# Ends with 0 when no memory error was found and nothing was left over.
#
#   scripts/asan.sh [calls] [seed]
set -euo pipefail
cd "$(dirname "$0")/.."

prefix=$(SANITIZE=address bash scripts/build-pjsip.sh | tail -n 1)
make -s -j"$(nproc)" -C src/node-pjsua2/native PJSIP_PREFIX="$prefix" SANITIZE=address >&2
node_modules/.bin/tsc -p test/native/support/programs

# Node and V8 free nothing when they end, so leaks are not reported.
run() { # program, arguments
  LD_PRELOAD=$(gcc -print-file-name=libasan.so) \
    ASAN_OPTIONS=detect_leaks=0:abort_on_error=0:halt_on_error=1 \
    NODE_PJSUA2_BINARY=$PWD/src/node-pjsua2/build/Asan/node_pjsua2.node \
    node "build/native-programs/test/native/support/programs/$1.js" "${@:2}"
}

run tcp-ends
run exit 1500
run stress "$@"
