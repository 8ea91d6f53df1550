// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The frame of MainWindow: rail, status bar, shortcuts, menus.

#include <QAction>
#include <QButtonGroup>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidgetAction>

#include "ui/inspector/inspector.h"
#include "ui/mainwindow.h"
#include "ui/sandboxes/sandboxespage.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/notificationlog.h"

namespace terrarium {

namespace {
constexpr int kRailWidth = 92;
const char* const kThemeKey = "window/theme";
}  // namespace

QToolButton* MainWindow::addRailButton(const QString& icon, const QString& text, const QKeySequence& key) {
  auto* button = new QToolButton(this);
  button->setProperty("role", QStringLiteral("rail"));
  button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
  button->setIcon(symbolIcon(icon));
  button->setIconSize(QSize(20, 20));
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(key.isEmpty() ? text : tr("%1 (%2)").arg(text, key.toString(QKeySequence::NativeText)));
  button->setFocusPolicy(Qt::TabFocus);
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  return button;
}

QWidget* MainWindow::buildRail() {
  auto* rail = new QFrame(this);
  rail->setProperty("role", QStringLiteral("rail"));
  rail->setFixedWidth(kRailWidth);
  auto* layout = new QVBoxLayout(rail);
  layout->setContentsMargins(0, space::kSmall, 0, space::kSmall);
  layout->setSpacing(space::kTight);
  sandboxesButton_ = addRailButton(QStringLiteral("boxes"), tr("Sandboxes"), QKeySequence(Qt::CTRL | Qt::Key_1));
  templatesButton_ = addRailButton(QStringLiteral("layers"), tr("Templates"), QKeySequence(Qt::CTRL | Qt::Key_2));
  auto* group = new QButtonGroup(this);
  for (auto* button : {sandboxesButton_, templatesButton_}) {
    button->setCheckable(true);
    group->addButton(button);
    layout->addWidget(button);
  }
  layout->addStretch(1);
  engineButton_ = addRailButton(QStringLiteral("server"), tr("Engine"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
  engineButton_->hide();
  bell_ = addRailButton(QStringLiteral("bell"), tr("Messages"), {});
  auto* theme = addRailButton(QStringLiteral("moon"), tr("Theme"), {});
  layout->addWidget(engineButton_);
  layout->addWidget(bell_);
  layout->addWidget(theme);
  connect(sandboxesButton_, &QToolButton::clicked, this, &MainWindow::showSandboxes);
  connect(templatesButton_, &QToolButton::clicked, this, &MainWindow::showTemplates);
  connect(engineButton_, &QToolButton::clicked, this, &MainWindow::openConnections);
  connect(bell_, &QToolButton::clicked, this, &MainWindow::showNotifications);
  connect(theme, &QToolButton::clicked, this, &MainWindow::chooseThemeMenu);
  connect(notifications_, &NotificationLog::unreadChanged, this,
          [this](int unread) { bell_->setText(unread > 0 ? tr("%1 new").arg(unread) : tr("Messages")); });
  return rail;
}

void MainWindow::showSandboxes() {
  sandboxesButton_->setChecked(true);
  pages_->setCurrentIndex(0);
}

void MainWindow::showTemplates() {
  templatesButton_->setChecked(true);
  pages_->setCurrentIndex(1);
}

void MainWindow::buildStatusBar() {
  counts_ = new QLabel(this);
  host_ = new QLabel(this);
  for (auto* label : {counts_, host_}) setTextStyle(label, TextStyle::Caption);
  statusBar()->setSizeGripEnabled(false);
  statusBar()->setContentsMargins(space::kMedium, 0, space::kMedium, 0);
  statusBar()->addWidget(counts_, 1);
  statusBar()->addPermanentWidget(host_);
}

void MainWindow::buildShortcuts() {
  const auto add = [this](const QKeySequence& key, auto slot) {
    connect(new QShortcut(key, this), &QShortcut::activated, this, slot);
  };
  add(QKeySequence::New, &MainWindow::openCreateDialog);
  add(QKeySequence(Qt::CTRL | Qt::Key_1), &MainWindow::showSandboxes);
  add(QKeySequence(Qt::CTRL | Qt::Key_2), &MainWindow::showTemplates);
  add(QKeySequence::Find, [this] {
    showSandboxes();
    sandboxes_->filterBox()->setFocus();
    sandboxes_->filterBox()->selectAll();
  });
  add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), &MainWindow::openConnections);
  add(QKeySequence::Quit, &MainWindow::close);
}

void MainWindow::chooseThemeMenu() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const std::pair<ThemeMode, QString> choices[] = {
      {ThemeMode::System, tr("Like the desktop")}, {ThemeMode::Light, tr("Light")}, {ThemeMode::Dark, tr("Dark")}};
  for (const auto& [mode, text] : choices) {
    auto* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(theme_.mode() == mode);
    connect(action, &QAction::triggered, this, [this, mode = mode] {
      settings_.setValue(QLatin1String(kThemeKey), themeModeName(mode));
      theme_.setMode(mode);
    });
  }
  auto* from = qobject_cast<QWidget*>(sender());
  menu->popup(from ? from->mapToGlobal(QPoint(from->width(), 0)) : QCursor::pos());
}

void MainWindow::showNotifications() {
  notifications_->markRead();
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (notifications_->rowCount() == 0) {
    menu->addAction(tr("No messages yet"))->setEnabled(false);
    menu->popup(bell_->mapToGlobal(QPoint(bell_->width(), 0)));
    return;
  }
  auto* list = new QListView(menu);
  list->setModel(notifications_);
  list->setMinimumSize(420, 320);
  list->setWordWrap(true);
  list->setAccessibleName(tr("Messages"));
  auto* action = new QWidgetAction(menu);
  action->setDefaultWidget(list);
  menu->addAction(action);
  menu->popup(bell_->mapToGlobal(QPoint(bell_->width(), bell_->height() - list->minimumHeight())));
}

void MainWindow::refreshStatus() {
  int active = 0;
  int paused = 0;
  for (int row = 0; row < model_->rowCount(); ++row) {
    if (model_->at(row)->state == SandboxState::Active) ++active;
    if (model_->at(row)->state == SandboxState::Paused) ++paused;
  }
  inspector_->setVisible(model_->rowCount() > 0);
  const auto total = tr("%n sandbox(es)", nullptr, model_->rowCount());
  counts_->setText(tr("%1  ·  %2 active  ·  %3 paused").arg(total).arg(active).arg(paused));
}

void MainWindow::applyTheme() {
  const bool dark = palette().color(QPalette::Window).lightness() < 128;
  inspector_->setTerminalColors(dark ? TerminalPalette::dark() : TerminalPalette::light());
}

}  // namespace terrarium
