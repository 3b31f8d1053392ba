#!/usr/bin/env bash
# The boot slot, which U-Boot reads: kernel, initrd and device trees, on ext4. And the partition of the board's own firmware, which is no
# part of an update: firmware, U-Boot, the script that chooses the slot, and the HAT's overlay.
. "$(dirname "$0")/../../common.sh"
image_tools

slot=$image_out/slot firmware=$image_out/firmware
rm -rf "$slot" "$firmware" "$image_out"/{boot.ext4,firmware.vfat}
mkdir -p "$slot" "$firmware/overlays"
cp "$image_out"/kernel/boot/vmlinuz-* "$slot/vmlinuz"
cp "$image_out/initrd.img" "$slot"
trees=$(find "$image_out/kernel/usr/lib" -type d -name broadcom -path '*linux-image*')
for board in rpi-4-b rpi-400 rpi-cm4-io; do
  cp "$trees/bcm2711-$board.dtb" "$slot"
  cp "$trees/bcm2711-$board.dtb" "$firmware"
done

cp "$debian_root"/usr/lib/raspi-firmware/{start4.elf,fixup4.dat} "$firmware"
cp "$debian_root/usr/lib/u-boot/rpi_4/u-boot.bin" "$firmware"
cp image/slots/config.txt "$firmware"
uboot_environment rpi_4 0x4000 "$firmware/uboot.env" devtype=mmc preboot=
with_tools dtc -@ -q -I dts -O dtb -o "/src/$firmware/overlays/modcall-hat.dtbo" board/modcall-hat/modcall-hat.dts
with_tools mkimage -q -A arm64 -T script -C none -n Modcall -d image/slots/boot.cmd "/src/$firmware/boot.scr" > /dev/null
find "$slot" "$firmware" -exec touch --date "@$SOURCE_DATE_EPOCH" {} +

with_tools mke2fs -q -t ext4 -O '^has_journal,^metadata_csum,^64bit,^orphan_file' -U 4d6f6463-616c-4c00-8000-00000000b007 -E hash_seed=4d6f6463-616c-4c00-8000-00000000b007,root_owner=0:0 \
  -L boot -b 4096 -d "/src/$slot" "/src/$image_out/boot.ext4" 64M
with_tools bash -euc 'cd "$1"; mkfs.vfat --invariant -C -F 16 -n FIRMWARE -i 4d6f6463 firmware.vfat 65536 > /dev/null
  cd firmware; find . -mindepth 1 -maxdepth 1 | LC_ALL=C sort | while read -r each; do mcopy -s -m -i ../firmware.vfat "$each" ::; done' firmware "/src/$image_out"
