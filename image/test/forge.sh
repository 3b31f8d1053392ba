#!/usr/bin/env bash
# Makes small updates in a folder: other.raucb is for another board, forged.raucb is signed by somebody else.
#
#   forge.sh FOLDER
. "$(dirname "$0")/../common.sh"
image_tools
folder=$1
mkdir "$folder/content"
head -c 65536 /dev/urandom > "$folder/content/system.img"
cp "$folder/content/system.img" "$folder/content/boot.img"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$folder/forger.key" -out "$folder/forger.pem" -days 2 -subj '/O=Modcall/CN=Development release' 2> /dev/null

bundle() { # name, board, certificate, key
  sed "s/^version=.*/version=1.2.3/; s/^compatible=.*/compatible=$2/" image/slots/manifest.raucm > "$folder/content/manifest.raucm"
  in_debian "$debian_root" "$folder:/mnt" "$PWD/$image_out/keys:/keys" -- rauc --cert="$3" --key="$4" bundle /mnt/content "/mnt/$1.raucb" > /dev/null
}
bundle other modcall-pi5 /keys/release.pem /keys/release.key
bundle forged modcall-pi4 /mnt/forger.pem /mnt/forger.key
