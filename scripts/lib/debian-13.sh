# shellcheck shell=bash
# A Debian 13 beside the one that runs: with the compilers and tools of packages and image, for both processors. Sourced by what needs one.
# Needs root, and mmdebstrap (Debian 12 and 13 have it).
#
# Settings (environment):
#   MODCALL_CACHE  where they are kept; default $XDG_CACHE_HOME/modcall or ~/.cache/modcall
#   DEBIAN_13_KEPT_ONLY  set where none is to be made that is not kept already

debian_cache=${MODCALL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/modcall}

# Ends with 75 (EX_TEMPFAIL of sysexits.h): there is no such Debian here, which says nothing about what was to be built in it.
debian_fail() { printf 'Debian 13: %s\nWhat to do: %s\n' "$1" "$2" >&2; exit 75; }

# Ends so where a thing is not kept and none is to be made.
may_make() { # what
  [ -z "${DEBIAN_13_KEPT_ONLY:-}" ] || debian_fail "$1 is not kept here." 'Run npm run package and npm run image once.'
}

# The mirror that apt uses here.
debian_site() { apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep /debian$ | head -n 1; }

# Prints the sources of a Debian 13; $1 names the components.
debian_sources() {
  local site
  site=$(debian_site)
  [ -n "$site" ] || debian_fail 'apt names no mirror.' 'See /etc/apt/sources.list.'
  printf 'deb %s trixie %s\ndeb %s trixie-updates %s\ndeb %s-security trixie-security %s\n' "$site" "$1" "$site" "$1" "$site" "$1"
}

require_root() {
  [ "$(id -u)" = 0 ] || debian_fail 'A Debian of its own can be made by root alone.' 'Run it with sudo.'
}

# Runs a command whose mounts and processes end with it, and which ends with who has called it: no killed one leaves /sys mounted in a folder.
alone() { # command
  setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc -- "$@"
}

# Leaves in $debian_root a folder that holds a Debian 13 for amd64 and arm64 with these packages. It is made once for each list, under
# a temporary name, so that a broken one is never taken for a good one.
debian_with() { # packages
  require_root
  local list key
  list=$(printf '%s\n' "$@" | sort -u | paste -sd ,)
  key=$(printf '%s' "$list" | sha256sum | cut -c 1-16)
  debian_root=$debian_cache/debian-13-$key
  [ -f "$debian_root/complete" ] && return
  may_make 'One with these tools'
  command -v mmdebstrap > /dev/null || debian_fail 'mmdebstrap is missing.' 'apt install mmdebstrap'
  mkdir -p "$debian_cache"
  exec {debian_lock}> "$debian_root.lock"
  flock "$debian_lock"
  [ -f "$debian_root/complete" ] && return
  printf 'Making a Debian 13 with the tools (some minutes) …\n' >&2
  local growing=$debian_root.growing
  rm -rf --one-file-system "$growing" || debian_fail "$growing cannot be removed." 'Unmount what is mounted in it, and remove it.'
  debian_sources 'main non-free-firmware' |
    alone mmdebstrap --quiet --mode=root --variant=apt --architectures=amd64,arm64 \
      --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Retries "3"' \
      --skip=cleanup/apt/lists --dpkgopt='path-exclude=/usr/share/doc/*' --include="$list" trixie "$growing" - >&2 ||
    debian_fail 'The tools could not be installed.' 'See the lines above; check the network.'
  touch "$growing/complete"
  mv "$growing" "$debian_root"
  flock --unlock "$debian_lock"
}

# Runs a command in such a folder, with other folders at places of their own, given as FROM:TO before --.
in_debian() { # root, FROM:TO …, --, command
  alone bash -euc '
    root=$1; shift
    mount --bind "$root" "$root"
    for name in proc dev; do mount --rbind "/$name" "$root/$name"; done
    mount -t tmpfs tmpfs "$root/tmp"
    touch "$root/etc/resolv.conf"
    mount --bind "$(realpath /etc/resolv.conf)" "$root/etc/resolv.conf"
    while [ "$1" != -- ]; do
      mkdir -p "$root${1#*:}"
      mount --bind "${1%%:*}" "$root${1#*:}"
      shift
    done
    shift
    exec chroot "$root" "$@"' in-debian "$@"
}
