// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAccessible>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "backend/demo/demofacade.h"
#include "ui/createsandbox/createdialog.h"
#include "ui/createsandbox/createform.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/sandboxes/sandboxespage.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/style/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fieldbox.h"
#include "ui/widgets/keyvaluetable.h"
#include "ui/widgets/plurals.h"
#include "ui/widgets/toastarea.h"

using namespace terrarium;

/// The window on the demonstration engine, driven by keys.
class MainWindowTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { installPlurals(); }
  void init();
  void cleanup();
  void createsByKeyboardAlone();
  void formShowsTheMessagesOfTheDomain();
  void errorsWaitUntilAFieldWasTouched();
  void refusalOfTheEngineStandsBesideItsField();
  void pastedEnvSplitsIntoRowsAndAsksAboutConflicts();
  void draftSurvivesClosing();
  void deleteCanBeUndone();
  void deleteHappensWhenNobodyUndoesIt();
  void closingCarriesOutWhatWasDeleted();
  void filterHidesAndEmptyStateOffersToClear();
  void lostConnectionIsShownAndGoesAway();
  void everyFocusableWidgetHasAName();

 private:
  [[nodiscard]] QTableView* table() const { return window_->sandboxPage().table(); }
  [[nodiscard]] CreateForm* form() const { return window_->createDialog().form(); }
  /// Not QTableView::selectRow(), which toggles when a test before pressed Ctrl.
  void selectFirst() { window_->sandboxPage().select(table()->model()->index(0, 0).data(SandboxModel::IdRole).toString()); }
  [[nodiscard]] Toast* toastWith(const QString& text) const;
  std::unique_ptr<QTemporaryDir> directory_;
  std::unique_ptr<QSettings> settings_;
  std::unique_ptr<DemoFacade> facade_;
  std::unique_ptr<Theme> theme_;
  std::unique_ptr<MainWindow> window_;
};

void MainWindowTest::init() {
  directory_ = std::make_unique<QTemporaryDir>();
  settings_ = std::make_unique<QSettings>(directory_->filePath(QStringLiteral("w.ini")), QSettings::IniFormat);
  DemoOptions options;
  options.stage = std::chrono::milliseconds(10);
  facade_ = std::make_unique<DemoFacade>(options);
  theme_ = std::make_unique<Theme>();
  window_ = std::make_unique<MainWindow>(*facade_, *theme_, *settings_);
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  QTRY_VERIFY(table()->model()->rowCount() > 2);
}

void MainWindowTest::cleanup() {
  window_.reset();
  theme_.reset();
  facade_.reset();
}

Toast* MainWindowTest::toastWith(const QString& text) const {
  const QList<Toast*> toasts = window_->toasts().toasts();
  for (Toast* toast : toasts)
    if (toast->text().contains(text)) return toast;
  return nullptr;
}

void MainWindowTest::createsByKeyboardAlone() {
  QSignalSpy created(&window_->createDialog(), &CreateDialog::created);
  QTest::keyClick(window_.get(), Qt::Key_N, Qt::ControlModifier);
  QTRY_VERIFY(window_->createDialog().isVisible());
  auto* name = window_->createDialog().findChild<QLineEdit*>(QStringLiteral("sandboxName"));
  QVERIFY(name);
  QTRY_VERIFY(name->hasFocus());
  QTest::keyClicks(name, QStringLiteral("typed-by-hand"));
  QTest::keyClick(name, Qt::Key_Return);
  QTRY_COMPARE(created.size(), 1);
  QVERIFY(!window_->createDialog().isVisible());
  QTRY_VERIFY(toastWith(QStringLiteral("typed-by-hand is ready")));
  QCOMPARE(window_->sandboxPage().selectedIds().size(), 1);
  QCOMPARE(window_->inspector().currentId(), window_->sandboxPage().selectedIds().first());
}

