#!/usr/bin/env bash
# Prepares a card for the emulated board, in a folder: the image, whose log goes to the console as well, and which the key FOLDER/key may look into by SSH.
#
#   card.sh FOLDER
. "$(dirname "$0")/board.sh"
image_tools
folder=$1
cp --sparse=always "$image_out/modcall.img" "$folder/card.img"
# The board has U-Boot's environment in a flash of its own, where a Raspberry Pi has a file on the card.
uboot_environment qemu_arm64 0x40000 "$folder/flash.img" devtype=virtio 'preboot=virtio scan'
truncate --size=64M "$folder/flash.img"
# A card is larger than the image, and has room for an update that is sent to the box.
truncate --size=2G "$folder/card.img"
# Beside other work on this machine the emulated one takes so long that it, the card or a service would be given up for hung.
patient='systemd.watchdog_sec=600 systemd.default_device_timeout_sec=600'
allow() { # drop-in of a service, services
  local content each
  content=$(printf '[Service]\n%s\n' "$1" | base64 --wrap 0)
  for each in "${@:2}"; do patient+=" systemd.set_credential_binary=systemd.unit-dropin.$each.service~patience:$content"; done
}
allow $'WatchdogSec=10min\nTimeoutStartSec=20min' modcall systemd-{journald,logind,networkd,resolved,timesyncd,udevd}
allow TimeoutStartSec=20min systemd-{journal-flush,modules-load,sysctl}
printf 'kernel_args=%s\n' "console=ttyAMA0 systemd.log_color=0 systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info $patient" \
  > "$folder/kernel.env"
ssh-keygen -q -t ed25519 -N '' -C test -f "$folder/key"
mv "$folder/key.pub" "$folder/authorized_keys"
in_debian "$debian_root" "$folder:/mnt" -- mcopy -i /mnt/card.img@@1M /mnt/kernel.env /mnt/authorized_keys ::
# What is at the board: that of QEMU's machine, and the HAT.
in_debian "$debian_root" "$folder:/mnt" "$PWD/image/test:/test" -- bash -euc '
  qemu-system-aarch64 "$@" -serial null -serial null -machine dumpdtb=/mnt/plain.dtb -display none -net none 2> /dev/null
  sed "s/PL061/0x$(fdtget -t x /mnt/plain.dtb /pl061@9030000 phandle)/" /test/hat.dts | dtc -q -I dts -O dtb -o /mnt/hat.dtbo
  fdtoverlay -i /mnt/plain.dtb -o /mnt/board.dtb /mnt/hat.dtbo' hat "${virtual_board[@]}"
