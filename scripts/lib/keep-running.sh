#!/usr/bin/env bash
# Runs a command, and runs it again each time it ends with the code by which Modcall asks to be started anew. Ends with its last code.
set -u
again=75
child=
# Ctrl+C reaches the command by itself, since both are of the same terminal.
trap : INT
trap 'kill -TERM "$child" 2> /dev/null' TERM
trap 'kill -HUP "$child" 2> /dev/null' HUP
code=$again
while [ "$code" -eq "$again" ]; do
  "$@" <&0 &
  child=$!
  # A signal ends the waiting, not the command.
  while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2> /dev/null || break
  done
done
exit "$code"
