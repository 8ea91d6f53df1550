// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/screenshots.h"

#include <QCoreApplication>
#include <QDir>
#include <QKeyEvent>
#include <QTableView>
#include <QTimer>

#include "ui/code/codepanel.h"
#include "ui/createsandbox/createdialog.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/terminalpage.h"
#include "ui/sandboxes/sandboxespage.h"
#include "ui/terminal/terminalview.h"

namespace terrarium {

namespace {
// Long enough for the demonstration data to move a little.
constexpr int kSettleMs = 2500;
constexpr QSize kSize(1280, 800);

void type(QWidget& terminal) {
  QKeyEvent words(QEvent::KeyPress, Qt::Key_unknown, Qt::NoModifier, QStringLiteral("ls --color /"));
  QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
  for (QKeyEvent* key : {&words, &enter}) QCoreApplication::sendEvent(&terminal, key);
}
}  // namespace

Screenshots::Screenshots(MainWindow& window, Theme& theme, QString directory)
    : window_(window), theme_(theme), directory_(std::move(directory)) {}

void Screenshots::start() {
  QDir().mkpath(directory_);
  theme_.setMode(ThemeMode::Light);
  window_.resize(kSize);
  QTimer::singleShot(kSettleMs, this, &Screenshots::step);
}

void Screenshots::step() {
  switch (step_++) {
    case 0:
      window_.sandboxPage().table()->selectRow(0);
      break;
    case 1:
      shoot("sandboxes");
      window_.inspector().tabs().setCurrentIndex(3);
      window_.inspector().code().setLanguage(CodeLanguage::TypeScript);
      break;
    case 2:
      shoot("code");
      window_.inspector().openTerminal();
      break;
    case 3:
      if (auto* terminal = window_.inspector().terminal().terminalOf(window_.inspector().currentId())) type(*terminal);
      break;
    case 4:
      shoot("terminal");
      window_.openCreateDialog();
      break;
    case 5:
      shoot("create");
      window_.createDialog().reject();
      window_.showTemplates();
      break;
    case 6:
      shoot("templates");
      window_.showSandboxes();
      window_.inspector().show(window_.inspector().currentId());
      if (theme_.mode() == ThemeMode::Dark) {
        emit finished(allWritten_);
        return;
      }
      theme_.setMode(ThemeMode::Dark);
      window_.inspector().tabs().setCurrentIndex(0);
      step_ = 0;
      break;
    default:
      break;
  }
  QTimer::singleShot(kSettleMs, this, &Screenshots::step);
}

void Screenshots::shoot(const char* name) {
  const auto mode = themeModeName(theme_.mode());
  QWidget* target = window_.createDialog().isVisible() ? static_cast<QWidget*>(&window_.createDialog()) : &window_;
  allWritten_ = target->grab().save(QStringLiteral("%1/%2-%3.png").arg(directory_, QLatin1String(name), mode)) && allWritten_;
}

}  // namespace terrarium
