// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/system/support/testguest.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QProcess>
#include <QStandardPaths>

namespace terrarium {

namespace {

const char* const kMake = R"(
set -eu
test -s vmlinuz -a -s initramfs.gz && exit 0
package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: *\(linux-image-[^ ]*\)/\1/p' | head -n 1)
ls linux-image-*.deb >/dev/null 2>&1 || apt-get -q download "$package"
rm -rf tree root && mkdir -p tree root/bin root/mod
dpkg-deb -x linux-image-*.deb tree
cp /bin/busybox root/bin/ 2>/dev/null || cp /usr/bin/busybox root/bin/
for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk virtio_console \
              failover net_failover virtio_net rng-core virtio-rng virtio_balloon pvpanic pvpanic-mmio; do
  find tree -name "$module.ko" -exec cp {} root/mod/ \;
done
cat > root/init <<'END'
#!/bin/busybox sh
PATH=/bin
/bin/busybox mkdir -p /proc /sys /dev
/bin/busybox --install -s /bin
mount -t devtmpfs dev /dev; mount -t proc proc /proc; mount -t sysfs sys /sys
for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk virtio_console \
              failover net_failover virtio_net rng-core virtio-rng virtio_balloon pvpanic pvpanic-mmio; do
  test -e /mod/$module.ko && insmod /mod/$module.ko
done
echo 1 > /proc/sys/kernel/sysrq
echo READY
n=0
exec 3<>/dev/$(basename $(dirname /sys/class/virtio-ports/*/name))
while true; do
  while read -r line <&3; do eval "$line" >&3 2>&1; done
  usleep 20000
done
END
chmod 755 root/init
(cd root && find . | cpio -o -H newc --quiet | gzip -1) > initramfs.new
cp tree/boot/vmlinuz-* vmlinuz && chmod 644 vmlinuz initramfs.new && mv initramfs.new initramfs.gz
rm -rf tree root
)";

}  // namespace

Result<TestGuest> TestGuest::prepare() {
  // Not in the built tree: the user who runs the tests may only read it.
  const auto chosen = qEnvironmentVariable("TERRARIUM_TEST_CACHE");
  const auto cache = chosen.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) : chosen;
  const QString directory = cache + QStringLiteral("/testguest");
  if (!QDir().mkpath(directory))
    return failure(ErrorCode::FileSystem, "The directory " + directory.toStdString() + " cannot be made.");
  // Tests of one build run side by side.
  QLockFile lock(directory + QStringLiteral("/lock"));
  lock.setStaleLockTime(0);
  if (!lock.tryLock(120000)) return failure(ErrorCode::Internal, "Another test is making the guest and does not finish.");
  QProcess shell;
  shell.setWorkingDirectory(directory);
  shell.setProcessChannelMode(QProcess::MergedChannels);
  shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QLatin1String(kMake)});
  if (!shell.waitForFinished(120000) || shell.exitCode() != 0) {
    return failure(ErrorCode::Unavailable, "The test guest could not be made: " + shell.readAll().right(2000).toStdString());
  }
  return TestGuest(directory);
}

}  // namespace terrarium
