#!/usr/bin/env bash
# Runs a command as on a machine whose internet is down: there is no network but the loopback, the nameserver takes every question and
# answers none, and nobody else knows the machine's own name. The namespaces end with the command, and nothing outside changes.
#
#   scripts/lib/silent-nameserver.sh COMMAND [ARGUMENT…]
#
# This needs root. Without it, or where namespaces may not be made, the command runs as it is, which is reported.
set -euo pipefail

readonly ADDRESS=127.0.0.53

if [ "${1:-}" != --inside ]; then
  if [ "$(id -u)" -eq 0 ] && unshare --net --mount --uts true 2> /dev/null; then
    exec unshare --net --mount --uts "${BASH_SOURCE[0]}" --inside "$@"
  fi
  echo 'Not root, or no namespaces: the tests run with the nameserver of this machine, not with one that is silent.' >&2
  exec "$@"
fi
shift

ip link set lo up
hostname "modcall-test-$$"
configuration=$(mktemp)
echo "nameserver $ADDRESS" > "$configuration"
mount --bind "$configuration" /etc/resolv.conf
setpriv --pdeathsig KILL socat -u "UDP-RECV:53,bind=$ADDRESS" /dev/null &
nameserver=$!
trap 'kill "$nameserver"; rm "$configuration"' EXIT
"$@"
