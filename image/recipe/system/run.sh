#!/usr/bin/env bash
# The system: Debian's packages, Modcall's package, the kernel's modules and overlay/, packed as a file system that cannot be written to.
. "$(dirname "$0")/../../common.sh"
image_tools
run_arm64

system=$image_out/system
package=$(find build/packages/arm64 -name 'modcall_*_arm64.deb' | sort | tail -n 1)
[ -n "$package" ] || image_fail 'there is no package for arm64.' 'npm run package'

rm -rf "$system"
mkdir -p "$system"
tar -xf "$(image_root)" -C "$system"
# Its dependencies are in packages.txt: dpkg refuses it if one is missing there. Its notices and release notes stay, unlike others' documentation.
cp "$package" "$system/modcall.deb"
chroot "$system" env DEBIAN_FRONTEND=noninteractive dpkg --path-include='/usr/share/doc/modcall/*' --install /modcall.deb > /dev/null
rm "$system/modcall.deb"
chroot "$system" dpkg-query -W > "$image_out/packages.txt"

# Of the kernel's modules, those in modules.txt and what they need: all of them are larger than the rest of the system.
modules=$(find "$image_out/kernel/usr/lib/modules" -mindepth 1 -maxdepth 1)
kept=$system/usr/lib/modules/${modules##*/}
mkdir -p "$kept"
grep -v '^#' image/recipe/system/modules.txt | grep -E -f - "$modules/modules.dep" | tr -d : | tr ' ' '\n' | sort -u |
  tar -C "$modules" -cf - --files-from - | tar -C "$kept" -xf -
cp "$modules"/modules.{builtin,builtin.modinfo,order} "$kept"
with_tools depmod --basedir "/src/$system/usr" "${modules##*/}"

(cd "$image_out/kernel" && find usr/share/doc -name copyright -exec cp --parents -t "$OLDPWD/$system" {} +)

cp -r --no-preserve=ownership image/overlay/. "$system"
cp "$image_out/keys/authority.pem" "$system/etc/rauc/keyring.pem"
printf 'MODCALL_IMAGE_VERSION=%s\n' "$(dpkg-deb -f "$package" Version)" > "$system/etc/modcall-image"

# What is to start, and what makes no sense on a system that is never changed in place.
enable() { # target, unit
  mkdir -p "$system/etc/systemd/system/$1.wants"
  ln -sf "$2" "$system/etc/systemd/system/$1.wants/"
}
enable multi-user.target /usr/lib/systemd/system/systemd-networkd.service
enable multi-user.target /usr/lib/systemd/system/systemd-resolved.service
enable multi-user.target /etc/systemd/system/modcall-good.service
enable sysinit.target /usr/lib/systemd/system/systemd-timesyncd.service
enable sysinit.target /etc/systemd/system/modcall-data.service
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer getty@.service; do
  ln -sf /dev/null "$system/etc/systemd/system/$unit"
done

# What each box has to have of its own is not in the image.
: > "$system/etc/machine-id"
echo modcall > "$system/etc/hostname"
rm -rf "$system"/etc/ssh/ssh_host_* "$system/var/lib/dbus/machine-id" "$system/etc/resolv.conf"
ln -s /run/systemd/resolve/stub-resolv.conf "$system/etc/resolv.conf"
ln -s /data/ssh/ssh_host_ed25519_key.pub "$system/etc/ssh/ssh_host_ed25519_key.pub"
mkdir -p "$system/data" "$system/var/lib/modcall"
# /var is in memory on the box: the list of packages is beside the image.
# Nothing converts old character sets, nor fetches packages of npm.
rm -rf "$system/usr/lib/aarch64-linux-gnu/gconv" "$system"/usr/share/nodejs/{corepack,@types}
rm -rf "$system"/var/{cache,log,lib/apt,lib/dpkg,backups}/* "$system"/boot/* "$system"/usr/share/{man,locale,lintian}

with_tools mksquashfs "/src/$system" "/src/$image_out/system.squashfs" -comp zstd -Xcompression-level "${ZSTD_LEVEL:-15}" -noappend -quiet -no-progress
