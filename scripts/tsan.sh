#!/usr/bin/env bash
# Builds the test of the packet path with ThreadSanitizer and runs it. Ends with 0 when no data race was found.
#
# Only the packet path: Node is not built for ThreadSanitizer, so it cannot watch the addon as a whole.
# Without the endurance tests, which have one thread and many hours of packets.
set -euo pipefail
cd "$(dirname "$0")/.."

prefix=$(bash scripts/build-pjsip.sh | tail -n 1)
make -s -j"$(nproc)" -C src/node-pjsua2/native check PJSIP_PREFIX="$prefix" SANITIZE=thread >&2
# Without randomised addresses, which on newer kernels are more random than ThreadSanitizer can handle.
TSAN_OPTIONS=halt_on_error=1 setarch -R src/node-pjsua2/build/Tsan/packet-path-test --source-file-exclude='*endurance_test.cc'
