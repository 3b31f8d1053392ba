#!/usr/bin/env bash
# The system's Debian packages, installed in a folder for arm64, as an archive in the cache. It takes a quarter of an hour under emulation,
# so it is done again only for another list, or with FRESH_ROOT=1, which also brings Debian's latest corrections.
# Left out, or left to later steps that do it without emulation: manuals, translations, the kernel, and tables made from what is installed.
. "$(dirname "$0")/../../common.sh"

archive=$(image_root)
[ -f "$archive" ] && [ -z "${FRESH_ROOT:-}" ] && exit 0
may_make 'The system of the image'
image_tools
run_arm64

printf 'Installing the system (a quarter of an hour, under emulation) …\n' >&2
stub='mkdir -p "$1/usr/local/sbin"; printf "#!/bin/sh\n" > "$1/usr/local/sbin/depmod"; chmod 755 "$1/usr/local/sbin/depmod"; cp "$1/usr/local/sbin/depmod" "$1/usr/local/sbin/systemd-hwdb"'
# Its own /proc has to name the emulator, too: mmdebstrap looks there.
debian_sources main |
  alone bash -euc 'mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc; exec mmdebstrap "$@"' mmdebstrap --quiet --mode=root --variant=minbase --architectures=arm64 \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Retries "3"' \
    --dpkgopt='force-unsafe-io' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt='path-exclude=/usr/lib/udev/hwdb.d/*' \
    --essential-hook="$stub" --customize-hook='rm "$1/usr/local/sbin/depmod" "$1/usr/local/sbin/systemd-hwdb"' \
    --include="$(paste -sd , image/recipe/root/packages.txt)" --format=tar trixie "$archive.growing" - >&2
mv "$archive.growing" "$archive"
