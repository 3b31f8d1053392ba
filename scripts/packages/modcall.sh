#!/bin/sh
# The command line of the installed Modcall. What root makes in the data folder has to belong to the box: root becomes the box's user,
# who may meanwhile read and write files everywhere, as root may.
program=/usr/lib/modcall/dist/cli/modcall.js
if [ "$(id -u)" = 0 ]; then
  exec setpriv --reuid=modcall --regid=modcall --init-groups --inh-caps=+dac_override --ambient-caps=+dac_override -- "$program" "$@"
fi
exec "$program" "$@"
