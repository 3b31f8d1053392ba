#!/usr/bin/env bash
# Checks what is in a package, and how large it is: nothing is missing, nothing came along by mistake.
#
#   scripts/packages/check.sh PACKAGE.deb …
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

readonly most_kb=12000 most_installed_kb=26000

fail() { printf 'The package %s: %s\nWhat to do: %s\n' "$package" "$1" "$2" >&2; exit 1; }

# Names that a build chooses anew are shown as patterns.
contents() { # package
  dpkg-deb --fsys-tarfile "$1" | tar -t | sed -E -e '/\/$/d' -e 's|^\.||' -e 's|/modcall/dist/[a-z0-9-]+\.js|/modcall/dist/NAME.js|' -e 's/-[A-Za-z0-9_-]{8}\.(js|css|svg)/-HASH.\1/' \
    -e 's|/assets/[A-Za-z0-9-]+-HASH|/assets/NAME-HASH|' -e 's|/prompts/(..)/[a-z0-9-]+\.wav|/prompts/\1/NAME.wav|' -e 's|/linux-[a-z0-9]+/@serialport.*|/SERIALPORT|' | LC_ALL=C sort -u
}

for package in "$@"; do
  diff -u "$here/contents.txt" <(contents "$package") >&2 || fail 'holds other files than it should (see above).' \
    "Find out why. If it should: correct scripts/packages/contents.txt."
  size=$(($(stat -c %s "$package") / 1024)) installed=$(dpkg-deb -f "$package" Installed-Size)
  [ "$size" -le $most_kb ] && [ "$installed" -le $most_installed_kb ] ||
    fail "is too large: $size kB, installed $installed kB." "Find out what has grown (dpkg-deb -c), or raise the bounds in scripts/packages/check.sh."
  printf '%s: %s kB, installed %s kB\n' "$package" "$size" "$installed"
done