void MainWindowTest::formShowsTheMessagesOfTheDomain() {
  window_->openCreateDialog();
  SandboxRequest request;
  request.name = std::string(65, 'x');
  request.fromTemplate = std::string(TemplateRef::kDefaultName);
  request.timeoutSeconds = 604801;
  request.autoDeleteSeconds = 2592001;
  request.metadata = {{"superserve.internal", "1"}};
  request.allowOut = {"203.0.113.7/24"};
  request.denyOut = {"example.com"};
  request.envVars = {{"A=B", "x"}};
  request.secrets = {{"9bad", "name"}};
  form()->setRequest(request);
  form()->revealProblems();
  const std::vector<Error> expected = SandboxSpec::problems(form()->request());
  QVERIFY(expected.size() >= 6);
  for (const Error& error : expected) {
    const FieldBox* box = form()->fieldFor(error.field);
    QVERIFY2(box, error.field.c_str());
    QVERIFY2(box->shownError().contains(QString::fromStdString(error.message)), error.message.c_str());
  }
  QSignalSpy created(&window_->createDialog(), &CreateDialog::created);
  QTest::keyClick(&window_->createDialog(), Qt::Key_Return, Qt::ControlModifier);
  QVERIFY(window_->createDialog().isVisible());
  QCOMPARE(created.size(), 0);
}

void MainWindowTest::errorsWaitUntilAFieldWasTouched() {
  window_->openCreateDialog();
  form()->setRequest(SandboxRequest{});
  FieldBox* box = form()->fieldFor("name");
  QVERIFY(box->hasErrors());
  QCOMPARE(box->shownError(), QString());
  box->touch();
  QVERIFY(!box->shownError().isEmpty());
}

void MainWindowTest::refusalOfTheEngineStandsBesideItsField() {
  window_->openCreateDialog();
  form()->showRefusal(badRequest("secrets.TOKEN", "There is no secret “github”."));
  QCOMPARE(form()->fieldFor("secrets.TOKEN")->shownError(), QStringLiteral("There is no secret “github”."));
  SandboxRequest changed = form()->request();
  changed.name += "-2";
  form()->setRequest(changed);
  QCOMPARE(form()->fieldFor("secrets.TOKEN")->shownError(), QString());
}

void MainWindowTest::pastedEnvSplitsIntoRowsAndAsksAboutConflicts() {
  KeyValueTable table(QStringLiteral("Variables"), QStringLiteral("Key"), QStringLiteral("Value"));
  table.show();
  table.model().setEntries({{"KEEP", "mine"}});
  QVERIFY(table.insertText(QStringLiteral("# comment\nexport A='1'\nB=\"x y\"\nKEEP=theirs\n")));
  QCOMPARE(table.model().entries(), (KeyValueModel::Entries{{"A", "1"}, {"B", "x y"}, {"KEEP", "mine"}}));
  QVERIFY(table.note().contains(QStringLiteral("KEEP")));
  table.replaceConflicts();
  QCOMPARE(table.model().value(QStringLiteral("KEEP")), QStringLiteral("theirs"));
  QVERIFY(table.note().isEmpty());
}

void MainWindowTest::draftSurvivesClosing() {
  window_->openCreateDialog();
  SandboxRequest request = form()->request();
  request.name = "half-done";
  request.metadata = {{"team", "infra"}};
  request.previewAccess = "private";
  request.envVars = {{"TOKEN", "do-not-store"}};
  form()->setRequest(request);
  window_->createDialog().reject();
  settings_->sync();
  window_ = std::make_unique<MainWindow>(*facade_, *theme_, *settings_);
  window_->openCreateDialog();
  QCOMPARE(form()->request().name, std::string("half-done"));
  QCOMPARE(form()->request().metadata, request.metadata);
  QVERIFY(form()->request().previewAccess == request.previewAccess);
  QCOMPARE(form()->request().envVars.at("TOKEN"), std::string());
  QFile file(settings_->fileName());
  QVERIFY(file.open(QIODevice::ReadOnly));
  QVERIFY(!file.readAll().contains("do-not-store"));
}

