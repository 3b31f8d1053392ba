#!/usr/bin/env bash
# Makes a key for signing updates while developing: an authority, and a key that it has certified, in build/image/keys. The vendor's own
# key is nowhere near: its authority's certificate takes the place of authority.pem in the vendor's build.
. "$(dirname "$0")/common.sh"
keys=$image_out/keys
[ -f "$keys/release.pem" ] && exit 0
rm -rf "$keys"
mkdir -p "$keys"
umask 077
openssl req -x509 -newkey rsa:3072 -nodes -keyout "$keys/authority.key" -out "$keys/authority.pem" -days 7300 -subj '/O=Modcall/CN=Development authority of updates' \
  -addext keyUsage=critical,keyCertSign,cRLSign 2> /dev/null
openssl req -newkey rsa:3072 -nodes -keyout "$keys/release.key" -out "$keys/release.csr" -subj '/O=Modcall/CN=Development release' 2> /dev/null
openssl x509 -req -in "$keys/release.csr" -CA "$keys/authority.pem" -CAkey "$keys/authority.key" -out "$keys/release.growing" -days 3650 \
  -extfile <(printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\n') 2> /dev/null
mv "$keys/release.growing" "$keys/release.pem"
