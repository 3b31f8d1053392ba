# shellcheck shell=bash
# What the steps of the image share. Sourced by them, in the checkout's folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/lib/debian-13.sh

readonly image_out=build/image
# All that writes the time of its making takes this one in place: the same commit gives the same image.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

image_fail() { printf 'No image: %s\nWhat to do: %s\n' "$1" "$2" >&2; exit 1; }

# The Debian with the tools of the image, in $debian_root.
image_tools() {
  debian_with mmdebstrap qemu-user-static qemu-system-arm ipxe-qemu kmod u-boot-qemu u-boot-rpi:arm64 u-boot-tools genimage rauc mtools dosfstools \
    e2fsprogs squashfs-tools device-tree-compiler openssl zstd cpio fdisk socat raspi-firmware busybox-static:arm64 xz-utils
}

# Runs a command with the tools; the checkout is /src, and the cache /cache.
with_tools() {
  in_debian "$debian_root" "$PWD:/src" "$debian_cache:/cache" -- \
    env -i PATH=/usr/sbin:/usr/bin HOME=/root LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" bash -euc 'cd /src; "$@"' with-tools "$@"
}

# Lets this machine run programs for arm64, by an emulator that the kernel holds open from now on.
run_arm64() {
  local register=/proc/sys/fs/binfmt_misc/register
  [ -e $register ] || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
  [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] ||
    printf ':qemu-aarch64:M::\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:%s:F' \
      "$(realpath "$debian_root/usr/bin/qemu-aarch64-static")" > $register
}

# Where the system's Debian packages are kept, once they are installed: by their list, and by how they are installed.
image_root() { printf '%s/image-root-%s.tar' "$debian_cache" "$(cat image/recipe/root/* | sha256sum | cut -c 1-16)"; }

# U-Boot's environment: that of Debian's U-Boot for a board, which is in the program itself, with what slots/uboot.env.txt and the caller change.
uboot_environment() { # board of Debian's package, size, file, NAME=VALUE …
  local board=$1 size=$2 file=$3 work=$image_out/uboot-$1
  shift 3
  perl -0777 -ne 'print join("\n", split /\0/, $1), "\n" if /((?:[a-z_0-9]+=[^\0]*\0){5,})\0/' "$debian_root/usr/lib/u-boot/$board/u-boot.bin" > "$work.default"
  grep -q '^bootcmd=' "$work.default" || image_fail "U-Boot for $board has no environment where it was." 'See how it is found in image/common.sh.'
  { grep -v '^#' image/slots/uboot.env.txt; printf '%s\n' "$@"; } > "$work.own"
  { grep -v -f <(sed -n 's/^\([a-z_]*=\).*/^\1/p' "$work.own") "$work.default"; cat "$work.own"; } > "$work.txt"
  with_tools mkenvimage -s "$size" -o "/src/$work.env" "/src/$work.txt"
  cp "$work.env" "$file"
}

# Signs an update: a system, with the boot slot that goes with it, in a form that RAUC can stream from any web server. The key is KEY.pem, its private part KEY.key.
sign_update() { # system, version, key, file
  local work=$image_out/bundle-$$
  rm -rf "$work" "$4"
  mkdir -p "$work"
  ln "$1" "$work/system.img"
  ln "$image_out/boot.ext4" "$work/boot.img"
  sed "s/^version=.*/version=$2/" image/slots/manifest.raucm > "$work/manifest.raucm"
  with_tools rauc --cert="/src/$3.pem" --key="/src/$3.key" bundle "/src/$work" "/src/$4" > /dev/null
  rm -r "$work"
}
