#!/usr/bin/env bash
# Makes the Debian packages, for each processor in a Debian 13 of its own: build/packages/ARCHITECTURE/modcall_VERSION_ARCHITECTURE.deb.
# Needs root, and a checkout that is set up (npm run setup). The same commit gives the same packages.
#
#   scripts/packages/build.sh [amd64] [arm64]     both unless told otherwise
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lib/debian-13.sh

readonly tools=(build-essential debhelper lintian ccache patch device-tree-compiler help2man nodejs libnode-dev)
readonly libraries=(libasound2-dev libssl-dev libopus-dev libsrtp2-dev libspeex-dev libspeexdsp-dev uuid-dev)
readonly out=build/packages

say() { printf '%s\n' "$*" >&2; }
fail() { say "No packages: $1"; say "What to do: $2"; exit 1; }

# After a release, what is not one is newer; before the first release of a version, it is older than that.
version_now() {
  local released commit
  released=$(node -p 'require("./package.json").version')
  commit=$(TZ=UTC0 git log -1 --date=format-local:%Y%m%d%H%M --format=%cd.%h)
  if [ "$(git rev-parse -q --verify "refs/tags/v$released^{commit}")" = "$(git rev-parse HEAD)" ]; then echo "$released"
  elif git rev-parse -q --verify "refs/tags/v$released" > /dev/null; then echo "$released+$commit"
  else echo "$released~$commit"; fi
}

# What the compiler needs, which differs: some of the libraries cannot be installed for two processors at once.
tools_for() { # architecture
  case $1 in
    amd64) debian_with "${tools[@]}" "${libraries[@]}" ;;
    arm64) debian_with "${tools[@]}" g++-aarch64-linux-gnu libstdc++6:arm64 "${libraries[@]/%/:arm64}" ;;
    *) fail "'$1' is no processor that Modcall is built for." 'Name amd64, arm64 or both.' ;;
  esac
}

write_changelog() { # file
  printf 'modcall (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- %s  %s\n' "$version" \
    "$(sed -n 's/^Maintainer: //p' scripts/packages/debian/control)" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" > "$1"
}

# What is to be packed, as far as it is the same wherever it is built.
lay_out() { # architecture, folder
  mkdir -p "$2"/{bin,board,completion,docs,man}
  cp -r scripts/packages/debian "$2"
  cp CHANGELOG.md "$2/docs/release-notes.md"
  write_changelog "$2/debian/changelog"
  install -m 755 scripts/packages/modcall.sh "$2/bin/modcall"
  local hat
  for hat in modcall-hat slic-hat; do
    cp "board/$hat/$hat.dts" "$2/board"
    cp "board/$hat/asound.conf" "$2/board/$hat.conf"
    cp "board/$hat/$hat.rules" "$2/board/60-$hat.rules"
  done
  LC_ALL=C.UTF-8 node dist/cli/modcall.js completion bash > "$2/completion/modcall"
  node build/packages-tool/main.js "$2" "$1" "$version" \
    "$(sed -n 's/^readonly PINNED_SHA256=//p' scripts/build-pjsip.sh)" "$(chroot "$debian_root" dpkg-query -W -f '${Version}' "libssl-dev:$1")"
}

build() { # architecture
  tools_for "$1"
  say "Making the package for $1 …"
  local work=$out/work-$1/modcall
  # A failed run leaves packages beside it, which would be checked again.
  rm -rf "$out/work-$1"
  lay_out "$1" "$work"
  mkdir -p "$debian_cache/debian-13-builds" "$out/$1"
  in_debian "$debian_root" "$PWD:/src" "$debian_cache/debian-13-builds:/cache" -- \
    env -i PATH=/usr/sbin:/usr/bin HOME=/root LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" \
    bash /src/scripts/packages/in-target.sh "$1" "/src/$work" >&2
  rm -f "$out/$1"/*
  mv "$out/work-$1"/modcall_*.deb "$out/$1"
  cp "$work/modcall.cdx.json" "$out/$1/modcall_${version}_$1.cdx.json"
}

require_root
[ -d node_modules ] || fail 'nothing is set up here.' 'npm run setup'
bash scripts/make-prompts.sh >&2
npm run --silent build
npx --no-install tsc -p scripts/packages/contents
version=$(version_now)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
[ $# -gt 0 ] || set -- amd64 arm64
for architecture in "$@"; do build "$architecture"; done
for architecture in "$@"; do bash scripts/packages/check.sh "$out/$architecture"/*.deb; done
