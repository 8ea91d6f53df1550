// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QMessageBox>
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
#include "tests/support/builders.h"
#include "ui/connections/connectionmodel.h"
#include "ui/connections/connectionsdialog.h"
#include "ui/connections/keystore.h"
#include "ui/mainwindow.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/sandboxes/sandboxespage.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/style/theme.h"
#include "ui/widgets/plurals.h"

using namespace terrarium;

namespace {

class FakeKeyStore final : public KeyStore {
 public:
  Pending<QString> read(const QString& id) override {
    if (!works) return settled<QString>(failure(ErrorCode::Unavailable, "There is no keyring here."));
    if (!keys.contains(id)) return settled<QString>(failure(ErrorCode::NotFound, "There is no key for it."));
    return settled<QString>(Result<QString>(keys.value(id)));
  }
  Pending<void> write(const QString& id, const QString& key) override {
    if (!works) return settled<void>(failure(ErrorCode::Unavailable, "There is no keyring here."));
    keys[id] = key;
    return settled<void>(Result<void>());
  }
  Pending<void> remove(const QString& id) override {
    keys.remove(id);
    return settled<void>(Result<void>());
  }
  QMap<QString, QString> keys;
  bool works = true;
};

HttpConfig config(const QString& key) {
  HttpConfig config;
  config.apiKey = key;
  config.tokenSeed = "seed of the test";
  return config;
}

/// An engine with a number of sandboxes of its own.
struct Engine {
  explicit Engine(const QString& key, bool prefill)
      : demo(options(prefill)), server(demo, config(key)), port(server.start().value()) {}
  static DemoOptions options(bool prefill) {
    return {std::chrono::milliseconds(10), std::chrono::milliseconds(50), prefill, nullptr};
  }
  DemoFacade demo;
  HttpServer server;
  quint16 port;
  [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)); }
};

}  // namespace

/// Saved connections: the dialog with a fake keyring, and the window going over to another engine.
class ConnectionsTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { installPlurals(); }
  void init();
  void modelKeepsConnectionsWithoutKeys();
  void addressesAreChecked_data();
  void addressesAreChecked();
  void savesTheKeyInTheKeyring();
  void saysSoWhenThereIsNoKeyring();
  void testsBeforeItIsSaved();
  void refusesWhatIsIncomplete();
  void removesAfterConfirmation();
  void windowGoesOverAndComesBack();
  void lastConnectionIsUsedAgain();

 private:
  [[nodiscard]] QLineEdit* field(const QString& name) const;
  void press(const QString& name) { QTest::mouseClick(dialog_->findChild<QPushButton*>(name), Qt::LeftButton); }
  void fill(const QString& name, const QString& address, const QString& key);
  std::unique_ptr<QTemporaryDir> directory_;
  std::unique_ptr<QSettings> settings_;
  FakeKeyStore keys_;
  std::unique_ptr<ConnectionModel> model_;
  std::unique_ptr<ConnectionsDialog> dialog_;
  QStringList tested_;
};

void ConnectionsTest::init() {
  dialog_.reset();
  directory_ = std::make_unique<QTemporaryDir>();
  settings_ = std::make_unique<QSettings>(directory_->filePath(QStringLiteral("w.ini")), QSettings::IniFormat);
  keys_ = {};
  tested_.clear();
  model_ = std::make_unique<ConnectionModel>(*settings_);
  new QAbstractItemModelTester(model_.get(), QAbstractItemModelTester::FailureReportingMode::Fatal, model_.get());
  dialog_ = std::make_unique<ConnectionsDialog>(*model_, keys_, [this](const QUrl& url, const QString& key) {
    tested_ << url.toString() + QLatin1Char(' ') + key;
    return settled<QString>(Result<QString>(QStringLiteral("It answers.")));
  });
  dialog_->openList();
  QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
}

QLineEdit* ConnectionsTest::field(const QString& name) const {
  const auto fields = dialog_->findChildren<QLineEdit*>();
  for (QLineEdit* field : fields)
    if (field->accessibleName() == name) return field;
  return nullptr;
}

void ConnectionsTest::fill(const QString& name, const QString& address, const QString& key) {
  press(QStringLiteral("newConnection"));
  field(QStringLiteral("Name"))->setText(name);
  field(QStringLiteral("Address"))->setText(address);
  field(QStringLiteral("Key"))->setText(key);
}

