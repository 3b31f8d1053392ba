#!/usr/bin/env bash
# Makes an update to a later version from the system that was built, in build/image: NAME.raucb.
#
#   later.sh NAME VERSION [PROGRAM]     PROGRAM takes the place of Modcall's own, such as one that ends at once
. "$(dirname "$0")/../common.sh"
image_tools
name=$1 version=$2 system=$image_out/$1
rm -rf "$system"
cp -al "$image_out/system" "$system"
# What is replaced is removed before: the files are those of the system that was built.
replace() { # file, content
  rm "$system/$1"
  printf '%s\n' "$2" > "$system/$1"
}
replace etc/modcall-image "MODCALL_IMAGE_VERSION=$version"
if [ $# = 3 ]; then
  replace usr/lib/modcall/dist/cli/modcall.js "$3"
  chmod 755 "$system/usr/lib/modcall/dist/cli/modcall.js"
fi
with_tools mksquashfs "/src/$system" "/src/$system.squashfs" -comp zstd -Xcompression-level 1 -noappend -quiet -no-progress
sign_update "$system.squashfs" "$version" "$image_out/keys/release" "$system.raucb"
rm -rf "$system" "$system.squashfs"
