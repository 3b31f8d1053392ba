#!/usr/bin/env bash
# Debian's kernel for arm64, unpacked beside the system: nothing of it has to be installed under emulation. And the licences of what else the card
# has from packages that are not installed in the system.
. "$(dirname "$0")/../../common.sh"
image_tools

rm -rf "$image_out/kernel"
mkdir -p "$image_out/kernel"
# What cannot be fetched says nothing about what was to be built of it.
with_tools bash -euc '
  cd "$1"
  package=$(apt-cache depends linux-image-arm64:arm64 | sed -n "s/.*Depends: \(linux-image-[^:]*\).*/\1/p" | head -n 1)
  apt-get -qq download "$package:arm64" u-boot-rpi:arm64 raspi-firmware busybox-static:arm64
  echo "$package" > package' kernel "/src/$image_out/kernel" || debian_fail 'The kernel of the image cannot be fetched.' 'Check the network.'
with_tools bash -euc '
  cd "$1"
  package=$(cat package)
  dpkg-deb -x "$package"_*.deb .
  dpkg-deb -f "$package"_*.deb Package Version > version.txt
  rm package "$package"_*.deb
  for file in *.deb; do dpkg-deb --fsys-tarfile "$file" | tar -x --wildcards "./usr/share/doc/*/copyright"; done
  rm *.deb' kernel "/src/$image_out/kernel"
with_tools depmod --basedir "/src/$image_out/kernel/usr" "$(ls "$image_out/kernel/usr/lib/modules")"
