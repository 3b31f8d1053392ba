#!/usr/bin/env bash
# Runs a command on one core and ahead of the programs of other sessions: ahead.sh CORE COMMAND…
#
# To be started by setsid: the weight of a session (sched(7), "autogroup") decides against neighbours, a nice value only within it.
# Real-time priority would do as well, but there threads of one program keep each other waiting for 100 ms, which they do not do in use.
set -euo pipefail
core=$1
shift
{ echo -20 >/proc/self/autogroup; } 2>/dev/null || true
exec taskset -c "$core" "$@"
