// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <memory>

#include "backend/demo/demofacade.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow.h"
#include "ui/sandboxes/sandboxespage.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/snapshots/snapshotmodel.h"
#include "ui/snapshots/snapshotspage.h"
#include "ui/style/theme.h"
#include "ui/widgets/plurals.h"

using namespace terrarium;

/// Snapshots and forks in the window, on the demonstration engine.
class SnapshotsPageTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { installPlurals(); }
  void init();
  void cleanup();
  void takesOneUnderAGivenName();
  void refusesANameThatTheDomainRefuses();
  void makesANewSandboxFromOne();
  void deletesOneAfterAQuestion();
  void offersNothingOfASandboxThatFailed();
  void forksFromTheHeader();
  void hostedServiceCannotFork();

 private:
  [[nodiscard]] SnapshotsPage& page() const { return window_->inspector().snapshots(); }
  [[nodiscard]] QPushButton* button(const QString& text) const;
  [[nodiscard]] QToolButton* forkButton() const;
  void select(const QString& state);
  void takeOne(const QString& name);
  std::unique_ptr<QTemporaryDir> directory_;
  std::unique_ptr<QSettings> settings_;
  std::unique_ptr<DemoFacade> facade_;
  std::unique_ptr<Theme> theme_;
  std::unique_ptr<MainWindow> window_;
};

void SnapshotsPageTest::init() {
  directory_ = std::make_unique<QTemporaryDir>();
  settings_ = std::make_unique<QSettings>(directory_->filePath(QStringLiteral("w.ini")), QSettings::IniFormat);
  DemoOptions options;
  options.stage = std::chrono::milliseconds(10);
  facade_ = std::make_unique<DemoFacade>(options);
  theme_ = std::make_unique<Theme>();
  window_ = std::make_unique<MainWindow>(*facade_, *theme_, *settings_);
  window_->show();
  QTRY_VERIFY(window_->sandboxPage().table()->model()->rowCount() > 2);
  new QAbstractItemModelTester(&page().model(), QAbstractItemModelTester::FailureReportingMode::Fatal, &page().model());
  window_->inspector().tabs().setCurrentWidget(&page());
  select(QStringLiteral("Active"));
}

void SnapshotsPageTest::cleanup() {
  window_.reset();
  theme_.reset();
  facade_.reset();
}

QPushButton* SnapshotsPageTest::button(const QString& text) const {
  const auto buttons = page().findChildren<QPushButton*>();
  for (QPushButton* button : buttons)
    if (button->text() == text) return button;
  return nullptr;
}

QToolButton* SnapshotsPageTest::forkButton() const {
  const auto buttons = window_->inspector().findChildren<QToolButton*>();
  for (QToolButton* button : buttons)
    if (button->accessibleName() == QLatin1String("Fork")) return button;
  return nullptr;
}

void SnapshotsPageTest::select(const QString& state) {
  const auto* model = window_->sandboxPage().table()->model();
  for (int row = 0; row < model->rowCount(); ++row) {
    if (model->index(row, SandboxModel::State).data().toString() != state) continue;
    return window_->sandboxPage().select(model->index(row, 0).data(SandboxModel::IdRole).toString());
  }
  QFAIL("there is no such sandbox");
}

void SnapshotsPageTest::takeOne(const QString& name) {
  page().findChild<QLineEdit*>()->setText(name);
  QTest::mouseClick(button(QStringLiteral("Take snapshot")), Qt::LeftButton);
  QTRY_COMPARE(page().model().rowCount(), 1);
  QTRY_COMPARE(page().model().at(0)->status, SnapshotStatus::Ready);
  page().findChild<QTableView*>()->selectRow(0);
}

void SnapshotsPageTest::takesOneUnderAGivenName() {
  takeOne(QStringLiteral("before-upgrade"));
  QCOMPARE(page().model().at(0)->name.value(), std::string("before-upgrade"));
  QTRY_COMPARE(page().message(), QStringLiteral("before-upgrade is kept."));
  // Of this sandbox alone.
  select(QStringLiteral("Paused"));
  QTRY_COMPARE(page().model().rowCount(), 0);
}

void SnapshotsPageTest::refusesANameThatTheDomainRefuses() {
  const QString wrong(300, QLatin1Char('x'));
  page().findChild<QLineEdit*>()->setText(wrong);
  QTest::mouseClick(button(QStringLiteral("Take snapshot")), Qt::LeftButton);
  SnapshotRequest request;
  request.name = wrong.toStdString();
  QCOMPARE(page().message(), QString::fromStdString(SnapshotSpec::parse(request).error().message));
  QCOMPARE(page().model().rowCount(), 0);
}

void SnapshotsPageTest::makesANewSandboxFromOne() {
  takeOne(QStringLiteral("base"));
  const QString before = window_->inspector().currentId();
  QSignalSpy made(&page(), &SnapshotsPage::created);
  QTest::mouseClick(button(QStringLiteral("New sandbox from it")), Qt::LeftButton);
  QTRY_COMPARE(made.size(), 1);
  QVERIFY(window_->inspector().currentId() != before);
  const auto id = SandboxId::parse(window_->inspector().currentId().toStdString());
  QCOMPARE(facade_->sandboxes().get(*id).result()->name.value(), std::string("base again"));
}

void SnapshotsPageTest::deletesOneAfterAQuestion() {
  takeOne(QStringLiteral("old"));
  QTest::mouseClick(button(QStringLiteral("Delete")), Qt::LeftButton);
  QCOMPARE(page().model().rowCount(), 1);
  auto* box = page().findChild<QMessageBox*>();
  QVERIFY(box);
  for (QAbstractButton* answer : box->buttons())
    if (box->buttonRole(answer) == QMessageBox::DestructiveRole) answer->click();
  QTRY_COMPARE(page().model().rowCount(), 0);
}

void SnapshotsPageTest::offersNothingOfASandboxThatFailed() {
  select(QStringLiteral("Failed"));
  QVERIFY(!button(QStringLiteral("Take snapshot"))->isEnabled());
  QVERIFY(!forkButton()->isEnabled());
}

void SnapshotsPageTest::forksFromTheHeader() {
  const QString source = window_->inspector().currentId();
  const int before = window_->sandboxPage().table()->model()->rowCount();
  QVERIFY(forkButton()->isEnabled());
  QTest::mouseClick(forkButton(), Qt::LeftButton);
  QTRY_COMPARE(window_->sandboxPage().table()->model()->rowCount(), before + 1);
  QTRY_VERIFY(window_->inspector().currentId() != source);
}

void SnapshotsPageTest::hostedServiceCannotFork() {
  window_->setConnection({QStringLiteral("h"), QStringLiteral("Hosted"), QUrl(QStringLiteral("https://api.superserve.ai"))});
  select(QStringLiteral("Paused"));
  QVERIFY(!forkButton()->isEnabled());
  QVERIFY(forkButton()->toolTip().contains(QStringLiteral("cannot fork")));
}

QTEST_MAIN(SnapshotsPageTest)
#include "snapshotspagetest.moc"
