#!/bin/sh
# Turns on a host: started in new mount, PID, UTS and IPC namespaces and in the host's network namespace. Moves into the
# host's root directory and leaves everything else of the machine behind, then becomes the host's init.
# Arguments: directory of the host's disk, lab's script directory, servers…
set -eu
disk=$1 scripts=$2
shift 2
# Still the machine's /proc, so this is the PID that the machine knows us by.
read -r pid _ </proc/self/stat
root=$disk/root

mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t sysfs -o nosuid,nodev,noexec,ro sysfs "$root/sys"
mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$root/run"
mount -t devpts -o newinstance,gid=5,mode=0620,ptmxmode=0666 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
mount --bind "$disk/ext4/log" "$root/var/log"
mkdir -m 700 "$root/run/lab"
cp "$scripts/init.sh" "$scripts/server.sh" "$scripts/arrange.sh" "$root/run/lab/"
cat "$root/etc/hostname" >/proc/sys/kernel/hostname

cd "$root"
pivot_root . mnt
umount -l /mnt
exec /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
  /bin/sh /run/lab/init.sh "$pid" "$@" </dev/null