void MainWindowTest::deleteCanBeUndone() {
  selectFirst();
  const QString id = window_->sandboxPage().selectedIds().first();
  table()->setFocus();
  QTest::keyClick(table(), Qt::Key_Delete);
  Toast* toast = toastWith(QStringLiteral("will be deleted"));
  QVERIFY(toast);
  QVERIFY(table()->currentIndex().siblingAtColumn(0).data(SandboxModel::LeavingRole).toBool());
  toast->triggerAction();
  QVERIFY(!table()->currentIndex().siblingAtColumn(0).data(SandboxModel::LeavingRole).toBool());
  QVERIFY(window_->actions().isSettled());
  QCOMPARE(window_->sandboxPage().selectedIds(), QStringList{id});
}

void MainWindowTest::deleteHappensWhenNobodyUndoesIt() {
  window_->actions().setHold(20);
  QSignalSpy removed(&facade_->events(), &Events::sandboxRemoved);
  const int before = table()->model()->rowCount();
  selectFirst();
  QTest::keyClick(table(), Qt::Key_Delete);
  QCOMPARE(table()->model()->rowCount(), before);
  QTRY_COMPARE(table()->model()->rowCount(), before - 1);
  QCOMPARE(removed.size(), 1);
}

void MainWindowTest::closingCarriesOutWhatWasDeleted() {
  QSignalSpy removed(&facade_->events(), &Events::sandboxRemoved);
  selectFirst();
  QTest::keyClick(table(), Qt::Key_Delete);
  window_->close();
  QTRY_COMPARE(removed.size(), 1);
  QTRY_VERIFY(!window_->isVisible());
}

void MainWindowTest::filterHidesAndEmptyStateOffersToClear() {
  QTest::keyClick(window_.get(), Qt::Key_F, Qt::ControlModifier);
  QLineEdit* box = window_->sandboxPage().filterBox();
  QTRY_VERIFY(box->hasFocus());
  QTest::keyClicks(box, QStringLiteral("state:active"));
  for (int row = 0; row < table()->model()->rowCount(); ++row)
    QCOMPARE(table()->model()->index(row, SandboxModel::State).data().toString(), QStringLiteral("Active"));
  box->setText(QStringLiteral("no-such-thing"));
  EmptyState* empty = window_->sandboxPage().emptyState();
  QVERIFY(empty->isVisible());
  QTest::mouseClick(empty->button(), Qt::LeftButton);
  QVERIFY(box->text().isEmpty());
  QVERIFY(!empty->isVisible());
}

void MainWindowTest::lostConnectionIsShownAndGoesAway() {
  const auto banner = [this](const QString& part) {
    const auto banners = window_->findChildren<Banner*>();
    for (Banner* b : banners)
      if (b->isVisible() && b->text().contains(part)) return true;
    return false;
  };
  QVERIFY(!banner(QStringLiteral("socket closed")));
  emit facade_->events().connectionChanged(false, QStringLiteral("The socket closed."));
  QVERIFY(banner(QStringLiteral("The socket closed.")));
  selectFirst();
  emit facade_->events().connectionChanged(true, QString());
  QVERIFY(!banner(QStringLiteral("The socket closed.")));
}

void MainWindowTest::everyFocusableWidgetHasAName() {
  window_->openCreateDialog();
  window_->inspector().openTerminal();
  QStringList nameless;
  const auto widgets = window_->findChildren<QWidget*>();
  for (QWidget* widget : widgets) {
    // Buttons that are hidden have no text yet; the list of a combo box is named by its box.
    if (widget->isHidden() || widget->parentWidget()->inherits("QComboBoxPrivateContainer")) continue;
    if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QLatin1StringView("qt_"))) continue;
    const QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
    const QString name = accessible ? accessible->text(QAccessible::Name) : widget->accessibleName();
    if (name.isEmpty() && !widget->focusProxy())
      nameless << QStringLiteral("%1 in %2")
                      .arg(QLatin1StringView(widget->metaObject()->className()),
                           QLatin1StringView(widget->parentWidget()->metaObject()->className()));
  }
  QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(10))));
}

QTEST_MAIN(MainWindowTest)
#include "mainwindowtest.moc"
