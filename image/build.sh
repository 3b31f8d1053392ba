#!/usr/bin/env bash
# Builds the image of the appliance for a card, and the update for a box that runs already, in build/image; see README.md beside this
# file. Needs root, and the package for arm64 (npm run package). The same commit and the same packages of Debian give the same image.
. "$(dirname "$0")/common.sh"
require_root
mkdir -p "$image_out"
bash image/keys.sh
for step in root kernel system initrd boot disk bundle; do
  printf 'image: %s\n' "$step" >&2
  bash "image/recipe/$step/run.sh"
done
bash image/check.sh
