#!/usr/bin/env bash
# Sets up what is missing and starts the appliance on the simulated board, anew whenever it asks for that. Arguments are passed on to `modcall start`.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
bash "$here/scripts/set-up.sh"
exec bash "$here/scripts/lib/keep-running.sh" "$here/dist/cli/modcall.js" start "$@"
