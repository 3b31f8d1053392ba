#!/usr/bin/env bash
# Boots the systemd of a Debian that lies in a folder, in namespaces of its own: processes, network, mounts, control groups. Nothing is
# written to the folder, and all is gone when it ends. Prints the number of its first process, and stays until its input ends.
#
#   machine.sh FOLDER SHARED     SHARED is seen there as /shared, and cannot be written to
set -euo pipefail

if [ "${1:-}" != --inside ]; then
  # systemd takes the group that it finds itself in for the whole.
  unified=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
  group=$unified/modcall-machine-$$
  mkdir "$group"
  console=$(mktemp)
  sh -c 'echo $$ > "$1/cgroup.procs"; shift; exec "$@"' sh "$group" \
    unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child bash "${BASH_SOURCE[0]}" --inside "$@" > "$console" 2>&1 < /dev/null &
  outer=$!
  end() {
    kill -KILL "$outer" 2> /dev/null || true
    wait "$outer" 2> /dev/null || true
    # What has just been killed may be in the group for a moment.
    for _ in {1..100}; do
      find "$group" -depth -type d -exec rmdir {} + 2> /dev/null && break
      sleep 0.1
    done
    rm -f "$console"
  }
  trap end EXIT
  until init=$(cat "/proc/$outer/task/$outer/children" 2> /dev/null) && [ -n "$init" ] &&
    nsenter --target $init --all test -S /run/systemd/private 2> /dev/null; do
    kill -0 "$outer" 2> /dev/null || { cat "$console" >&2; exit 1; }
    sleep 0.2
  done
  echo $init
  cat > /dev/null
  exit
fi

folder=$2 shared=$3 work=/run/modcall-machine
mount --make-rprivate /
mkdir -p $work
mount -t tmpfs tmpfs $work
mkdir $work/{upper,work,root}
mount -t overlay overlay -o "lowerdir=$folder,upperdir=$work/upper,workdir=$work/work" $work/root
cd $work/root
mount -t proc proc proc
# What is the kernel's is the whole machine's.
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
for name in null zero full random urandom tty; do
  touch dev/$name
  mount --bind /dev/$name dev/$name
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mkdir -p shared outside
mount --rbind -o ro "$shared" shared
: > etc/machine-id
ip link set lo up
pivot_root . outside
umount -l /outside
exec env -i container=namespaces PATH=/usr/sbin:/usr/bin /sbin/init --log-target=console
