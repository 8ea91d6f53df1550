// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "backend/templates/kernelmodules.h"

using namespace terrarium;

class KernelModulesTest : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void dependenciesComeFirstAndOnce();
  void builtInOnesAreLeftOut();
  void bothSpellingsAreOneModule();
  void aMissingModuleIsNamed();
  void dependsIsReadFromTheModule_data();
  void dependsIsReadFromTheModule();

 private:
  void module(const QString& path, const QByteArray& depends);
  QStringList order(const QStringList& wanted);
  std::unique_ptr<QTemporaryDir> tree_;
};

void KernelModulesTest::init() {
  tree_ = std::make_unique<QTemporaryDir>();
  module(QStringLiteral("virtio/virtio_ring.ko"), "");
  module(QStringLiteral("virtio/virtio.ko"), "virtio_ring");
  module(QStringLiteral("virtio/virtio_pci.ko"), "virtio_ring,virtio");
  module(QStringLiteral("char/virtio-rng.ko"), "virtio,rng_core");
  QFile builtIn(tree_->filePath(QStringLiteral("modules.builtin")));
  QVERIFY(builtIn.open(QIODevice::WriteOnly));
  builtIn.write("kernel/fs/ext4/ext4.ko\nkernel/drivers/char/hw_random/rng-core.ko\n");
}

void KernelModulesTest::module(const QString& path, const QByteArray& depends) {
  const auto full = tree_->filePath(path);
  QVERIFY(QDir().mkpath(QFileInfo(full).path()));
  QFile file(full);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(QByteArray("\x7f"
                        "ELF",
                        4) +
             QByteArray("\0license=GPL\0depends=", 21) + depends + QByteArray("\0name=x\0", 8));
}

QStringList KernelModulesTest::order(const QStringList& wanted) {
  const auto paths = KernelModules(tree_->path()).inLoadOrder(wanted);
  if (!paths) return {QString::fromStdString(paths.error().message)};
  QStringList names;
  for (const auto& path : *paths) names << QFileInfo(path).fileName();
  return names;
}

void KernelModulesTest::dependenciesComeFirstAndOnce() {
  QCOMPARE(order({QStringLiteral("virtio_pci"), QStringLiteral("virtio")}),
           (QStringList{QStringLiteral("virtio_ring.ko"), QStringLiteral("virtio.ko"), QStringLiteral("virtio_pci.ko")}));
}

void KernelModulesTest::builtInOnesAreLeftOut() { QCOMPARE(order({QStringLiteral("ext4")}), QStringList()); }

void KernelModulesTest::bothSpellingsAreOneModule() {
  const QStringList expected{QStringLiteral("virtio_ring.ko"), QStringLiteral("virtio.ko"), QStringLiteral("virtio-rng.ko")};
  QCOMPARE(order({QStringLiteral("virtio_rng")}), expected);
  QCOMPARE(order({QStringLiteral("virtio-rng")}), expected);
}

void KernelModulesTest::aMissingModuleIsNamed() {
  const auto said = order({QStringLiteral("virtio_net")});
  QCOMPARE(said.size(), 1);
  QVERIFY2(said.first().contains(QLatin1String("virtio_net")), qPrintable(said.first()));
}

void KernelModulesTest::dependsIsReadFromTheModule_data() {
  QTest::addColumn<QByteArray>("module");
  QTest::addColumn<QStringList>("names");
  QTest::newRow("none") << QByteArray("\0depends=\0", 10) << QStringList();
  QTest::newRow("two") << QByteArray("\0depends=a,b_c\0", 15) << QStringList{QStringLiteral("a"), QStringLiteral("b_c")};
  QTest::newRow("cut off") << QByteArray("\0depends=a", 10) << QStringList{QStringLiteral("a")};
  QTest::newRow("another key that ends alike") << QByteArray("\0softdepends=a\0", 15) << QStringList();
  QTest::newRow("no bytes") << QByteArray() << QStringList();
}

void KernelModulesTest::dependsIsReadFromTheModule() {
  QFETCH(QByteArray, module);
  QFETCH(QStringList, names);
  QCOMPARE(KernelModules::dependencies(module), names);
}

QTEST_GUILESS_MAIN(KernelModulesTest)
#include "kernelmodulestest.moc"
