#!/usr/bin/env bash
# Runs the image on an emulated board: QEMU's virt with U-Boot, a card, network, watchdog, and the console and QEMU's monitor at sockets in a
# folder. Ends when the machine is switched off, or when its input ends.
#
#   qemu.sh FOLDER SIP_PORT     FOLDER/card.img is the card; SIP_PORT of this machine (UDP) is the box's port 5060
. "$(dirname "$0")/../common.sh"
image_tools
folder=$1 port=$2
rm -f "$folder"/{console,monitor}
in_debian "$debian_root" "$folder:/mnt" -- qemu-system-aarch64 \
  -machine virt,gic-version=2,acpi=off -cpu cortex-a72 -smp 2 -m 1024 -accel tcg,thread=multi \
  -bios /usr/lib/u-boot/qemu_arm64/u-boot.bin \
  -drive if=none,id=card,format=raw,file=/mnt/card.img -device virtio-blk-pci,drive=card \
  -netdev "user,id=net,hostfwd=udp:127.0.0.1:$port-:5060" -device virtio-net-pci,netdev=net,romfile= \
  -device i6300esb -display none -monitor none \
  -chardev socket,id=console,path=/mnt/console,server=on,wait=off,logfile=/mnt/console.log -serial chardev:console \
  -qmp unix:/mnt/monitor,server=on,wait=off < /dev/null &
emulator=$!
trap 'kill "$emulator" 2> /dev/null || true' EXIT
(cat > /dev/null; kill "$emulator" 2> /dev/null || true) <&0 &
wait "$emulator"
