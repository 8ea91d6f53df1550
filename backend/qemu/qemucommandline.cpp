// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/qemucommandline.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace terrarium {

namespace {

/// What q35 brings along and no sandbox needs is left out: it would be attack surface in every snapshot.
const QLatin1String kMachineOptions("usb=off,sata=off,smbus=off,vmport=off,hpet=off,i8042=off,smm=off,dump-guest-core=off");

/// Enough translated code for a busy guest; QEMU's own default grows to 1 GiB for each machine.
const QLatin1String kEmulation("tcg,thread=multi,tb-size=256");

QStringList devices() {
  return {
      QStringLiteral("virtio-blk-pci,id=disk0,drive=disk,bus=pcie.0,addr=0x2,disable-legacy=on,num-queues=1"),
      QStringLiteral("virtio-net-pci,id=nic0,netdev=net0,mac=02:00:00:00:00:0f,host_mtu=9000,romfile=,bus=pcie.0,addr=0x3,"
                     "disable-legacy=on"),
      QStringLiteral("virtio-serial-pci,id=serial0,bus=pcie.0,addr=0x4,disable-legacy=on,max_ports=4"),
      QStringLiteral("virtserialport,id=agent0,bus=serial0.0,nr=1,chardev=agent,name=terrarium.agent"),
      QStringLiteral("virtio-rng-pci,id=rng0,rng=entropy,bus=pcie.0,addr=0x5,disable-legacy=on"),
      QStringLiteral("virtio-balloon-pci,id=balloon0,bus=pcie.0,addr=0x6,disable-legacy=on,free-page-reporting=on"),
      QStringLiteral("isa-serial,id=console0,chardev=console,index=0"),
      QStringLiteral("pvpanic,id=panic0,ioport=0x505"),
  };
}

QString json(const QJsonObject& object) { return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)); }

QString formatOf(const QString& layer) {
  return layer.endsWith(QLatin1String(".qcow2")) ? QStringLiteral("qcow2") : QStringLiteral("raw");
}

/// QEMU's option syntax ends a value at a comma unless it is doubled.
QString escaped(QString value) { return value.replace(QLatin1Char(','), QLatin1String(",,")); }

QString socketServer(const char* id, int descriptor) {
  return QStringLiteral("socket,id=%1,fd=%2,server=on,wait=off").arg(QLatin1String(id)).arg(descriptor);
}

}  // namespace

QemuCommandLine QemuCommandLine::build(const MachinePlan& plan, const MachineFacts& facts, Start start) {
  QemuCommandLine line;
  line.addMachine(plan, facts);
  line.addDisk(plan);
  line.addChannels();
  for (const auto& device : devices()) line.arguments_ << QStringLiteral("-device") << device;
  line.addStart(plan, start);
  return line;
}

std::string QemuCommandLine::deviceListHash() {
  const auto text = kMachineOptions + QLatin1Char('\n') + devices().join(QLatin1Char('\n'));
  return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().toStdString();
}

QString QemuCommandLine::nameArgument(const MachinePlan& plan) {
  return QStringLiteral("guest=%1/%2,process=terrarium-vm,debug-threads=on").arg(escaped(plan.name), escaped(plan.cookie));
}

