#!/usr/bin/env bash
# Runs a command, and runs it again each time it ends with the code by which Modcall asks to be started anew. Ends with its last code.
set -u
again=75
ending=
told=
# A signal may come right after a start, before a variable has the number, or between two starts.
tell() {
  told=${!-}
  kill "-$1" "$told" 2> /dev/null
}
# Ctrl+C reaches the command by itself, since both are of the same terminal.
trap : INT
trap 'ending=1; tell TERM' TERM
trap 'tell HUP' HUP
code=$again
while [ "$code" -eq "$again" ] && [ -z "$ending" ]; do
  "$@" <&0 &
  child=$!
  [ -z "$ending" ] || [ "$told" = "$child" ] || tell TERM
  # A signal ends the waiting, not the command.
  while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2> /dev/null || break
  done
done
exit "$code"