void ConnectionsTest::modelKeepsConnectionsWithoutKeys() {
  QCOMPARE(model_->rowCount(), 1);
  QVERIFY(model_->at(0).isLocal());
  model_->put({QStringLiteral("a"), QStringLiteral("Lab"), QUrl(QStringLiteral("http://lab.example:1"))});
  model_->setCurrent(QStringLiteral("a"));
  const ConnectionModel next(*settings_);
  QCOMPARE(next.rowCount(), 2);
  QCOMPARE(next.at(1), model_->at(1));
  QCOMPARE(next.current().name, QStringLiteral("Lab"));
  model_->removeAt(0);
  QCOMPARE(model_->rowCount(), 2);
  model_->removeAt(1);
  QCOMPARE(model_->rowCount(), 1);
  QVERIFY(model_->current().isLocal());
}

void ConnectionsTest::addressesAreChecked_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("accepted");
  QTest::newRow("http") << QStringLiteral(" http://192.0.2.7:8080 ") << QStringLiteral("http://192.0.2.7:8080");
  QTest::newRow("path") << QStringLiteral("https://example.com/engine/") << QStringLiteral("https://example.com/engine");
  QTest::newRow("no scheme") << QStringLiteral("192.0.2.7:8080") << QString();
  QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << QString();
  QTest::newRow("key in it") << QStringLiteral("http://user:key@example.com") << QString();
  QTest::newRow("query") << QStringLiteral("http://example.com/?a=b") << QString();
  QTest::newRow("empty") << QString() << QString();
}

void ConnectionsTest::addressesAreChecked() {
  QFETCH(QString, text);
  QFETCH(QString, accepted);
  const auto url = checkedEngineAddress(text);
  QCOMPARE(url ? url->toString() : QString(), accepted);
  if (!url) QCOMPARE(url.error().field, std::string("address"));
}

void ConnectionsTest::savesTheKeyInTheKeyring() {
  QSignalSpy chosen(dialog_.get(), &ConnectionsDialog::chosen);
  fill(QStringLiteral("Lab"), QStringLiteral("http://lab.example:8080"), QStringLiteral("secret-key"));
  press(QStringLiteral("saveConnection"));
  QTRY_VERIFY2(dialog_->status().contains(QStringLiteral("in your keyring")), qPrintable(dialog_->status()));
  QCOMPARE(model_->rowCount(), 2);
  QCOMPARE(keys_.keys.value(model_->at(1).id), QStringLiteral("secret-key"));
  settings_->sync();
  QFile file(settings_->fileName());
  QVERIFY(file.open(QIODevice::ReadOnly));
  QVERIFY(!file.readAll().contains("secret-key"));
  // Used later without typing it again.
  dialog_->openList();
  dialog_->use(model_->at(1));
  QTRY_COMPARE(chosen.size(), 1);
  QCOMPARE(chosen.first().last().toString(), QStringLiteral("secret-key"));
}

void ConnectionsTest::saysSoWhenThereIsNoKeyring() {
  keys_.works = false;
  QSignalSpy chosen(dialog_.get(), &ConnectionsDialog::chosen);
  fill(QStringLiteral("Lab"), QStringLiteral("http://lab.example:8080"), QStringLiteral("secret-key"));
  press(QStringLiteral("saveConnection"));
  QTRY_VERIFY(dialog_->status().contains(QStringLiteral("only until this window closes. There is no keyring here.")));
  press(QStringLiteral("useConnection"));
  QTRY_COMPARE(chosen.size(), 1);
  QCOMPARE(chosen.first().last().toString(), QStringLiteral("secret-key"));
}

void ConnectionsTest::testsBeforeItIsSaved() {
  fill({}, QStringLiteral("http://lab.example:8080/"), QStringLiteral("k"));
  press(QStringLiteral("testConnection"));
  QTRY_COMPARE(dialog_->status(), QStringLiteral("It answers."));
  QCOMPARE(tested_, QStringList{QStringLiteral("http://lab.example:8080 k")});
  QCOMPARE(model_->rowCount(), 1);
  // The host names it when nobody else does.
  press(QStringLiteral("saveConnection"));
  QCOMPARE(model_->at(1).name, QStringLiteral("lab.example"));
}

