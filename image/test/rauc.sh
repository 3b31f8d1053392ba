#!/usr/bin/env bash
# Runs RAUC and the bus to it as the image has them, by the emulator of single programs, until its input ends. The bus is at FOLDER/run/dbus/system_bus_socket,
# the folder itself is /data there, and where it is here, too.
#
#   rauc.sh FOLDER
. "$(dirname "$0")/../common.sh"
image_tools
run_arm64
# The box is another user.
chmod 711 "$1"
unshare --mount --pid --fork --kill-child bash -euc '
  folder=$1 system=$2
  mount --make-rprivate /
  mkdir "$folder/layers" "$folder/root" "$folder/run"
  mount -t tmpfs layers "$folder/layers"
  mkdir "$folder"/layers/{upper,work}
  mount -t overlay -o "lowerdir=$system,upperdir=$folder/layers/upper,workdir=$folder/layers/work" system "$folder/root"
  mount -t proc proc "$folder/root/proc"
  mount --rbind /dev "$folder/root/dev"
  mkdir -p "$folder/root$folder"
  for place in /data "$folder"; do mount --bind "$folder" "$folder/root$place"; done
  mount --bind "$folder/run" "$folder/root/run"
  mkdir -p "$folder/rauc" "$folder/run/dbus" "$folder/run/rauc/mnt"
  chroot "$folder/root" dbus-daemon --system --fork --nopidfile
  chroot "$folder/root" rauc --override-boot-slot=A --mount=/run/rauc/mnt service &
  cat > /dev/null' rauc "$1" "$PWD/$image_out/system" 2> "$1/log"
