#!/usr/bin/env bash
# The part of build.sh that runs in a Debian 13: compiles what depends on the processor, and packs.
#
#   in-target.sh ARCHITECTURE FOLDER
set -euo pipefail
architecture=$1 work=$2
cd /src
export MODCALL_CACHE=/cache CCACHE_DIR=/cache/ccache

TARGET=
[ "$architecture" = "$(dpkg --print-architecture)" ] || TARGET=$(dpkg-architecture -a"$architecture" -qDEB_HOST_GNU_TYPE 2> /dev/null)
export TARGET
compiler=${TARGET:+$TARGET-}

pjsip=$(bash scripts/build-pjsip.sh | tail -n 1)
addon=build/Debian-$architecture/node_pjsua2.node
make -s -j2 -C src/node-pjsua2/native "VARIANT=Debian-$architecture" CXX="ccache ${compiler}g++" STRIP="${compiler}strip" NM="${compiler}nm" \
  PJSIP_PREFIX="$pjsip" "../$addon"
install -D -m 644 "src/node-pjsua2/$addon" "$work/app/node_modules/node-pjsua2/build/Release/node_pjsua2.node"

# npm builds it for the Node that runs here, whose interface to addons is another one.
mkdir -p "$work/app/node_modules/epoll/build/Release"
"${compiler}g++" -O2 -fPIC -shared -std=c++17 -pthread -DNODE_GYP_MODULE_NAME=epoll -DBUILDING_NODE_EXTENSION -I/usr/include/node \
  -Inode_modules/nan -ffile-prefix-map=/src=. -Wl,-z,relro,-z,now node_modules/epoll/src/epoll.cc -o "$work/app/node_modules/epoll/build/Release/epoll.node"
"${compiler}strip" "$work/app/node_modules/epoll/build/Release/epoll.node"

cd "$work"
for overlay in board/*.dts; do dtc -@ -q -I dts -O dtb -o "${overlay%.dts}.dtbo" "$overlay"; done
# It is called by the name that people type.
ln -s ../app/dist/cli/modcall.js man/modcall
help2man --no-info --section 1 --locale C.UTF-8 --name 'telephone system with monitoring of calls' --output man/modcall.1 man/modcall
dpkg-buildpackage --build=binary --host-arch "$architecture" --no-check-builddeps --no-sign -jauto
lintian --fail-on error,warning --allow-root ../modcall_*_"$architecture".deb
