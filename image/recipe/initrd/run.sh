#!/usr/bin/env bash
# The first file system in memory: a shell and the modules for card, file systems and watchdog. Made without emulation.
. "$(dirname "$0")/../../common.sh"
image_tools

readonly wanted=(virtio_pci virtio_mmio virtio_blk sdhci-iproc bcm2835 mmc_block ext4 squashfs i6300esb bcm2835_wdt)
modules=$(find "$image_out/kernel/usr/lib/modules" -mindepth 1 -maxdepth 1)
work=$image_out/initrd
rm -rf "$work"
mkdir -p "$work"/{bin,dev,proc,sys,newroot,lib/modules}
cp "$debian_root/usr/bin/busybox" "$work/bin/busybox"
for name in sh mount switch_root insmod sleep cat grep sed reboot; do ln -s busybox "$work/bin/$name"; done
cp image/recipe/initrd/init "$work/init"
chmod 755 "$work/init"

# A module and what it needs, in the order in which they are loaded; what is built into the kernel is in no list.
: > "$work/modules"
for name in "${wanted[@]}"; do
  line=$(grep -E "/${name//_/[-_]}\.ko[^:]*:" "$modules/modules.dep" | head -n 1) || continue
  for file in $(printf '%s\n' ${line#*:} | tac) "${line%%:*}"; do
    plain=$(basename "${file%.xz}")
    grep -qx "$plain" "$work/modules" && continue
    case $file in
      *.xz) xz -dc "$modules/$file" > "$work/lib/modules/$plain" ;;
      *) cp "$modules/$file" "$work/lib/modules/$plain" ;;
    esac
    echo "$plain" >> "$work/modules"
  done
done
find "$work" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
with_tools bash -euc 'cd "$1"; find . -print0 | LC_ALL=C sort -z | cpio --null --create --format newc --reproducible --owner 0:0 --quiet | zstd -q -12 -c > ../initrd.img' initrd "/src/$work"
