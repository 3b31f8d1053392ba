#!/usr/bin/env bash
# Checks the C++ of node-pjsua2 against .clang-format and .clang-tidy; --fix formats it. The first check takes some minutes; after that,
# only what has changed is checked by clang-tidy, a few seconds a file.
#
#   scripts/lint/native.sh [--fix]
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() { printf '%s\n' "$*" >&2; exit 1; }
find_tool() { # names, the best one first
  command -v "$@" | head -n 1 | grep . || fail "${!#} is missing: bash scripts/set-up.sh --with-tests installs it."
}

readonly native=src/node-pjsua2/native
mapfile -t files < <(git ls-files "$native/*.h" "$native/*.cc")
clang_format=$(find_tool clang-format)

if [ "${1:-}" = --fix ]; then
  "$clang_format" -i "${files[@]}"
  exit
fi
"$clang_format" --dry-run --Werror "${files[@]}" || fail 'bash scripts/lint/native.sh --fix formats it.'

# To clang-tidy kMaxSize is camelBack like maxSize.
if grep -nE '\<k(H[^z]|[A-GI-Z])[A-Za-z]' "${files[@]}"; then fail 'A constant has no k before its name.'; fi

if grep -nE 'pjsua_var|pjsua_internal\.h' "${files[@]}" | grep -v "^$native/core/pjsua_internals\."; then
  fail "PJSUA's own variables are read in core/pjsua_internals.cc only."
fi

# clang-tidy 14, which Debian 12 has as clang-tidy, does not know all of C++20.
clang_tidy=$(find_tool clang-tidy-16 clang-tidy)
prefix=$(bash scripts/build-pjsip.sh | tail -n 1)
make -s -j"$(nproc)" -C "$native" PJSIP_PREFIX="$prefix" CLANG_TIDY="$clang_tidy" tidy
