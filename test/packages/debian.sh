#!/usr/bin/env bash
# Prints the folder of a Debian 13 with what the package depends on, which a test then boots and installs it on.
set -euo pipefail
. "$(dirname "$0")/../../scripts/lib/debian-13.sh"
debian_with systemd-sysv dbus iproute2 nodejs libopus0 libsrtp2-1 libspeexdsp1 libasound2t64 libuuid1
printf '%s\n' "$debian_root"
