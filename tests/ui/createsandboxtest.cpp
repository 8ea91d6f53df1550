// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "backend/demo/demofacade.h"
#include "ui/createsandbox/createdialog.h"
#include "ui/createsandbox/createform.h"
#include "ui/createsandbox/createprogress.h"
#include "ui/templates/templatemodel.h"
#include "ui/widgets/plurals.h"

using namespace terrarium;

namespace {
const QString kUnbuilt = QStringLiteral("agent-tools");
}

/// The create dialog from Create to the end: stages, template builds, cancelling. The demonstration engine stands behind it.
class CreateSandboxTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { installPlurals(); }
  void init();
  void cleanup();
  void showsTheStagesOfACreate();
  void buildsATemplateThatIsNotBuiltFirst();
  void cancellingTheBuildKeepsTheFormAndTheTemplateAsItWas();
  void cancellingTheCreateLeavesNothingBehind();
  void closingTheDialogWhileItRunsCancels();
  void finishedCreateEmptiesTheForm();

 private:
  void fill(const QString& name, const QString& templateName);
  void submit() { QTest::keyClick(dialog_.get(), Qt::Key_Return, Qt::ControlModifier); }
  [[nodiscard]] QPushButton* button(const QString& text) const;
  [[nodiscard]] TemplateStatus statusOf(const QString& name) const { return templates_->find(name)->status; }
  [[nodiscard]] QStringList sandboxNames() const;
  std::unique_ptr<QTemporaryDir> directory_;
  std::unique_ptr<QSettings> settings_;
  std::unique_ptr<DemoFacade> facade_;
  std::unique_ptr<TemplateModel> templates_;
  std::unique_ptr<CreateDialog> dialog_;
};

void CreateSandboxTest::init() {
  directory_ = std::make_unique<QTemporaryDir>();
  settings_ = std::make_unique<QSettings>(directory_->filePath(QStringLiteral("w.ini")), QSettings::IniFormat);
  DemoOptions options;
  options.stage = std::chrono::milliseconds(20);
  options.prefill = false;
  facade_ = std::make_unique<DemoFacade>(options);
  templates_ = std::make_unique<TemplateModel>(*facade_);
  QTRY_VERIFY(templates_->rowCount() > 0);
  dialog_ = std::make_unique<CreateDialog>(*facade_, *templates_, *settings_);
  dialog_->openWith(QStringLiteral("sandbox-1"));
  QVERIFY(QTest::qWaitForWindowActive(dialog_.get()));
}

void CreateSandboxTest::cleanup() {
  dialog_.reset();
  templates_.reset();
  facade_.reset();
}

void CreateSandboxTest::fill(const QString& name, const QString& templateName) {
  SandboxRequest request;
  request.name = name.toStdString();
  request.fromTemplate = templateName.toStdString();
  request.metadata = {{"team", "core"}};
  dialog_->form()->setRequest(request);
}

QPushButton* CreateSandboxTest::button(const QString& text) const {
  const auto buttons = dialog_->findChildren<QPushButton*>();
  for (QPushButton* button : buttons)
    if (button->isVisible() && button->text() == text) return button;
  return nullptr;
}

QStringList CreateSandboxTest::sandboxNames() const {
  QStringList names;
  const auto page = facade_->sandboxes().list({}).result();
  for (const SandboxInfo& info : page->items) names << QString::fromStdString(info.name.value());
  return names;
}

void CreateSandboxTest::showsTheStagesOfACreate() {
  QSignalSpy created(dialog_.get(), &CreateDialog::created);
  fill(QStringLiteral("plain"), QStringLiteral("superserve/base"));
  submit();
  QVERIFY(dialog_->progress()->isVisible());
  QVERIFY(!dialog_->form()->isVisible());
  QVERIFY(button(QStringLiteral("Cancel creation")));
  QTRY_COMPARE(created.size(), 1);
  QVERIFY2(dialog_->progress()->stages().size() >= 4, qPrintable(dialog_->progress()->stages().join(QLatin1Char(','))));
  QVERIFY(!dialog_->isVisible());
}

