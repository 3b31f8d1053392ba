#!/usr/bin/env bash
# The card: build/image/modcall.img, and the same compressed.
. "$(dirname "$0")/../../common.sh"
image_tools

cp image/slots/disk.cfg "$image_out"
rm -rf "$image_out"/{data.ext4,genimage,nothing,modcall.img,modcall.img.zst}
mkdir "$image_out/nothing"
with_tools mke2fs -q -t ext4 -U 4d6f6463-616c-4c00-8000-00000000da7a -E hash_seed=4d6f6463-616c-4c00-8000-00000000da7a,root_owner=0:0 -L data -m 1 "/src/$image_out/data.ext4" 128M
with_tools bash -euc 'cd "$1"; genimage --loglevel 1 --rootpath nothing --tmppath genimage --inputpath . --outputpath . --config disk.cfg' disk "/src/$image_out"
with_tools zstd -q -6 -T0 "/src/$image_out/modcall.img" -o "/src/$image_out/modcall.img.zst"
