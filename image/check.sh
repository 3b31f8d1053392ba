#!/usr/bin/env bash
# Checks that the image says whose work is in it, and how large its parts are, and prints their sizes and hashes.
. "$(dirname "$0")/common.sh"

at_most() { # megabytes, file
  local size=$(($(stat -c %s "$image_out/$2") / 1000000))
  [ $size -le "$1" ] || image_fail "$2 has $size MB, more than $1." 'Find out what has grown (build/image/packages.txt lists the packages), or raise the bound in image/check.sh.'
  printf '%-18s %4s MB  %s\n' "$2" $size "$(sha256sum < "$image_out/$2" | cut -c 1-64)"
}
for each in modcall/{third-party-notices.txt,modcall.cdx.json} linux-image-*/copyright {u-boot-rpi,raspi-firmware,busybox-static}/copyright; do
  compgen -G "$image_out/system/usr/share/doc/$each" > /dev/null ||
    image_fail "it lacks the licence or notice $each." 'See how image/recipe/kernel and image/recipe/system keep it: whoever passes the image on has to have it.'
done
at_most 110 system.squashfs
at_most 125 modcall.raucb
at_most 150 modcall.img.zst
