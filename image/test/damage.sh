#!/usr/bin/env bash
# Overwrites the first megabyte of a partition on a card, as a worn card may, or an update that was cut off.
#
#   damage.sh FOLDER LABEL
. "$(dirname "$0")/../common.sh"
image_tools
in_debian "$debian_root" "$1:/mnt" -- bash -euc '
  start=$(sfdisk --dump /mnt/card.img | sed -n "s/.*start= *\([0-9]*\),.*name=\"$1\".*/\1/p")
  dd if=/dev/zero of=/mnt/card.img bs=512 seek="${start:?no such partition}" count=2048 conv=notrunc status=none' damage "$2"
