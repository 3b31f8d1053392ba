#!/usr/bin/env bash
# Makes small updates in a folder: other.raucb is for another board, older.raucb of an older major version, forged.raucb signed by somebody else.
#
#   forge.sh FOLDER
. "$(dirname "$0")/../common.sh"
image_tools
folder=$1
mkdir "$folder/content"
head -c 65536 /dev/urandom > "$folder/content/system.img"
cp "$folder/content/system.img" "$folder/content/boot.img"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$folder/forger.key" -out "$folder/forger.pem" -days 2 -subj '/O=Modcall/CN=Development release' 2> /dev/null

bundle() { # name, board, version, certificate, key
  sed "s/^version=.*/version=$3/; s/^compatible=.*/compatible=$2/" image/slots/manifest.raucm > "$folder/content/manifest.raucm"
  in_debian "$debian_root" "$folder:/mnt" "$PWD/$image_out/keys:/keys" -- rauc --cert="$4" --key="$5" bundle /mnt/content "/mnt/$1.raucb" > /dev/null
}
bundle other modcall-pi5 1.2.3 /keys/release.pem /keys/release.key
bundle older modcall-pi4 0.9.0 /keys/release.pem /keys/release.key
bundle forged modcall-pi4 1.2.3 /mnt/forger.pem /mnt/forger.key
