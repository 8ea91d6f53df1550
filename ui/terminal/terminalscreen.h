// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPoint>
#include <memory>
#include <vterm.h>

#include "ui/terminal/scrollbackbuffer.h"
#include "ui/terminal/terminalline.h"

namespace terrarium {

/// The state of a terminal: interprets what the guest writes, keeps screen and scrollback, and turns keys into bytes. Owned by the
/// view, in its thread. Draws nothing. Lines are numbered from the first one ever written, so that a number stays valid while text
/// scrolls.
class TerminalScreen : public QObject {
  Q_OBJECT
 public:
  TerminalScreen(int rows, int columns, QObject* parent = nullptr);
  ~TerminalScreen() override;

  void write(const QByteArray& bytes);
  void resize(int rows, int columns);
  void clearScrollback();

  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int columns() const { return columns_; }
  /// Number of the oldest line kept, and of the line after the last one on the screen.
  [[nodiscard]] qint64 firstLine() const { return screenTop_ - static_cast<qint64>(scrollback_.size()); }
  [[nodiscard]] qint64 endLine() const { return screenTop_ + rows_; }
  /// Number of the topmost line on the screen.
  [[nodiscard]] qint64 screenTop() const { return screenTop_; }
  [[nodiscard]] TerminalLine line(qint64 number) const;

  [[nodiscard]] QPoint cursor() const { return cursor_; }  ///< column, row on the screen
  [[nodiscard]] bool isCursorVisible() const { return cursorVisible_; }
  [[nodiscard]] int cursorShape() const { return cursorShape_; }  ///< VTERM_PROP_CURSORSHAPE_*
  [[nodiscard]] bool isAlternateScreen() const { return alternate_; }
  [[nodiscard]] bool wantsMouse() const { return mouseMode_ != VTERM_PROP_MOUSE_NONE; }
  /// True when the program asked for pastes to be marked, so that it can tell them from typing.
  [[nodiscard]] bool isBracketedPaste();

  void pressKey(VTermKey key, VTermModifier modifiers);
  void typeText(const QString& text, VTermModifier modifiers);
  void paste(const QString& text);
  void moveMouse(int row, int column, VTermModifier modifiers);
  void pressMouse(int button, bool pressed, VTermModifier modifiers);
  void setFocused(bool focused);

 signals:
  void changed();
  /// Bytes for the guest's terminal input.
  void inputProduced(const QByteArray& bytes);
  void titleChanged(const QString& title);
  void bellRang();

 private:
  struct Callbacks;
  void setProperty(VTermProp property, const VTermValue& value);
  void pushLine(int columns, const VTermScreenCell* cells);
  bool popLine(int columns, VTermScreenCell* cells);

  struct VTermDeleter {
    void operator()(VTerm* terminal) const { vterm_free(terminal); }
  };
  std::unique_ptr<VTerm, VTermDeleter> terminal_;
  VTermScreen* screen_;
  ScrollbackBuffer scrollback_;
  int rows_;
  int columns_;
  qint64 screenTop_ = 0;
  QPoint cursor_;
  bool cursorVisible_ = true;
  int cursorShape_ = VTERM_PROP_CURSORSHAPE_BLOCK;
  bool alternate_ = false;
  int mouseMode_ = VTERM_PROP_MOUSE_NONE;
  bool probingPaste_ = false;
  bool probeAnswered_ = false;
};

}  // namespace terrarium
