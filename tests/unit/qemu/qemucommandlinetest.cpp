// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/qemu/qemucommandline.h"

using namespace terrarium;

namespace {

MachinePlan somePlan() {
  MachinePlan plan;
  plan.name = QStringLiteral("9f1c");
  plan.cookie = QStringLiteral("c00kie");
  plan.workDirectory = QStringLiteral("/run/t/9f1c");
  plan.size = *MachineSize::parse(2, 1024, 4096);
  plan.ramFile = QStringLiteral("/run/t/9f1c/ram");
  plan.disk.layers = {QStringLiteral("/data/layers/base.raw"), QStringLiteral("/data/layers/tpl.qcow2"),
                      QStringLiteral("/run/t/9f1c/disk.qcow2")};
  plan.kernel = QStringLiteral("/cache/vmlinuz");
  plan.initramfs = QStringLiteral("/cache/initramfs");
  plan.kernelArguments = QStringLiteral("quiet");
  return plan;
}

const MachineFacts kEmulated{"tcg", "7.2.22", "pc-q35-7.2", QemuCommandLine::kEmulatedProcessor, QemuCommandLine::deviceListHash()};
const MachineFacts kVirtual{"kvm", "7.2.22", "pc-q35-7.2", "host (x)", QemuCommandLine::deviceListHash()};

/// One argument per line, so that the list reads like a command line.
QStringList lines(const char* text) { return QString::fromLatin1(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts); }

const char* const kMachine = R"(
-name
guest=9f1c/c00kie,process=terrarium-vm,debug-threads=on
-nodefaults
-no-user-config
-display
none
-machine
pc-q35-7.2,memory-backend=ram,usb=off,sata=off,smbus=off,vmport=off,hpet=off,i8042=off,smm=off,dump-guest-core=off
-accel
tcg,thread=multi,tb-size=256
-cpu
max,erms=off
-smp
cpus=2,sockets=1,cores=2,threads=1
-m
1024M
-object
memory-backend-file,id=ram,size=1024M,mem-path=ram,share=on
-rtc
base=utc
-action
reboot=shutdown,shutdown=poweroff,panic=shutdown
-sandbox
on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny
-add-fd
fd=10,set=10
-blockdev
{"driver":"file","filename":"/dev/fdset/10","node-name":"file0","read-only":true}
-blockdev
{"driver":"raw","file":"file0","node-name":"layer0","read-only":true}
-add-fd
fd=11,set=11
-blockdev
{"driver":"file","filename":"/dev/fdset/11","node-name":"file1","read-only":true}
-blockdev
{"backing":"layer0","driver":"qcow2","file":"file1","node-name":"layer1","read-only":true}
-blockdev
{"discard":"unmap","driver":"file","filename":"disk.qcow2","node-name":"file2"}
-blockdev
{"backing":"layer1","detect-zeroes":"unmap","discard":"unmap","driver":"qcow2","file":"file2","node-name":"disk"}
-netdev
dgram,id=net0,local.type=fd,local.str=3
-object
rng-builtin,id=entropy
-chardev
socket,id=qmp,fd=4,server=on,wait=off
-mon
chardev=qmp,mode=control
-chardev
socket,id=agent,fd=5,server=on,wait=off
-chardev
socket,id=console,fd=6,server=on,wait=off
-device
virtio-blk-pci,id=disk0,drive=disk,bus=pcie.0,addr=0x2,disable-legacy=on,num-queues=1
-device
virtio-net-pci,id=nic0,netdev=net0,mac=02:00:00:00:00:0f,host_mtu=9000,romfile=,bus=pcie.0,addr=0x3,disable-legacy=on
-device
virtio-serial-pci,id=serial0,bus=pcie.0,addr=0x4,disable-legacy=on,max_ports=4
-device
virtserialport,id=agent0,bus=serial0.0,nr=1,chardev=agent,name=terrarium.agent
-device
virtio-rng-pci,id=rng0,rng=entropy,bus=pcie.0,addr=0x5,disable-legacy=on
-device
virtio-balloon-pci,id=balloon0,bus=pcie.0,addr=0x6,disable-legacy=on,free-page-reporting=on
-device
isa-serial,id=console0,chardev=console,index=0
-device
pvpanic,id=panic0,ioport=0x505
-S
)";

}  // namespace

