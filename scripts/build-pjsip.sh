#!/usr/bin/env bash
# Builds PJSIP's static libraries and prints the prefix they are installed in (the last line on stdout; all else goes to stderr).
#
#   scripts/build-pjsip.sh                     the normal libraries
#   SANITIZE=address scripts/build-pjsip.sh    with AddressSanitizer, for the sanitised addon
#
# Settings (environment):
#   MODCALL_PJSIP_TARBALL  a source tarball of your own; otherwise it comes from the Debian mirror that apt uses
#   MODCALL_CACHE          where the result is kept; default $XDG_CACHE_HOME/modcall or ~/.cache/modcall
#   TARGET                 another processor to build for, such as aarch64-linux-gnu, by the compiler of that name
#
# The result is kept by the hash of the source, of this file and of the patches: a second run finds it and returns at once. A build
# grows in a temporary folder and gets its name when it is complete, so that a broken one is never taken for a good one.
#
# Each scripts/pjsip/*.patch says in its head what it is for.
set -euo pipefail

readonly VERSION=2.17
readonly PINNED_SHA256=6860c2f7604b4eee75f38151a9ef69774eb3f0c5286fc1d14bc1db2dc5a9e8aa
readonly PINNED_FILE=asterisk_22.10.1+dfsg+~cs6.17.60671434.orig-Xpjproject.tar.xz
readonly POOL=pool/main/a/asterisk
readonly PATCHES=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/pjsip
readonly PACKAGES='build-essential xz-utils libssl-dev libopus-dev libspeex-dev libspeexdsp-dev uuid-dev'

readonly SANITIZE=${SANITIZE:-}
readonly TARGET=${TARGET:-}
readonly CACHE=${MODCALL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/modcall}
# Which tarball was taken is remembered per pinned hash: a new pin is a new choice.
readonly CHOICE=$CACHE/pjsip-source-${PINNED_SHA256:0:12}

