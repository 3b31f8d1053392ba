#!/usr/bin/env bash
# Keeps the appliance busy for a real hour: 2,000 calls with random hang-ups, holds, transfers and monitors, beside two calls that last
# 70 minutes and whose every packet is counted. Ends with 0 when nothing was lost, nothing failed and nothing grew.
#
#   scripts/soak.sh [--minutes 70] [--calls 2000] [--call-minutes 60] [--seed 1] [--output build/soak]
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/set-up.sh
node_modules/.bin/tsc -p test/soak
# The programs look for the appliance next to their own folder, as their sources do.
mkdir -p build/soak-programs && ln -sfn ../../dist build/soak-programs/dist
exec node build/soak-programs/test/soak/main.js "$@"
