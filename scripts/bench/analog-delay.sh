#!/usr/bin/env bash
# Measures the delay between an analog telephone and a SIP telephone, both ways (analog-delay.ts). Takes three minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec node --input-type=module -e "import { runnerImport } from 'vite'; await runnerImport('./scripts/bench/analog-delay.ts', { logLevel: 'error' });"
