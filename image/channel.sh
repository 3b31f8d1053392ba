#!/usr/bin/env bash
# Puts the update that was built, and what a channel says of it, into build/image/channel: to be copied into a folder of any web server.
#
#   bash image/channel.sh stable|beta NOTES.de.txt NOTES.en.txt
set -euo pipefail
built=${IMAGE_OUT:-$(dirname "$0")/../build/image}
channel=${1:-}
[[ $channel =~ ^(stable|beta)$ && $# = 3 ]] || { sed -n 's/^#   /Write: /p' "$0" >&2; exit 2; }

version=$(sed -n 's/^MODCALL_IMAGE_VERSION=//p' "$built/system/etc/modcall-image")
file=modcall-$version.raucb
mkdir -p "$built/channel"
# The update first: what a channel says has to be there.
cp "$built/modcall.raucb" "$built/channel/$file"
node -e '
  const { readFileSync, statSync, writeFileSync } = require("node:fs");
  const [folder, channel, version, file, ...notes] = process.argv.slice(1);
  const [de, en] = notes.map((path) => readFileSync(path, "utf8").trim());
  const index = { version, file, size: statSync(`${folder}/${file}`).size, notes: { de, en } };
  writeFileSync(`${folder}/${channel}.json`, `${JSON.stringify(index, null, 2)}\n`);
' "$built/channel" "$channel" "$version" "$file" "$2" "$3"
printf '%s\n' "$built/channel/$file" "$built/channel/$channel.json"
