#!/usr/bin/env bash
# Sets up everything on a fresh Debian 12 or 13: packages, PJSIP, npm packages, the addon, prompts, the compiled code.
# Whatever has been done already is skipped. With --with-tests, also what the tests need.
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(build-essential python3 libasound2-dev libssl-dev libopus-dev libspeex-dev libspeexdsp-dev libgsm1-dev
  libsamplerate0-dev uuid-dev espeak-ng sox socat janus)
test_packages=(doctest-dev libsrtp2-dev openssl clang-format ccache sip-tester baresip-core linphone-cli libfaketime chromium device-tree-compiler
  iproute2)
# Debian 12 has 14 as clang-tidy, which does not know all of C++20.
if grep -q '^VERSION_ID="12"' /etc/os-release; then test_packages+=(clang-tidy-16); else test_packages+=(clang-tidy); fi

say() { printf '%s\n' "$*" >&2; }
fail() { say "Set-up failed: $1"; say "What to do: $2"; exit 1; }

check_node() {
  command -v node > /dev/null || fail 'Node.js is missing.' 'Install Node.js 20.12 or newer (Debian 13: apt install nodejs npm; Debian 12: see README.md).'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 12) ? 0 : 1)' ||
    fail "Node.js $(node --version) is too old." \
      'Install Node.js 20.12 or newer. Debian 12 has 18: take the Linux binary of https://nodejs.org/en/download, and put its bin folder first in PATH.'
}

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || fail "Packages are missing: ${missing[*]}" "As root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing Debian packages: ${missing[*]} …"
  "${as_root[@]}" apt-get update -qq >&2 || fail 'apt-get update does not work.' 'See the lines above; check the network and the apt sources.'
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null ||
    fail 'The packages could not be installed.' "Try by hand: apt-get install ${missing[*]}"
}

# Its own server would be open to the network; the box starts one of its own when somebody listens in a browser.
close_janus_service() {
  [ -d /run/systemd/system ] && systemctl --quiet is-enabled janus 2> /dev/null || return 0
  say 'Switching off the service of Janus …'
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" systemctl --quiet disable --now janus || fail 'The service of Janus cannot be switched off.' 'As root: systemctl disable --now janus'
}

install_npm_packages() {
  [ node_modules/.package-lock.json -nt package-lock.json ] && return
  say 'Installing npm packages …'
  # Not npm ci: it refuses a lock file that lacks packages for other processors which a registry does not have.
  npm install --no-save --no-audit --no-fund --loglevel=error >&2 ||
    fail 'npm install does not work.' 'See the lines above; check the network.'
  touch node_modules/.package-lock.json
}

build_addon() { # targets
  local prefix
  prefix=$(bash scripts/build-pjsip.sh | tail -n 1) || fail 'PJSIP could not be built.' 'See the lines above.'
  make -s -j2 -C src/node-pjsua2/native PJSIP_PREFIX="$prefix" "$@" >&2 || fail 'node-pjsua2 could not be built.' 'See the lines above.'
}

# Compiles only if a source is newer than the last result.
compile() {
  local stamp=build/compiled
  if [ -f $stamp ] && [ -f dist/cli/modcall.js ] &&
    [ -z "$(find src tsconfig.json package.json scripts/bundle.config.ts scripts/page.config.ts -path '*/node_modules' -prune -o -path '*/dist' -prune -o -path '*/build' -prune -o \
      -type f -newer $stamp -print -quit)" ]; then return; fi
  say 'Compiling …'
  mkdir -p build
  npm run --silent build >&2 || fail 'The code does not compile.' 'See the lines above.'
  touch $stamp
}

check_node
command -v janus > /dev/null || janus_is_new=1
install_packages "${build_packages[@]}"
[ "${1:-}" = --with-tests ] && install_packages "${test_packages[@]}"
[ -z "${janus_is_new:-}" ] || close_janus_service
install_npm_packages
if [ "${1:-}" = --with-tests ]; then build_addon all check; else build_addon all; fi
bash scripts/make-prompts.sh >&2 || fail 'The prompts could not be made.' 'See the lines above.'
compile
