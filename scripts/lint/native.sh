#!/usr/bin/env bash
# Checks the C++ of node-pjsua2 against .clang-format, and with --names also against .clang-tidy, which takes minutes. --fix formats it.
#
#   scripts/lint/native.sh [--fix | --names]
set -euo pipefail
cd "$(dirname "$0")/../.."

need() { command -v "$1" > /dev/null || { printf '%s is missing: apt-get install %s\n' "$1" "$1" >&2; exit 1; }; }

readonly native=src/node-pjsua2/native
mapfile -t files < <(git ls-files "$native/*.h" "$native/*.cc")

# Each source with the compiler flags of the Makefile.
write_compile_commands() {
  local prefix
  prefix=$(bash scripts/build-pjsip.sh | tail -n 1)
  mkdir -p build/clang
  make -Bns -C "$native" PJSIP_PREFIX="$prefix" CXX=clang++ all check |
    node -e '
      const lines = require("node:fs").readFileSync(0, "utf8").split("\n").filter((line) => / -c \S+\.cc /.test(line));
      const entry = (line) => ({ directory: process.argv[1], file: / -c (\S+)/.exec(line)[1], command: line.replace(" -fvect-cost-model=dynamic", "") });
      console.log(JSON.stringify(lines.map(entry), null, 1));
    ' "$PWD/$native" > build/clang/compile_commands.json
}

case ${1:-} in
  --fix) need clang-format; clang-format -i "${files[@]}" ;;
  --names)
    tidy=$(command -v clang-tidy-19 clang-tidy-16 clang-tidy | head -n 1) || need clang-tidy-16 # 14 does not know all of C++20
    write_compile_commands
    printf '%s\n' "${files[@]}" | grep '\.cc$' | xargs -P "$(nproc)" -n 4 "$tidy" --quiet -p build/clang ;;
  '')
    need clang-format
    clang-format --dry-run --Werror "${files[@]}"
    # To clang-tidy kMaxSize is camelBack like maxSize.
    if grep -nE '\<k(H[^z]|[A-GI-Z])[A-Za-z]' "${files[@]}"; then printf 'A constant has no k before its name.\n' >&2; exit 1; fi ;;
  *) printf 'usage: %s [--fix | --names]\n' "$0" >&2; exit 2 ;;
esac