void CreateSandboxTest::buildsATemplateThatIsNotBuiltFirst() {
  QSignalSpy created(dialog_.get(), &CreateDialog::created);
  QVERIFY(statusOf(kUnbuilt) != TemplateStatus::Ready);
  fill(QStringLiteral("with-tools"), kUnbuilt);
  submit();
  QTRY_VERIFY(dialog_->progress()->stages().contains(QStringLiteral("Running the build steps")));
  QCOMPARE(statusOf(kUnbuilt), TemplateStatus::Building);
  QVERIFY(sandboxNames().isEmpty());
  QTRY_COMPARE(created.size(), 1);
  QCOMPARE(statusOf(kUnbuilt), TemplateStatus::Ready);
  const auto page = facade_->sandboxes().list({}).result();
  QCOMPARE(page->items.size(), std::size_t{1});
  QCOMPARE(page->items.front().templateName, kUnbuilt.toStdString());
  QCOMPARE(page->items.front().name.value(), std::string("with-tools"));
  // Build stages first, then those of the create, in one list.
  const QStringList stages = dialog_->progress()->stages();
  QCOMPARE(stages.first(), QStringLiteral("Preparing the root file system"));
  QVERIFY2(stages.size() > stages.indexOf(QStringLiteral("Taking the snapshot")) + 2, qPrintable(stages.join(QLatin1Char(','))));
}

void CreateSandboxTest::cancellingTheBuildKeepsTheFormAndTheTemplateAsItWas() {
  QSignalSpy created(dialog_.get(), &CreateDialog::created);
  const TemplateStatus before = statusOf(kUnbuilt);
  fill(QStringLiteral("never"), kUnbuilt);
  submit();
  QTRY_COMPARE(statusOf(kUnbuilt), TemplateStatus::Building);
  QTest::mouseClick(button(QStringLiteral("Cancel creation")), Qt::LeftButton);
  QTRY_VERIFY(dialog_->form()->isVisible());
  QCOMPARE(statusOf(kUnbuilt), before);
  QCOMPARE(dialog_->form()->request().name, std::string("never"));
  QCOMPARE(dialog_->form()->request().metadata.at("team"), std::string("core"));
  // A cancel is not an error.
  QCOMPARE(dialog_->form()->summary(), QString());
  QVERIFY(sandboxNames().isEmpty());
  QCOMPARE(created.size(), 0);
}

void CreateSandboxTest::cancellingTheCreateLeavesNothingBehind() {
  QSignalSpy created(dialog_.get(), &CreateDialog::created);
  fill(QStringLiteral("gone-again"), QStringLiteral("superserve/base"));
  submit();
  QTRY_VERIFY(!dialog_->progress()->stages().isEmpty());
  QTRY_VERIFY(button(QStringLiteral("Cancel creation"))->hasFocus());
  QTest::keyClick(button(QStringLiteral("Cancel creation")), Qt::Key_Return);
  QTRY_VERIFY(dialog_->form()->isVisible());
  QTRY_VERIFY(sandboxNames().isEmpty());
  QCOMPARE(created.size(), 0);
  // The same form can be sent again.
  submit();
  QTRY_COMPARE(created.size(), 1);
  QCOMPARE(sandboxNames(), QStringList{QStringLiteral("gone-again")});
}

void CreateSandboxTest::closingTheDialogWhileItRunsCancels() {
  fill(QStringLiteral("closed"), QStringLiteral("superserve/base"));
  submit();
  QTRY_VERIFY(!dialog_->progress()->stages().isEmpty());
  QTest::keyClick(dialog_.get(), Qt::Key_Escape);
  QTRY_VERIFY(dialog_->form()->isVisible());
  QVERIFY(dialog_->isVisible());
  QTRY_VERIFY(sandboxNames().isEmpty());
}

void CreateSandboxTest::finishedCreateEmptiesTheForm() {
  QSignalSpy created(dialog_.get(), &CreateDialog::created);
  fill(QStringLiteral("first"), QStringLiteral("superserve/node-22"));
  submit();
  QTRY_COMPARE(created.size(), 1);
  dialog_->openWith(QStringLiteral("sandbox-2"));
  QCOMPARE(dialog_->form()->request().name, std::string("sandbox-2"));
  QCOMPARE(*dialog_->form()->request().fromTemplate, std::string(TemplateRef::kDefaultName));
  QVERIFY(dialog_->form()->request().metadata.empty());
}

QTEST_MAIN(CreateSandboxTest)
#include "createsandboxtest.moc"