void ConnectionsTest::refusesWhatIsIncomplete() {
  QSignalSpy chosen(dialog_.get(), &ConnectionsDialog::chosen);
  fill(QStringLiteral("Lab"), QStringLiteral("lab"), {});
  for (const char* button : {"testConnection", "saveConnection", "useConnection"}) press(QLatin1String(button));
  QCOMPARE(model_->rowCount(), 1);
  QCOMPARE(chosen.size(), 0);
  QVERIFY(tested_.isEmpty());
}

void ConnectionsTest::removesAfterConfirmation() {
  fill(QStringLiteral("Lab"), QStringLiteral("http://lab.example:8080"), QStringLiteral("k"));
  press(QStringLiteral("saveConnection"));
  QTRY_COMPARE(keys_.keys.size(), 1);
  press(QStringLiteral("removeConnection"));
  QCOMPARE(model_->rowCount(), 2);
  auto* box = dialog_->findChild<QMessageBox*>();
  QVERIFY(box);
  for (QAbstractButton* button : box->buttons())
    if (box->buttonRole(button) == QMessageBox::DestructiveRole) button->click();
  QTRY_COMPARE(model_->rowCount(), 1);
  QVERIFY(keys_.keys.isEmpty());
}

void ConnectionsTest::windowGoesOverAndComesBack() {
  dialog_.reset();
  Engine here(QStringLiteral("key-here"), true), there(QStringLiteral("key-there"), false);
  HttpFacade facade(here.url(), QStringLiteral("key-here"));
  Theme theme;
  MainWindow window(facade, theme, *settings_);
  const EngineConnection lab{QStringLiteral("lab"), QStringLiteral("Lab"), there.url()};
  keys_.keys[lab.id] = QStringLiteral("key-there");
  connect(&window, &MainWindow::connectionChosen, &facade, [&](const EngineConnection& connection, const QString& key) {
    facade.setAddress(connection.isLocal() ? here.url() : connection.url, connection.isLocal() ? QStringLiteral("key-here") : key);
  });
  window.offerConnections(keys_, [](const QUrl&, const QString&) { return settled<QString>(Result<QString>(QString())); });
  window.show();
  auto* rows = window.sandboxPage().table()->model();
  QTRY_VERIFY(rows->rowCount() > 2);
  // What was deleted before the change is deleted here, not there.
  QSignalSpy removed(&here.demo.events(), &Events::sandboxRemoved);
  const int before = rows->rowCount();
  window.actions().remove({rows->index(0, 0).data(SandboxModel::IdRole).toString()});
  window.connectionsDialog()->use(lab);
  QTRY_COMPARE(window.connection().name, QStringLiteral("Lab"));
  QTRY_COMPARE(rows->rowCount(), 0);
  QVERIFY(window.windowTitle().startsWith(QStringLiteral("Lab")));
  QTRY_COMPARE(removed.size(), 1);
  const SandboxSpec spec = sandboxSpec("over-there");
  whenDone(facade.sandboxes().create(spec), this, [](const Result<SandboxInfo>&) {});
  QTRY_COMPARE(rows->rowCount(), 1);
  QCOMPARE(there.demo.sandboxes().list({}).result()->items.size(), std::size_t{1});
  window.connectionsDialog()->use(EngineConnection{});
  QTRY_COMPARE(rows->rowCount(), before - 1);
  QVERIFY(window.connection().isLocal());
  QTRY_COMPARE(window.sandboxPage().selectedIds().size(), 1);
}

void ConnectionsTest::lastConnectionIsUsedAgain() {
  dialog_.reset();
  Engine there(QStringLiteral("key-there"), true);
  const EngineConnection lab{QStringLiteral("lab"), QStringLiteral("Lab"), there.url()};
  keys_.keys[lab.id] = QStringLiteral("key-there");
  model_->put(lab);
  model_->setCurrent(lab.id);
  DemoFacade demo;
  Theme theme;
  MainWindow window(demo, theme, *settings_);
  QSignalSpy chosen(&window, &MainWindow::connectionChosen);
  window.offerConnections(keys_, {});
  QTRY_COMPARE(chosen.size(), 1);
  QCOMPARE(chosen.first().last().toString(), QStringLiteral("key-there"));
}

QTEST_MAIN(ConnectionsTest)
#include "connectionstest.moc"
