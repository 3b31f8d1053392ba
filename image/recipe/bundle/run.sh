#!/usr/bin/env bash
# The update: system and boot slot, signed, in a form that RAUC can stream from any web server.
#
#   run.sh [NAME OF THE KEY IN build/image/keys]
. "$(dirname "$0")/../../common.sh"
image_tools

key=${1:-release} version=$(sed -n 's/^MODCALL_IMAGE_VERSION=//p' "$image_out/system/etc/modcall-image")
work=$image_out/bundle
rm -rf "$work" "$image_out/modcall.raucb"
mkdir -p "$work"
ln "$image_out/system.squashfs" "$work/system.img"
ln "$image_out/boot.ext4" "$work/boot.img"
sed "s/^version=.*/version=$version/" image/slots/manifest.raucm > "$work/manifest.raucm"
with_tools rauc --cert="/src/$image_out/keys/$key.pem" --key="/src/$image_out/keys/$key.key" bundle "/src/$work" "/src/$image_out/modcall.raucb" > /dev/null
