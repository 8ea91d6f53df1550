// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractScrollArea>
#include <memory>

#include "backend/api/exec.h"
#include "ui/terminal/terminalpainter.h"
#include "ui/terminal/terminalscreen.h"
#include "ui/terminal/terminalselection.h"

namespace terrarium {

/// A terminal for one session in a sandbox. Tab belongs to the guest; Ctrl+Shift+Tab leaves. What the guest writes is untrusted: it
/// can change the title, but it reaches neither the clipboard nor anything else outside this widget.
class TerminalView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit TerminalView(QWidget* parent = nullptr);
  ~TerminalView() override;

  /// Shows `session` from now on; what the screen held stays above. The session before it ends.
  void attach(std::unique_ptr<ExecSession> session);
  [[nodiscard]] bool isAttached() const { return session_ != nullptr; }
  [[nodiscard]] int rows() const { return screen_.rows(); }
  [[nodiscard]] int columns() const { return screen_.columns(); }
  [[nodiscard]] const TerminalScreen& screen() const { return screen_; }
  void setColors(const TerminalPalette& palette);
  /// A line of our own, for example why the session ended.
  void showNotice(const QString& text);
  [[nodiscard]] QSize cellSize() const { return painter_.cellSize(); }
  [[nodiscard]] QString selectedText() const { return selection_.text(screen_); }

 public slots:
  void copy();
  void paste();
  void pasteText(const QString& text);
  void selectAll();
  void zoomIn();
  void zoomOut();
  void resetZoom();
  void clearScrollback();

 signals:
  void titleChanged(const QString& title);
  void sessionEnded(const QString& reason);
  /// Enter was pressed while no session is attached.
  void restartRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  bool focusNextPrevChild(bool next) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void inputMethodEvent(QInputMethodEvent* event) override;
  [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

 private:
  void buildActions();
  void send(const QByteArray& bytes);
  void insertPaste(const QString& text);
  void confirmPaste(const QString& text);
  void endSession(const QString& reason);
  void fitGrid();
  void updateScrollBar();
  void setFontSize(qreal points);
  void sendMouse(const QMouseEvent& event, bool pressed);
  [[nodiscard]] bool reportsMouse(Qt::KeyboardModifiers modifiers) const;
  [[nodiscard]] TerminalPosition positionAt(QPoint point) const;
  [[nodiscard]] qint64 topLine() const;

  TerminalScreen screen_;
  TerminalPainter painter_;
  TerminalSelection selection_;
  std::unique_ptr<ExecSession> session_;
  qreal baseFontSize_;
  bool selecting_ = false;
  bool followsOutput_ = true;
  QPoint lastClick_;
  qint64 lastDoubleClick_ = 0;
};

}  // namespace terrarium