class QemuCommandLineTest : public QObject {
  Q_OBJECT

 private slots:
  void aColdBootHasThisCommandLine();
  void aRestoreDiffersOnlyInItsEnd();
  void kvmChangesOnlyAcceleratorAndProcessor();
  void aLoneQcow2NeverFollowsItsOwnBackingName();
  void commasCannotAddOptions();
  void theDeviceListIsTheOneOfAllSnapshots();
};

void QemuCommandLineTest::aColdBootHasThisCommandLine() {
  const auto line = QemuCommandLine::build(somePlan(), kEmulated, QemuCommandLine::Start::Boot);
  QCOMPARE(line.arguments(), lines(kMachine) + lines("-kernel\n/proc/self/fd/12\n-initrd\n/proc/self/fd/13\n-append\n"
                                                     "console=ttyS0 panic=-1 quiet"));
  QCOMPARE(line.readOnlyFiles(), lines("/data/layers/base.raw\n/data/layers/tpl.qcow2\n/cache/vmlinuz\n/cache/initramfs"));
}

void QemuCommandLineTest::aRestoreDiffersOnlyInItsEnd() {
  const auto line = QemuCommandLine::build(somePlan(), kEmulated, QemuCommandLine::Start::Restore);
  QCOMPARE(line.arguments(), lines(kMachine) + lines("-incoming\ndefer"));
  QCOMPARE(line.readOnlyFiles(), lines("/data/layers/base.raw\n/data/layers/tpl.qcow2"));
}

void QemuCommandLineTest::kvmChangesOnlyAcceleratorAndProcessor() {
  auto expected = lines(kMachine) + lines("-incoming\ndefer");
  expected.replace(expected.indexOf(QStringLiteral("-accel")) + 1, QStringLiteral("kvm"));
  expected.replace(expected.indexOf(QStringLiteral("-cpu")) + 1, QStringLiteral("host,migratable=on"));
  QCOMPARE(QemuCommandLine::build(somePlan(), kVirtual, QemuCommandLine::Start::Restore).arguments(), expected);
}

void QemuCommandLineTest::aLoneQcow2NeverFollowsItsOwnBackingName() {
  auto plan = somePlan();
  plan.disk.layers = {QStringLiteral("/run/t/9f1c/disk.qcow2")};
  const auto arguments = QemuCommandLine::build(plan, kEmulated, QemuCommandLine::Start::Restore).arguments();
  QCOMPARE(arguments.filter(QStringLiteral("\"driver\":\"qcow2\"")).size(), 1);
  QVERIFY(arguments.filter(QStringLiteral("\"driver\":\"qcow2\"")).first().startsWith(QStringLiteral("{\"backing\":null,")));
}

void QemuCommandLineTest::commasCannotAddOptions() {
  auto plan = somePlan();
  plan.name = QStringLiteral("a,process=b");
  QVERIFY(QemuCommandLine::nameArgument(plan).startsWith(QStringLiteral("guest=a,,process=b/c00kie,")));
}

void QemuCommandLineTest::theDeviceListIsTheOneOfAllSnapshots() {
  // When this fails, every snapshot that anybody has becomes useless. That had better be worth it.
  QCOMPARE(QString::fromStdString(QemuCommandLine::deviceListHash()),
           QStringLiteral("2617b5497bca7b3e302bff9790d3bc62d6bd9cc04242b6eae3cd7018c879f925"));
}

QTEST_GUILESS_MAIN(QemuCommandLineTest)
#include "qemucommandlinetest.moc"