void QemuCommandLine::addMachine(const MachinePlan& plan, const MachineFacts& facts) {
  const bool kvm = facts.accelerator == "kvm";
  const auto memory = QStringLiteral("%1M").arg(plan.size.memoryMib());
  arguments_ << QStringLiteral("-name") << nameArgument(plan) << QStringLiteral("-nodefaults") << QStringLiteral("-no-user-config")
             << QStringLiteral("-display") << QStringLiteral("none") << QStringLiteral("-machine")
             << QStringLiteral("%1,memory-backend=ram,%2").arg(QString::fromStdString(facts.machineType), kMachineOptions)
             << QStringLiteral("-accel") << (kvm ? QStringLiteral("kvm") : QString(kEmulation)) << QStringLiteral("-cpu")
             << (kvm ? QStringLiteral("host,migratable=on") : QString(QLatin1String(kEmulatedProcessor))) << QStringLiteral("-smp")
             << QStringLiteral("cpus=%1,sockets=1,cores=%1,threads=1").arg(plan.size.vcpus()) << QStringLiteral("-m") << memory
             << QStringLiteral("-object")
             << QStringLiteral("memory-backend-file,id=ram,size=%1,mem-path=%2,share=on")
                    .arg(memory, escaped(QFileInfo(plan.ramFile).fileName()))
             << QStringLiteral("-rtc") << QStringLiteral("base=utc") << QStringLiteral("-action")
             << QStringLiteral("reboot=shutdown,shutdown=poweroff,panic=shutdown") << QStringLiteral("-sandbox")
             << QStringLiteral("on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
}

void QemuCommandLine::addDisk(const MachinePlan& plan) {
  const auto last = plan.disk.layers.size() - 1;
  QString below;
  for (qsizetype i = 0; i <= last; ++i) {
    const auto& layer = plan.disk.layers.at(i);
    const auto fileNode = QStringLiteral("file%1").arg(i);
    const auto node = i == last ? QStringLiteral("disk") : QStringLiteral("layer%1").arg(i);
    QJsonObject file{{QStringLiteral("driver"), QStringLiteral("file")}, {QStringLiteral("node-name"), fileNode}};
    QJsonObject format{
        {QStringLiteral("driver"), formatOf(layer)}, {QStringLiteral("node-name"), node}, {QStringLiteral("file"), fileNode}};
    // Always said, never left to the name inside the file, which a guest that took QEMU over could have written.
    if (formatOf(layer) == QLatin1String("qcow2")) {
      format.insert(QStringLiteral("backing"), below.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(below));
    }
    if (i == last) {
      file.insert(QStringLiteral("filename"), QFileInfo(layer).fileName());
      file.insert(QStringLiteral("discard"), QStringLiteral("unmap"));
      format.insert(QStringLiteral("discard"), QStringLiteral("unmap"));
      format.insert(QStringLiteral("detect-zeroes"), QStringLiteral("unmap"));
    } else {
      const int descriptor = shareFile(layer);
      arguments_ << QStringLiteral("-add-fd") << QStringLiteral("fd=%1,set=%1").arg(descriptor);
      file.insert(QStringLiteral("filename"), QStringLiteral("/dev/fdset/%1").arg(descriptor));
      file.insert(QStringLiteral("read-only"), true);
      format.insert(QStringLiteral("read-only"), true);
    }
    arguments_ << QStringLiteral("-blockdev") << json(file) << QStringLiteral("-blockdev") << json(format);
    below = node;
  }
}

void QemuCommandLine::addChannels() {
  arguments_ << QStringLiteral("-netdev") << QStringLiteral("dgram,id=net0,local.type=fd,local.str=%1").arg(kNicDescriptor)
             << QStringLiteral("-object") << QStringLiteral("rng-builtin,id=entropy") << QStringLiteral("-chardev")
             << socketServer("qmp", kControlDescriptor) << QStringLiteral("-mon") << QStringLiteral("chardev=qmp,mode=control")
             << QStringLiteral("-chardev") << socketServer("agent", kAgentDescriptor) << QStringLiteral("-chardev")
             << socketServer("console", kConsoleDescriptor);
}

void QemuCommandLine::addStart(const MachinePlan& plan, Start start) {
  arguments_ << QStringLiteral("-S");
  if (start == Start::Restore) {
    arguments_ << QStringLiteral("-incoming") << QStringLiteral("defer");
    return;
  }
  const auto inherited = QStringLiteral("/proc/self/fd/%1");
  arguments_ << QStringLiteral("-kernel") << inherited.arg(shareFile(plan.kernel)) << QStringLiteral("-initrd")
             << inherited.arg(shareFile(plan.initramfs)) << QStringLiteral("-append")
             << QStringLiteral("console=ttyS0 panic=-1 %1").arg(plan.kernelArguments).trimmed();
}

int QemuCommandLine::shareFile(const QString& path) {
  readOnlyFiles_ << path;
  return kFirstFileDescriptor + int(readOnlyFiles_.size()) - 1;
}

}  // namespace terrarium
