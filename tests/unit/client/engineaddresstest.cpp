// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/client/engineaddress.h"

using namespace terrarium;

class EngineAddressTest : public QObject {
  Q_OBJECT

 private slots:
  void previewsAreWhereABrowserFindsThem_data() {
    QTest::addColumn<QString>("engine");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("preview");
    const auto at = [](const char* scheme, const char* rest) {
      return QLatin1String(scheme) + QLatin1String("://3000-5a0db0c5-0000-4000-8000-000000000008.") + QLatin1String(rest);
    };
    QTest::newRow("local") << "http://127.0.0.1:4321" << 3000 << at("http", "localhost:4321/");
    QTest::newRow("local by name") << "http://localhost:4321/" << 3000 << at("http", "localhost:4321/");
    QTest::newRow("IPv6") << "http://[::1]:4321" << 3000 << at("http", "localhost:4321/");
    QTest::newRow("hosted") << "https://api.superserve.ai" << 3000 << at("https", "sandbox.superserve.ai/");
    QTest::newRow("region") << "https://api-usw.superserve.ai" << 3000 << at("https", "usw-sandbox.superserve.ai/");
    QTest::newRow("another machine") << "http://lab.example:8080" << 3000
                                     << "Ports can be opened on the machine alone that the engine runs on, lab.example.";
    QTest::newRow("low port") << "http://127.0.0.1:4321" << 80 << "port has to be from 1024 to 65535 and not 49983";
  }
  void previewsAreWhereABrowserFindsThem() {
    QFETCH(QString, engine);
    QFETCH(int, port);
    const EngineAddress address(QUrl(engine), {});
    const auto preview = address.preview(*SandboxId::parse("5a0db0c5-0000-4000-8000-000000000008"), port);
    QTEST(preview ? preview->toString() : QString::fromStdString(preview.error().message), "preview");
  }
};

QTEST_GUILESS_MAIN(EngineAddressTest)
#include "engineaddresstest.moc"
