#!/usr/bin/env bash
# Runs the image on an emulated board, with the console, QEMU's monitor and the wires of the HAT at sockets in a folder. Ends when the machine is switched off, or
# when its input ends; QEMU is gone by then, with its ports.
#
#   qemu.sh FOLDER MACHINE [FORWARDED …]
#
# The card is FOLDER/card.img, or whatever is served at the socket FOLDER/card; the UART of the HAT is the tty FOLDER/handset.tty, where there is one.
# MACHINE is virt, with U-Boot, network and watchdog, or raspi4b, which runs the Pi's U-Boot and has neither of them. FORWARDED is a port of this
# machine, and one of the box, such as udp:5070:5060.
. "$(dirname "$0")/board.sh"
image_tools
folder=$1 machine=$2
shift 2
rm -f "$folder"/{console,monitor,wires}
card=/mnt/card.img
[ -S "$folder/card" ] && card=nbd+unix:///?socket=/mnt/card
hat=null
[ -e "$folder/handset.tty" ] && hat=serial,path=/mnt/handset.tty
network=user,id=net
for each in "$@"; do
  IFS=: read -r protocol here there <<< "$each"
  network+=",hostfwd=$protocol:127.0.0.1:$here-:$there"
done
case $machine in
  virt)
    board=("${virtual_board[@]}" -accel tcg,thread=multi -dtb /mnt/board.dtb -qtest unix:/mnt/wires,server=on,wait=off -qtest-log /dev/null
      -bios /usr/lib/u-boot/qemu_arm64/u-boot.bin -drive if=pflash,unit=1,format=raw,file=/mnt/flash.img
      -drive "if=none,id=card,format=raw,file=$card" -device virtio-blk-pci,drive=card
      -netdev "$network" -device virtio-net-pci,netdev=net,romfile=
      -device i6300esb -serial chardev:console -chardev "$hat,id=hat" -serial chardev:hat) ;;
  raspi4b)
    board=(-machine raspi4b -kernel /firmware/u-boot.bin -dtb /firmware/bcm2711-rpi-4-b.dtb -drive "if=sd,format=raw,file=$card"
      -serial null -serial chardev:console) ;;
esac
# Held by QEMU as long as there is any of it: what is killed may take its time.
exec 9> "$folder/power"
flock 9
in_debian "$debian_root" "$folder:/mnt" "$PWD/$image_out/firmware:/firmware" -- qemu-system-aarch64 "${board[@]}" -display none -monitor none \
  -chardev socket,id=console,path=/mnt/console,server=on,wait=off,logfile=/mnt/console.log -qmp unix:/mnt/monitor,server=on,wait=off < /dev/null &
emulator=$!
exec 9>&-
# Not even QEMU may finish what it has begun: the plug is pulled.
cut() { kill -KILL "$emulator" 2> /dev/null || true; }
trap 'cut; flock "$folder/power" true' EXIT
(cat > /dev/null; cut) <&0 &
wait "$emulator"
