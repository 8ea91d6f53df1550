// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "backend/client/httpfacade.h"
#include "backend/demo/demofacade.h"
#include "backend/httpapi/httpserver.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow.h"
#include "ui/sandboxes/sandboxespage.h"
#include "ui/style/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/plurals.h"

using namespace terrarium;

namespace {

HttpConfig config() {
  HttpConfig config;
  config.apiKey = QStringLiteral("ss_live_away");
  config.tokenSeed = "seed of the test";
  return config;
}

/// One life of an engine, on a port of its own.
struct Life {
  DemoFacade demo{DemoOptions{std::chrono::milliseconds(10), std::chrono::milliseconds(50), true, nullptr}};
  HttpServer server{demo, config()};
  quint16 port = server.start().value();
  [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)); }
};

}  // namespace

/// The window over real sockets while the engine behind it ends and starts anew somewhere else.
class AwayEngineTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { installPlurals(); }
  void init();
  void cleanup();
  void saysThatItIsAwayAndOffersToStartIt();
  void reconnectsToTheNextOneElsewhere();
  void listsAnewWhatChangedMeanwhile();
  void startsWithoutAnEngine();

 private:
  void openWindow(const QUrl& url);
  [[nodiscard]] QTableView* table() const { return window_->sandboxPage().table(); }
  [[nodiscard]] int rows() const { return table()->model()->rowCount(); }
  [[nodiscard]] Banner* bannerWith(const QString& text) const;
  std::unique_ptr<QTemporaryDir> directory_;
  std::unique_ptr<QSettings> settings_;
  std::unique_ptr<Life> life_;
  std::unique_ptr<HttpFacade> facade_;
  std::unique_ptr<Theme> theme_;
  std::unique_ptr<MainWindow> window_;
};

void AwayEngineTest::init() {
  directory_ = std::make_unique<QTemporaryDir>();
  settings_ = std::make_unique<QSettings>(directory_->filePath(QStringLiteral("w.ini")), QSettings::IniFormat);
  life_ = std::make_unique<Life>();
  theme_ = std::make_unique<Theme>();
}

void AwayEngineTest::cleanup() {
  window_.reset();
  facade_.reset();
  life_.reset();
}

void AwayEngineTest::openWindow(const QUrl& url) {
  facade_ = std::make_unique<HttpFacade>(url, config().apiKey);
  window_ = std::make_unique<MainWindow>(*facade_, *theme_, *settings_);
  window_->show();
}

Banner* AwayEngineTest::bannerWith(const QString& text) const {
  const auto banners = window_->findChildren<Banner*>();
  for (Banner* banner : banners)
    if (banner->isVisible() && banner->text().contains(text)) return banner;
  return nullptr;
}

void AwayEngineTest::saysThatItIsAwayAndOffersToStartIt() {
  openWindow(life_->url());
  QTRY_VERIFY(rows() > 2);
  QTRY_VERIFY(!bannerWith(QStringLiteral("engine")));
  const int before = rows();
  life_->server.stop();
  QTRY_VERIFY(bannerWith(QStringLiteral("The engine is away.")));
  // What was known stays to be read, but nothing that needs the engine can be pressed.
  QCOMPARE(rows(), before);
  window_->sandboxPage().select(table()->model()->index(0, 0).data(Qt::UserRole).toString());
  const auto actions = window_->sandboxPage().actions();
  QVERIFY(!actions.isEmpty());
  for (const QAction* action : actions) QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
  QSignalSpy asked(window_.get(), &MainWindow::reconnectRequested);
  QTest::mouseClick(bannerWith(QStringLiteral("The engine is away."))->findChild<QPushButton*>(), Qt::LeftButton);
  QCOMPARE(asked.size(), 1);
  window_->showEngineProblem(QStringLiteral("There is no terrariumd beside this program."));
  QVERIFY(bannerWith(QStringLiteral("There is no terrariumd beside this program.")));
}

void AwayEngineTest::reconnectsToTheNextOneElsewhere() {
  openWindow(life_->url());
  QTRY_VERIFY(rows() > 2);
  life_->server.stop();
  QTRY_VERIFY(bannerWith(QStringLiteral("The engine is away.")));
  auto next = std::make_unique<Life>();
  facade_->setAddress(next->url(), config().apiKey);
  QTRY_VERIFY(!bannerWith(QStringLiteral("engine")));
  QTRY_VERIFY(rows() > 2);
  // It is the next one that is shown: what happens there is seen here.
  const auto all = next->demo.sandboxes().list({}).result();
  const int before = rows();
  QVERIFY(next->demo.sandboxes().remove(all->items.front().id).isValid());
  QTRY_COMPARE(rows(), before - 1);
  life_ = std::move(next);
}

void AwayEngineTest::listsAnewWhatChangedMeanwhile() {
  openWindow(life_->url());
  QTRY_VERIFY(rows() > 2);
  const int before = rows();
  auto next = std::make_unique<Life>();
  QSignalSpy removed(&next->demo.events(), &Events::sandboxRemoved);
  const auto all = next->demo.sandboxes().list({}).result();
  QVERIFY(next->demo.sandboxes().remove(all->items.front().id).isValid());
  QTRY_COMPARE(removed.size(), 1);
  // The change of address alone must be enough, also when the old engine never ended.
  facade_->setAddress(next->url(), config().apiKey);
  QTRY_COMPARE(rows(), before - 1);
  QTRY_VERIFY(!bannerWith(QStringLiteral("engine")));
  window_.reset();
  facade_.reset();
}

void AwayEngineTest::startsWithoutAnEngine() {
  const QUrl url = life_->url();
  life_.reset();
  openWindow(url);
  EmptyState* empty = window_->sandboxPage().emptyState();
  QTRY_VERIFY(empty->isVisible());
  QTRY_VERIFY(bannerWith(QStringLiteral("The engine is away.")));
  QSignalSpy asked(window_.get(), &MainWindow::reconnectRequested);
  QTest::mouseClick(empty->button(), Qt::LeftButton);
  QCOMPARE(asked.size(), 1);
  life_ = std::make_unique<Life>();
  facade_->setAddress(life_->url(), config().apiKey);
  QTRY_VERIFY(rows() > 2);
  QVERIFY(!empty->isVisible());
}

QTEST_MAIN(AwayEngineTest)
#include "awayenginetest.moc"
