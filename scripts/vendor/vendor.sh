#!/usr/bin/env bash
# The vendor's licence tool; see README.md beside this file.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../../node_modules/.bin/tsc" -p "$here"
exec node "$here/dist/scripts/vendor/main.js" "$@"