say() { printf 'pjsip: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
sha256_of() { sha256sum <"$1" | cut -d ' ' -f 1; }

prefix_for() { # source hash
  local key
  key=$(cat <(printf '%s' "$1") "${BASH_SOURCE[0]}" "$PATCHES"/*.patch | sha256sum | cut -c 1-16)
  printf '%s/pjsip-%s-%s%s' "$CACHE" "$VERSION" "$key" "${TARGET:+-$TARGET}${SANITIZE:+-asan}"
}

finish_if_built() { # source hash
  local prefix
  prefix=$(prefix_for "$1")
  if [[ -f $prefix/complete ]]; then
    printf '%s\n' "$prefix"
    exit 0
  fi
}

mirror() { apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1; }

fetch_pinned() { # file to write
  local site
  site=$(mirror) && [[ -n $site ]] || return 1
  say "fetching the pinned source from apt's mirror"
  /usr/lib/apt/apt-helper download-file "$site/$POOL/$PINNED_FILE" "$1" "SHA256:$PINNED_SHA256" >&2
}

# The pinned file vanishes from the mirror when Debian moves on. Then the current one is taken, found through the signed index.
# Apt gets a configuration of its own: nothing of the system's changes. An expired Release file is accepted (mirrors lag), an
# unsigned one is not.
fetch_current() { # file to write, scratch folder
  local target=$1 root=$2/apt site
  site=$(mirror) && [[ -n $site ]] || return 1
  say "the pinned source is gone; looking for the current one in Debian's signed index"
  mkdir -p "$root"/{lists/partial,archives/partial,source}
  printf 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s sid main\n' "$site" >"$root/sources.list"
  cat >"$root/apt.conf" <<CONF
Dir::Etc::SourceList "$root/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$root/lists";
Dir::Cache "$root";
Dir::Cache::Archives "$root/archives";
APT::Sandbox::User "root";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
CONF
  APT_CONFIG=$root/apt.conf apt-get -q update >&2 || return 1
  (cd "$root/source" && APT_CONFIG=$root/apt.conf apt-get -q source --download-only asterisk >&2) || return 1
  cp "$root"/source/*.orig-Xpjproject.tar.xz "$target"
}

# Leaves the tarball in $tarball and its hash in $hash.
choose_source() { # scratch folder
  if [[ -n ${MODCALL_PJSIP_TARBALL:-} ]]; then
    tarball=$MODCALL_PJSIP_TARBALL
  else
    tarball=$1/source.tar.xz
    fetch_pinned "$tarball" || fetch_current "$tarball" "$1" ||
      die 'no source: the mirror gave none. Set MODCALL_PJSIP_TARBALL to a pjproject 2.17 tarball.'
  fi
  hash=$(sha256_of "$tarball")
}

apply_patches() { # source folder
  local file
  for file in "$PATCHES"/*.patch; do
    patch --quiet --directory "$1" --strip 1 --input "$file" >&2 || die "${file##*/} does not fit this source"
  done
}

write_config_site() { # file
  cat >"$1" <<'CONFIG'
/* Room for 1000 calls, a quarter more that are saying goodbye (their slot is kept until the BYE is answered), and a TCP
   connection per phone. A call has few media lines (a conference room offers five), and the tables per line are large. */
#define PJSUA_MAX_CALLS 1280
#define PJMEDIA_MAX_SDP_MEDIA 6
#define PJSUA_MAX_ACC 128
#define PJSUA_MAX_CONF_PORTS 2048
#define PJSUA_MAX_PLAYERS 256
#define PJSUA_MAX_RECORDERS 256
/* Two sockets for the media of each leg, and 2048 connections (connection_table.h): neither may use up the room of the other. */
#define PJ_IOQUEUE_MAX_HANDLES 8192
#define PJSIP_MAX_TSX_COUNT (8192 - 1)
#define PJSIP_MAX_DIALOG_COUNT (4096 - 1)

/* Connections by TCP and TLS that wait to be accepted; the kernel keeps no more than net.core.somaxconn. */
#define PJSIP_TCP_TRANSPORT_BACKLOG 1024
#define PJ_SOMAXCONN 1024

/* What is begun with; the table of timers grows. */
#define PJSIP_MAX_TIMER_COUNT 4096

/* Nobody's presence is watched. */
#define PJSUA_MAX_BUDDIES 1

/* A burst of messages waits in the kernel, not on the wire; INVITEs of phones with long SDP and many headers fit. */
#define PJSIP_MAX_PKT_LEN 16000
#define PJSIP_MAX_URL_SIZE 512
#define PJSIP_UDP_SO_RCVBUF_SIZE (1024 * 1024)
#define PJSIP_UDP_SO_SNDBUF_SIZE (1024 * 1024)
#define PJSIP_MAX_NET_EVENTS 16
#define PJSIP_MAX_TIMED_OUT_ENTRIES 64

/* A phone that speaks UDP is never answered over a TCP connection it does not listen on. */
#define PJSIP_DONT_SWITCH_TO_TCP 1

/* Whose audio a call takes, and whom it sends its own, is decided by the addon (media_transport.cc). */
#define PJMEDIA_TRANSPORT_SWITCH_REMOTE_ADDR 0

/* PJMEDIA encrypts nothing: packets take a path of the addon's own. */
#define PJMEDIA_HAS_SRTP 0

#define PJMEDIA_CONF_BACKEND PJMEDIA_CONF_PARALLEL_BRIDGE_BACKEND
#define PJMEDIA_HAS_L16_CODEC 0
#define PJMEDIA_HAS_VIDEO 0
#define PJMEDIA_HAS_LEGACY_SOUND_API 0
#define PJMEDIA_AUDIO_DEV_HAS_ALSA 0
#define PJMEDIA_AUDIO_DEV_HAS_NULL_AUDIO 1

/* A peak that clips is no reason to halve the volume of G.722 for the rest of the call. */
#define PJMEDIA_G722_STOP_PCM_SHIFT_ON_CLIPPING 0

/* What comes from the network must never stop the process. */
#define PJ_LOG_MAX_LEVEL 6
#define PJ_HAS_IPV6 1

/* The own address is that of an interface, not what a nameserver says of the own name. */
#define PJ_GETHOSTIP_DISABLE_LOCAL_RESOLUTION 1
CONFIG
}

configure_and_make() { # source folder
  local flags='-O2 -fPIC -DNDEBUG' # NDEBUG: no assertion may end the process on what the network sends
  [[ -z $SANITIZE ]] || flags="-O1 -g -fPIC -DNDEBUG -fsanitize=$SANITIZE -fno-omit-frame-pointer"
  cd "$1"
  say 'configuring (about 20 s)'
  # For another processor it takes no OpenSSL that it is not shown: the compiler finds that processor's own.
  CFLAGS=$flags CXXFLAGS=$flags ./aconfigure --quiet ${TARGET:+--host="$TARGET" --with-ssl=/usr} --prefix="$2" \
    --disable-video --disable-sdl --disable-ffmpeg --disable-v4l2 --disable-openh264 --disable-vpx --disable-libyuv \
    --disable-libwebrtc --disable-upnp --disable-ilbc-codec --disable-g7221-codec --disable-silk --disable-bcg729 \
    --disable-lyra --disable-opencore-amr --disable-speex-codec --disable-speex-aec --disable-gsm-codec --disable-l16-codec \
    --disable-sound --disable-pjsua2 --disable-libsrtp --with-external-speex --enable-speex-resample --enable-epoll >configure.log 2>&1 ||
    { tail -n 20 configure.log >&2; die "configure failed; are these Debian packages installed? $PACKAGES"; }
  grep -q '^#define PJ_HAS_SSL_SOCK 1' pjlib/include/pj/compat/os_auto.h || die 'no OpenSSL found; is libssl-dev installed?'
  say "compiling on $(nproc) cores (about a minute on a desktop, ten on a small board)"
  make -j"$(nproc)" lib >make.log 2>&1 || { tail -n 30 make.log >&2; die 'compiling failed'; }
}

# Headers, and the libraries without the machine's name in theirs.
install_into() { # source folder, prefix
  local library name processor
  processor=$("${TARGET:+$TARGET-}gcc" -dumpmachine | cut -d - -f 1)
  mkdir -p "$2/include" "$2/lib"
  for part in pjlib pjlib-util pjnath pjmedia pjsip; do
    cp -RL "$1/$part/include/." "$2/include/"
    for library in "$1/$part"/lib/*.a; do
      name=${library##*/}
      cp "$library" "$2/lib/${name%%-"$processor"*}.a"
    done
  done
}

