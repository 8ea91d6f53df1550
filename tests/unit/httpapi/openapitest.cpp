// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include "backend/demo/demofacade.h"
#include "backend/httpapi/router.h"

using namespace terrarium;

/// The written contract and the server name the same routes.
class OpenApiTest : public QObject {
  Q_OBJECT

 private slots:
  void everyRouteIsWrittenDownAndEveryWrittenOneIsThere() {
    DemoFacade demo(DemoOptions{std::chrono::milliseconds(10), std::chrono::milliseconds(1000), false, nullptr});
    HttpConfig config;
    config.tokenSeed = QByteArray(32, 's');
    auto served = Router(demo, config).routes();
    auto written = writtenRoutes();
    served.sort();
    written.sort();
    QVERIFY(served.size() > 10);
    QCOMPARE(written, served);
  }

 private:
  static QStringList writtenRoutes() {
    QFile file(QStringLiteral(TERRARIUM_SOURCE_DIR "/resources/openapi.yaml"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    static const QRegularExpression pathLine(QStringLiteral("^  (/\\S*):$"));
    static const QRegularExpression methodLine(QStringLiteral("^    (get|post|put|patch|delete):$"));
    QStringList routes;
    QString path;
    for (const auto& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
      if (const auto match = pathLine.match(line); match.hasMatch()) path = match.captured(1);
      if (const auto match = methodLine.match(line); match.hasMatch())
        routes << match.captured(1).toUpper() + QLatin1Char(' ') + path;
    }
    return routes;
  }
};

QTEST_GUILESS_MAIN(OpenApiTest)
#include "openapitest.moc"
