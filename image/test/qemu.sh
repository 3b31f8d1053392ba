#!/usr/bin/env bash
# Runs the image on an emulated board, with the console and QEMU's monitor at sockets in a folder. Ends when the machine is switched off, or
# when its input ends.
#
#   qemu.sh FOLDER SIP_PORT [MACHINE]     FOLDER/card.img is the card; SIP_PORT of this machine (UDP) is the box's port 5060
#
# MACHINE is virt (the default), with U-Boot, network and watchdog, or raspi4b, which runs the Pi's U-Boot and has neither of them.
. "$(dirname "$0")/../common.sh"
image_tools
folder=$1 port=$2 machine=${3:-virt}
rm -f "$folder"/{console,monitor}
case $machine in
  virt)
    board=(-machine virt,gic-version=2,acpi=off -cpu cortex-a72 -smp 2 -m 1024 -accel tcg,thread=multi
      -bios /usr/lib/u-boot/qemu_arm64/u-boot.bin -drive if=pflash,unit=1,format=raw,file=/mnt/flash.img
      -drive if=none,id=card,format=raw,file=/mnt/card.img -device virtio-blk-pci,drive=card
      -netdev "user,id=net,hostfwd=udp:127.0.0.1:$port-:5060" -device virtio-net-pci,netdev=net,romfile=
      -device i6300esb -serial chardev:console) ;;
  raspi4b)
    board=(-machine raspi4b -kernel /firmware/u-boot.bin -dtb /firmware/bcm2711-rpi-4-b.dtb -drive if=sd,format=raw,file=/mnt/card.img
      -serial null -serial chardev:console) ;;
esac
in_debian "$debian_root" "$folder:/mnt" "$PWD/$image_out/firmware:/firmware" -- qemu-system-aarch64 "${board[@]}" -display none -monitor none \
  -chardev socket,id=console,path=/mnt/console,server=on,wait=off,logfile=/mnt/console.log -qmp unix:/mnt/monitor,server=on,wait=off < /dev/null &
emulator=$!
# Not even QEMU may finish what it has begun: the plug is pulled.
cut() { kill -KILL "$emulator" 2> /dev/null || true; }
trap cut EXIT
(cat > /dev/null; cut) <&0 &
wait "$emulator"
