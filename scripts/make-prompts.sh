#!/usr/bin/env bash
# Speaks the texts of scripts/prompts into build/prompts: WAV, mono, 16 bit, 8000 Hz. Done again only when a text has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

out=build/prompts
stamp=$out/.made-from
texts=$(cat scripts/prompts/*.tsv "$0" | sha256sum)
[ "$(cat $stamp 2>/dev/null)" = "$texts" ] && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# speak VOICE FILE TEXT: silence at both ends cut, peaks at -6 dB, a short rest at the end
speak() {
  espeak-ng -v "$1" -s 155 -w "$work/speech.wav" "$3"
  sox "$work/speech.wav" -r 8000 -c 1 -b 16 -e signed-integer "$2" \
    silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse gain -n -6 pad 0 0.12
}

# Both sides of the demo conversation: while one speaks the other is silent, so that the two files keep time.
converse() {
  local language=$1 voice_caller=$2 voice_callee=$3 turn=0 side text other
  mkdir -p "$work/turns"; rm -f "$work"/turns/*
  while IFS=$'\t' read -r side text; do
    turn=$((turn + 1))
    other=$([ "$side" = caller ] && echo callee || echo caller)
    local voice=voice_$side name
    name=$(printf '%03d' "$turn")
    speak "${!voice}" "$work/turns/$name-$side.wav" "$text"
    sox "$work/turns/$name-$side.wav" "$work/turns/$name-$other.wav" gain -120
    sox -n -r 8000 -c 1 -b 16 "$work/turns/$name-$side-rest.wav" trim 0 0.6
    cp "$work/turns/$name-$side-rest.wav" "$work/turns/$name-$other-rest.wav"
  done < "scripts/prompts/demo-$language.tsv"
  for side in caller callee; do
    local parts=()
    for ((i = 1; i <= turn; i++)); do
      name=$(printf '%03d' "$i")
      parts+=("$work/turns/$name-$side.wav" "$work/turns/$name-$side-rest.wav")
    done
    sox "${parts[@]}" "$out/demo/$language-$side.wav"
  done
}

echo 'Making the spoken prompts (espeak-ng), German and English …'
mkdir -p "$out/de" "$out/en" "$out/demo"
for language in de en; do
  voice=$([ "$language" = de ] && echo de+f2 || echo en-gb+f2)
  while IFS=$'\t' read -r name text; do
    speak "$voice" "$out/$language/$name.wav" "$text"
  done < "scripts/prompts/$language.tsv"
done
converse de de+f3 de+m3
converse en en-gb+f3 en-gb+m3
printf '%s\n' "$texts" > "$stamp"
