#!/usr/bin/env bash
# Builds the test of the packet path with ThreadSanitizer and runs it. Ends with 0 when no data race was found.
#
# Only the packet path: Node is not built for ThreadSanitizer, so the addon as a whole cannot be watched by it.
# Without the tests of endurance, which have one thread and many hours of packets.
set -euo pipefail
cd "$(dirname "$0")/.."

prefix=$(bash scripts/build-pjsip.sh | tail -n 1)
make -s -j"$(nproc)" -C src/node-pjsua2/native check PJSIP_PREFIX="$prefix" SANITIZE=thread >&2
# Without randomised addresses: on newer kernels they are more random than ThreadSanitizer can bear.
TSAN_OPTIONS=halt_on_error=1 setarch -R src/node-pjsua2/build/Tsan/packet-path-test --source-file-exclude='*endurance_test.cc'
