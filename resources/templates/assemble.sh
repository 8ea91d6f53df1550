#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes an ext4 image out of a root file system archive. Runs as root, or as root of a user namespace so that owners come out right
# without being root. Prints "stage: TEXT" when a stage begins.
#
#   assemble.sh WORK ARCHIVE IMAGE DISK_MIB
#
# WORK/archives  lines "TGZ<TAB>DIRECTORY<TAB>EXCLUDED" of npm archives to unpack below the root (EXCLUDED: a folder to leave out)
# WORK/links     lines "PATH<TAB>TARGET" of symbolic links to make
# WORK/steps.sh  run with /bin/sh inside the root file system
set -eu
umask 022
work=$1 archive=$2 image=$3 disk_mib=$4
tree=$work/tree
tab=$(printf '\t')

echo 'stage: Unpacking the root file system'
mkdir -p "$tree"
# Device nodes cannot be made in a user namespace; the guest mounts devtmpfs.
tar -C "$tree" --numeric-owner --exclude='./dev/*' -xpf "$archive"

if [ -s "$work/archives" ]; then
  echo 'stage: Adding npm packages'
  while IFS="$tab" read -r tgz directory excluded; do
    mkdir -p "$tree$directory"
    tar -C "$tree$directory" --strip-components=1 --no-same-owner --exclude="package/${excluded:-/}" -xzf "$tgz"
    echo "unpacked $(basename "$tgz") into $directory"
  done <"$work/archives"
  while IFS="$tab" read -r path target; do
    mkdir -p "$tree$(dirname "$path")"
    ln -sf "$target" "$tree$path"
  done <"$work/links"
fi

echo 'stage: Setting up accounts and files'
# What the host leaked into the tree.
printf '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n' >"$tree/etc/hosts"
echo sandbox >"$tree/etc/hostname"
rm -f "$tree/etc/resolv.conf"
echo "nameserver 10.0.2.2" >"$tree/etc/resolv.conf"
: >"$tree/etc/machine-id"
rm -rf "$tree"/var/cache/apt/*.bin "$tree"/var/log/*.log "$tree"/var/log/apt "$tree"/var/cache/debconf/*-old
cp "$work/steps.sh" "$tree/steps.sh"
mkdir -p "$tree/dev" "$tree/proc"
# The mount namespace is ours alone. Some containers forbid a new /proc; the steps then do without.
mount --rbind /dev "$tree/dev"
mount -t proc proc "$tree/proc" 2>/dev/null || true
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 chroot "$tree" /bin/sh -e /steps.sh
umount -l "$tree/proc" 2>/dev/null || true
# Lazily, which takes what is mounted below along.
umount -l "$tree/dev"
rm -rf "$tree/steps.sh" "$tree/root/.npm" "$tree/root/.cache"

echo 'stage: Making the disk image'
rm -f "$image"
truncate -s "${disk_mib}M" "$image"
# Everything is initialised now and zeroes are punched out again: otherwise every clone would initialise its own copy in the
# background and grow by that.
/sbin/mke2fs -q -F -t ext4 -d "$tree" -L rootfs -m 1 -E root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0 "$image"
fallocate --dig-holes "$image"
rm -rf "$tree"
