// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/previewsettings.h"

using namespace terrarium;

class PreviewSettingsTest : public QObject {
  Q_OBJECT

 private slots:
  void portsThatMayBePreviewed_data() {
    QTest::addColumn<qint64>("port");
    QTest::addColumn<bool>("accepted");
    for (const qint64 port : {1024, 3000, 49982, 49984, 65535}) QTest::addRow("%lld", port) << port << true;
    for (const qint64 port : {-1, 0, 80, 1023, 49983, 65536}) QTest::addRow("%lld", port) << port << false;
    QTest::addRow("beyond 32 bits") << (qint64{1} << 32) + 8000 << false;
  }
  void portsThatMayBePreviewed() {
    QFETCH(qint64, port);
    const auto parsed = PreviewPort::parse(port);
    QTEST(parsed.has_value(), "accepted");
    if (!parsed) QCOMPARE(parsed.error().field, std::string("port"));
  }

  void namesOfAccess() {
    QVERIFY(*parsePreviewAccess("public") == PreviewAccess::Public);
    QVERIFY(*parsePreviewAccess("private") == PreviewAccess::Private);
    for (const auto* name : {"", "Public", "legacy_public"}) {
      QCOMPARE(parsePreviewAccess(name).error().field, std::string("preview_access"));
    }
  }

  void aPublicSandboxShowsEveryPortButPrivateOnes() {
    PreviewSettings settings;
    QVERIFY(settings.accessTo(8000) == PreviewAccess::Public);
    QVERIFY(settings.publish(port(8000), PreviewAccess::Private));
    QVERIFY(settings.accessTo(8000) == PreviewAccess::Private);
    QVERIFY(settings.accessTo(8001) == PreviewAccess::Public);
    settings.unpublish(port(8000));
    QVERIFY(settings.accessTo(8000) == PreviewAccess::Public);
  }

  void aPrivateSandboxShowsPublishedPortsOnly() {
    PreviewSettings settings(PreviewAccess::Private);
    QVERIFY(!settings.accessTo(8000));
    QVERIFY(settings.publish(port(8000), std::nullopt)->access == PreviewAccess::Private);
    QVERIFY(settings.publish(port(8001), PreviewAccess::Public)->access == PreviewAccess::Public);
    QVERIFY(settings.accessTo(8000) == PreviewAccess::Private);
    QVERIFY(settings.accessTo(8001) == PreviewAccess::Public);
    QVERIFY(!settings.accessTo(8002));
  }

  void publishingAgainKeepsWhatIsNotSaid() {
    PreviewSettings settings;
    const auto first = *settings.publish(port(8000), PreviewAccess::Private);
    const auto second = *settings.publish(port(8000), std::nullopt);
    QCOMPARE(second, first);
    QVERIFY(settings.publish(port(8000), PreviewAccess::Public)->access == PreviewAccess::Public);
    QCOMPARE(settings.ports().size(), std::size_t{1});
  }

  void versionsAreNeverGivenTwice() {
    PreviewSettings settings;
    const auto first = settings.publish(port(8000), PreviewAccess::Private)->tokenVersion;
    const auto rotated = settings.rotate(port(8000))->tokenVersion;
    QVERIFY(rotated > first);
    settings.unpublish(port(8000));
    QVERIFY(settings.publish(port(8000), PreviewAccess::Private)->tokenVersion > rotated);
    QVERIFY(settings.rotate(port(8001)).error().code == ErrorCode::NotFound);
  }

  void portsAreBoundedAndInOrder() {
    PreviewSettings settings;
    for (std::size_t i = 0; i < PreviewSettings::kMaxPorts; ++i) QVERIFY(settings.publish(port(9000 - static_cast<int>(i)), {}));
    QCOMPARE(settings.publish(port(2000), {}).error().field, std::string("port"));
    QVERIFY(settings.publish(port(9000), PreviewAccess::Private));
    QVERIFY(settings.ports().front().port < settings.ports().back().port);
  }

  void whatWasKeptIsRestored() {
    PreviewSettings settings(PreviewAccess::Private);
    QVERIFY(settings.publish(port(8001), {}));
    QVERIFY(settings.publish(port(8000), PreviewAccess::Public));
    QCOMPARE(*PreviewSettings::restore(settings.access(), settings.ports(), settings.lastVersion()), settings);
    QVERIFY(!PreviewSettings::restore(PreviewAccess::Public, {{port(8000)}, {port(8000)}}, 5));
    QVERIFY(!PreviewSettings::restore(PreviewAccess::Public, {{port(8000), PreviewAccess::Public, 6}}, 5));
  }

 private:
  static PreviewPort port(int number) { return *PreviewPort::parse(number); }
};

QTEST_GUILESS_MAIN(PreviewSettingsTest)
#include "previewsettingstest.moc"
