// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStackedWidget>
#include <map>

#include "backend/api/facade.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/terminal/terminalpalette.h"

namespace terrarium {

class EmptyState;
class TerminalView;

/// The terminals of sandboxes, one each, kept while another sandbox is looked at. Opens by itself for an active sandbox; a paused
/// one is resumed only after a button was pressed.
class TerminalPage : public QStackedWidget {
  Q_OBJECT
 public:
  TerminalPage(Facade& facade, SandboxModel& model, QWidget* parent = nullptr);

  void show(const QString& id);
  /// The states or the list changed.
  void refresh();
  void setColors(const TerminalPalette& palette);
  void focusTerminal();
  [[nodiscard]] TerminalView* terminalOf(const QString& id) const;

 private:
  struct Shell {
    TerminalView* view = nullptr;
    bool wasAway = false;  ///< the sandbox was not active since the session ended: a new one opens by itself
  };
  Shell& shellOf(const QString& id);
  void open(const QString& id);
  void pressed();
  void resumeAndOpen(const QString& id);
  void say(const QString& icon, const QString& title, const QString& sentence, const QString& button = {});

  Facade& facade_;
  SandboxModel& model_;
  EmptyState* message_;
  std::map<QString, Shell> shells_;
  TerminalPalette palette_ = TerminalPalette::dark();
  QString id_;
  QString problem_;
};

}  // namespace terrarium
