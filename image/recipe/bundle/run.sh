#!/usr/bin/env bash
# The update, as the vendor of this image offers it to boxes that run already.
#
#   run.sh [NAME OF THE KEY IN build/image/keys]
. "$(dirname "$0")/../../common.sh"
image_tools

version=$(sed -n 's/^MODCALL_IMAGE_VERSION=//p' "$image_out/system/etc/modcall-image")
sign_update "$image_out/system.squashfs" "$version" "$image_out/keys/${1:-release}" "$image_out/modcall.raucb"
