// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include "tests/architecture/layerrules.h"

using terrarium::architecture::isJudged;
using terrarium::architecture::violationsIn;

namespace {

QByteArray described(const std::vector<terrarium::architecture::Violation>& violations) {
  QByteArray text;
  for (const auto& violation : violations) {
    text += "\n  " + QByteArray::fromStdString(violation.file) + ":" + QByteArray::number(violation.line) + ": " +
            QByteArray::fromStdString(violation.rule);
  }
  return text;
}

}  // namespace

/// Holds the source tree against the laws of the house.
class LayerTest : public QObject {
  Q_OBJECT
 private slots:
  void everyFileKeepsTheLaws_data() {
    QTest::addColumn<QString>("path");
    const QDir root(QStringLiteral(TERRARIUM_SOURCE_DIR));
    for (const auto* folder : {"backend", "ui", "app", "tests", "packaging", "resources"}) {
      QDirIterator files(root.filePath(QLatin1String(folder)), QDir::Files, QDirIterator::Subdirectories);
      while (files.hasNext()) {
        const auto path = root.relativeFilePath(files.next());
        if (isJudged(path.toStdString())) QTest::newRow(path.toUtf8().constData()) << path;
      }
    }
  }
  void everyFileKeepsTheLaws() {
    QFETCH(QString, path);
    QFile file(QDir(QStringLiteral(TERRARIUM_SOURCE_DIR)).filePath(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto violations = violationsIn(path.toStdString(), file.readAll().toStdString());
    QVERIFY2(violations.empty(), described(violations).constData());
  }
};

QTEST_GUILESS_MAIN(LayerTest)
#include "layertest.moc"
