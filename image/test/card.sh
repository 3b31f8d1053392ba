#!/usr/bin/env bash
# Prepares a card for the emulated board, in a folder: the image, whose log goes to the console as well.
#
#   card.sh FOLDER
. "$(dirname "$0")/../common.sh"
image_tools
folder=$1
cp --sparse=always "$image_out/modcall.img" "$folder/card.img"
# The board has U-Boot's environment in a flash of its own, where a Raspberry Pi has a file on the card.
uboot_environment qemu_arm64 0x40000 "$folder/flash.img" devtype=virtio 'preboot=virtio scan'
truncate --size=64M "$folder/flash.img"
# A card is never just as large as the image.
truncate --size=1G "$folder/card.img"
printf 'kernel_args=console=ttyAMA0 systemd.log_color=0 systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info\n' > "$folder/kernel.env"
in_debian "$debian_root" "$folder:/mnt" -- mcopy -i /mnt/card.img@@1M /mnt/kernel.env ::
