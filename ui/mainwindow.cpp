// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include "ui/createsandbox/createdialog.h"
#include "ui/createsandbox/createform.h"
#include "ui/inspector/inspector.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/sandboxes/sandboxespage.h"
#include "ui/sandboxes/sandboxfeed.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/templates/templatemodel.h"
#include "ui/templates/templatespage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/notificationlog.h"
#include "ui/widgets/toastarea.h"

namespace terrarium {

namespace {
constexpr QSize kFirstSize(1280, 800);
// From here on there is room for list and inspector side by side; below, every column of the list counts more.
constexpr int kWideEnough = 1700;
constexpr int kListShare = 350;
}  // namespace

MainWindow::MainWindow(Facade& facade, Theme& theme, QSettings& settings, QWidget* parent)
    : QMainWindow(parent),
      facade_(facade),
      theme_(theme),
      settings_(settings),
      model_(new SandboxModel(this)),
      templates_(new TemplateModel(facade, this)),
      notifications_(new NotificationLog(this)),
      awayBanner_(new Banner(Banner::Kind::Danger, QStringLiteral("unplug"), this)),
      accelerator_(new Banner(Banner::Kind::Warning, QStringLiteral("shield-alert"), this)) {
  setWindowTitle(tr("Terrarium"));
  setMinimumSize(760, 480);
  auto* body = new QWidget(this);
  setCentralWidget(body);
  toasts_ = new ToastArea(body, *notifications_);
  actions_ = new SandboxActions(facade_, *model_, *toasts_, this);
  feed_ = new SandboxFeed(facade_, *model_, this);
  auto* layout = new QHBoxLayout(body);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(buildRail());
  layout->addWidget(buildPages(), 1);
  create_ = new CreateDialog(facade_, *templates_, settings_, this);
  buildStatusBar();
  buildShortcuts();
  connectParts();
  resize(kFirstSize);
  restoreGeometry(settings_.value(QStringLiteral("window/geometry")).toByteArray());
  splitter_->restoreState(settings_.value(QStringLiteral("window/splitter")).toByteArray());
  sandboxes_->restoreLayout(settings_);
  applyTheme();
  refreshStatus();
  showSandboxes();
  sandboxes_->table()->setFocus();
  feed_->reload();
  templates_->reload();
  connectionChanged(facade_.events().isConnected(), {});
}

MainWindow::~MainWindow() = default;

QWidget* MainWindow::buildPages() {
  sandboxes_ = new SandboxesPage(*model_, *feed_, *actions_, this);
  inspector_ = new Inspector(facade_, *model_, *actions_, this);
  splitter_ = new QSplitter(Qt::Vertical, this);
  splitter_->setObjectName(QStringLiteral("mainSplitter"));
  splitter_->addWidget(sandboxes_);
  splitter_->addWidget(inspector_);
  splitter_->setChildrenCollapsible(false);
  splitter_->setSizes({kListShare, kFirstSize.height() - kListShare});
  templatesPage_ = new TemplatesPage(facade_, *templates_, *toasts_, this);
  pages_ = new QStackedWidget(this);
  pages_->addWidget(splitter_);
  pages_->addWidget(templatesPage_);
  auto* column = new QWidget(this);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(awayBanner_);
  layout->addWidget(accelerator_);
  layout->addWidget(pages_, 1);
  awayBanner_->hide();
  accelerator_->hide();
  return column;
}

void MainWindow::connectParts() {
  connect(sandboxes_, &SandboxesPage::createRequested, this, &MainWindow::openCreateDialog);
  connect(sandboxes_, &SandboxesPage::reconnectRequested, this, &MainWindow::reconnectRequested);
  connect(sandboxes_, &SandboxesPage::selectionChanged, this, [this](const QStringList& ids) {
    if (ids.size() > 1)
      inspector_->showSeveral(static_cast<int>(ids.size()));
    else
      inspector_->show(ids.value(0));
  });
  connect(sandboxes_, &SandboxesPage::terminalRequested, this, [this](const QString& id) {
    inspector_->show(id);
    inspector_->openTerminal();
  });
  connect(templatesPage_, &TemplatesPage::createRequested, this, [this](const QString& name) {
    openCreateDialog();
    create_->form()->selectTemplate(name);
  });
  connect(create_, &CreateDialog::created, this, &MainWindow::sandboxCreated);
  connect(inspector_, &Inspector::sandboxMade, this, &MainWindow::sandboxCreated);
  connect(actions_, &SandboxActions::forked, this, &MainWindow::sandboxCreated);
  connect(awayBanner_, &Banner::actionTriggered, this, &MainWindow::bannerPressed);
  connect(accelerator_, &Banner::dismissed, this, [this] { acceleratorDismissed_ = true; });
  connect(&facade_.events(), &Events::connectionChanged, this, &MainWindow::connectionChanged);
  connect(&theme_, &Theme::changed, this, &MainWindow::applyTheme);
  connect(actions_, &SandboxActions::settled, this, [this] {
    if (closing_) close();
  });
  for (auto signal : {&SandboxModel::rowsInserted, &SandboxModel::rowsRemoved})
    connect(model_, signal, this, &MainWindow::refreshStatus);
  connect(model_, &SandboxModel::dataChanged, this, &MainWindow::refreshStatus);
  connect(model_, &SandboxModel::modelReset, this, &MainWindow::refreshStatus);
}

void MainWindow::sandboxCreated(const SandboxInfo& info) {
  const auto id = toText(info.id.value());
  model_->put(info);
  showSandboxes();
  sandboxes_->select(id);
  inspector_->show(id);
  inspector_->openTerminal();
  toasts_->post({Tone::Good, tr("%1 is ready").arg(toText(info.name.value())), tr("Open terminal"), [this, id] {
                   sandboxes_->select(id);
                   inspector_->show(id);
                   inspector_->openTerminal();
                 }});
}

QString MainWindow::suggestedName() const {
  QStringList taken;
  for (int row = 0; row < model_->rowCount(); ++row) taken << toText(model_->at(row)->name.value());
  for (int number = 1;; ++number) {
    const auto name = QStringLiteral("sandbox-%1").arg(number);
    if (!taken.contains(name)) return name;
  }
}

void MainWindow::openCreateDialog() { create_->openWith(suggestedName()); }

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  splitter_->setOrientation(width() >= kWideEnough ? Qt::Horizontal : Qt::Vertical);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  settings_.setValue(QStringLiteral("window/geometry"), saveGeometry());
  settings_.setValue(QStringLiteral("window/splitter"), splitter_->saveState());
  sandboxes_->saveLayout(settings_);
  // What the person deleted is gone when the window is; held-back requests are sent now.
  if (!actions_->isSettled() && !closing_) {
    closing_ = true;
    actions_->carryOut();
  }
  if (!actions_->isSettled() && facade_.events().isConnected()) {
    hide();
    event->ignore();
    return;
  }
  event->accept();
}

}  // namespace terrarium