main() {
  [[ -z $SANITIZE || $SANITIZE == address ]] || die "SANITIZE=$SANITIZE is unknown; use address"
  if [[ -n ${MODCALL_PJSIP_TARBALL:-} ]]; then
    [[ -r $MODCALL_PJSIP_TARBALL ]] || die "MODCALL_PJSIP_TARBALL names $MODCALL_PJSIP_TARBALL, which cannot be read"
    finish_if_built "$(sha256_of "$MODCALL_PJSIP_TARBALL")"
  elif [[ -f $CHOICE ]]; then
    finish_if_built "$(<"$CHOICE")"
  fi

  mkdir -p "$CACHE"
  exec 9>"$CACHE/pjsip.lock"
  flock --nonblock 9 || { say 'another build is running; waiting for it'; flock 9; }
  [[ -n ${MODCALL_PJSIP_TARBALL:-} || ! -f $CHOICE ]] || finish_if_built "$(<"$CHOICE")"

  scratch=$(mktemp -d "$CACHE/pjsip-build.XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  choose_source "$scratch"
  finish_if_built "$hash"

  say "building PJSIP $VERSION from source $hash"
  mkdir "$scratch/source" "$scratch/prefix"
  tar -xJf "$tarball" -C "$scratch/source" --strip-components=1 || die 'the source cannot be unpacked'
  touch "$scratch/source/pjmedia/src/pjmedia-audiodev/bdimad_dev.c" # not in Debian's tarball, but named in the makefile
  apply_patches "$scratch/source"
  write_config_site "$scratch/source/pjlib/include/pj/config_site.h"
  prefix=$(prefix_for "$hash")
  (configure_and_make "$scratch/source" "$prefix")
  install_into "$scratch/source" "$scratch/prefix"
  printf 'PJSIP %s, source %s\n' "$VERSION" "$hash" >"$scratch/prefix/complete"

  rm -rf "$prefix"
  mv "$scratch/prefix" "$prefix"
  [[ -n ${MODCALL_PJSIP_TARBALL:-} ]] || printf '%s\n' "$hash" >"$CHOICE"
  say "installed in $prefix"
  printf '%s\n' "$prefix"
}

main
