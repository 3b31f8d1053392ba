#!/bin/bash
# Ends the program that started it, saying why, when its start does not come a step further in time, or is not done in time in all.
# A process of its own, for a start can be held up by what holds up its whole thread: loading a library, a disk that does not answer.
# No signal is heeded then, and nobody else could say what it is. Not a thread of Node: that takes ten times as long to start.
#
# $1 is said before the first step is known. $2 and $3 are how many tenths of a second a step and all of them may take.
# Each step is three lines: what to say, the same as JSON, and the log (empty for none).

# What is meant for the program does not end its watch; nobody may be there to read.
trap '' HUP INT TERM PIPE
umask 077
said=$1 longest_step=$2 longest=$3 json='' log='' ticks=0 total=0 waited=0

# How many tenths of a second the program has waited for a processor until now.
wait_of_program() {
  local nanoseconds=0
  { read -r _ nanoseconds _ <"/proc/$PPID/schedstat"; } 2>/dev/null
  printf '%d' $((nanoseconds / 100000000))
}

# Ticks, not a time: while a busy or suspended machine lets nothing run, this watch does not go on either. Nor does it for as
# long as others keep the program from running, which takes many times as long to load as this takes to count.
while ((ticks < longest_step && total < longest)); do
  if IFS= read -r -t 0.1 next; then
    said=$next ticks=0
    IFS= read -r json && IFS= read -r log || exit 0
  elif (($? > 128)); then
    before=$waited waited=$(wait_of_program)
    ticks=$((ticks + 1 - (waited - before))) total=$((total + 1 - (waited - before)))
    ((ticks >= 0)) || ticks=0
    ((total >= 0)) || total=0
  else
    exit 0
  fi
done

add_to_log() {
  local now
  TZ=UTC0 printf -v now '%(%Y-%m-%dT%H:%M:%S.000Z)T'
  mkdir -p "$(dirname "$log")"
  # A pipe in its place would hold this up, too, and a link may lead anywhere.
  [[ -L $log || (-e $log && ! -f $log) ]] && return
  printf '{"level":"fatal","time":"%s","msg":%s}\n' "$now" "$json" >>"$log" && sync "$log"
}

printf '%s\n' "$said" >&2
if [[ -n $log ]]; then
  add_to_log 2>/dev/null &
  # The disk that holds up the start may be that of the log.
  for _ in {1..10}; do
    kill -0 $! 2>/dev/null || break
    sleep 0.1
  done
fi
kill -KILL "$PPID"
