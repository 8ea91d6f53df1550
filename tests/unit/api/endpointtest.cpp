// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "backend/api/endpoint.h"

using namespace terrarium;

class EndpointTest : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  Directories directories_;

  Endpoint endpoint(qint64 processId = QCoreApplication::applicationPid()) const {
    return {QUrl(QStringLiteral("http://127.0.0.1:4711")), QStringLiteral("k\"ey"), processId, QStringLiteral("1.2.3")};
  }

 private slots:
  void init() {
    directories_.runtime = folder_.filePath(QStringLiteral("run/") + QString::fromLatin1(QTest::currentTestFunction()));
  }

  void whatWasWrittenIsRead() {
    QVERIFY(writeEndpoint(directories_, endpoint()));
    const auto read = readEndpoint(directories_);
    QVERIFY(read);
    QCOMPARE(read->url, endpoint().url);
    QCOMPARE(read->apiKey, endpoint().apiKey);
    QCOMPARE(read->processId, endpoint().processId);
    QCOMPARE(read->version, endpoint().version);
  }

  void onlyTheOwnerMayReadIt() {
    QVERIFY(writeEndpoint(directories_, endpoint()));
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QCOMPARE(QFileInfo(endpointFile(directories_)).permissions() & others, QFileDevice::Permissions());
    QCOMPARE(QFileInfo(directories_.runtime).permissions() & (others | QFileDevice::ExeGroup | QFileDevice::ExeOther),
             QFileDevice::Permissions());
  }

  void withoutAFileNoEngineRuns() { QCOMPARE(readEndpoint(directories_).error().code, ErrorCode::NotFound); }

  void anEngineThatEndedIsNotFound() {
    // Above the largest process id that Linux gives out.
    QVERIFY(writeEndpoint(directories_, endpoint(1 << 30)));
    QCOMPARE(readEndpoint(directories_).error().code, ErrorCode::NotFound);
  }

  void aDamagedFileIsNotFound_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{\"url\":");
    QTest::newRow("no process") << QByteArray("{\"url\":\"http://127.0.0.1:1\",\"api_key\":\"k\"}");
    QTest::newRow("no url") << QByteArray("{\"pid\":1,\"api_key\":\"k\"}");
  }
  void aDamagedFileIsNotFound() {
    QFETCH(QByteArray, content);
    QVERIFY(writeEndpoint(directories_, endpoint()));
    QFile file(endpointFile(directories_));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
    file.close();
    const auto read = readEndpoint(directories_);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::NotFound);
  }

  void aPlaceThatCannotBeWrittenIsSaid() {
    directories_.runtime = QStringLiteral("/proc/terrarium");
    const auto written = writeEndpoint(directories_, endpoint());
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::FileSystem);
  }
};

QTEST_GUILESS_MAIN(EndpointTest)
#include "endpointtest.moc"
