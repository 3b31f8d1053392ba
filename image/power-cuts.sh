#!/usr/bin/env bash
# Cuts the power of an emulated board a hundred times while it writes, for a nightly run: some hours, each cut takes a start of the box. Needs what
# npm run image has built. Ends with 0 when nothing confirmed was lost.
#
#   image/power-cuts.sh [CUTS]
set -euo pipefail
cd "$(dirname "$0")/.."
POWER_CUTS=${1:-100} exec npx vitest run --config image/test/vitest.config.ts image/test/power-cut.test.ts
