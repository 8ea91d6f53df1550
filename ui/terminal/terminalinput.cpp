// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The input half of TerminalView: keys, mouse, wheel, input methods.

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QStyleHints>

#include "ui/terminal/terminalkeys.h"
#include "ui/terminal/terminalview.h"

namespace terrarium {

namespace {
constexpr int kWheelLines = 3;
constexpr int kWheelStep = 120;  // Qt's angle for one notch

int terminalButton(Qt::MouseButton button) {
  switch (button) {
    case Qt::LeftButton:
      return 1;
    case Qt::MiddleButton:
      return 2;
    case Qt::RightButton:
      return 3;
    default:
      return 0;
  }
}
}  // namespace

bool TerminalView::event(QEvent* event) {
  // Keys that the guest should get must not become shortcuts of the window; those with Ctrl+Shift stay the window's.
  if (event->type() == QEvent::ShortcutOverride) {
    auto* key = static_cast<QKeyEvent*>(event);
    const auto ours = Qt::ControlModifier | Qt::ShiftModifier;
    const bool zoom = key->modifiers() == Qt::ControlModifier &&
                      (key->key() == Qt::Key_Plus || key->key() == Qt::Key_Minus || key->key() == Qt::Key_0);
    if ((key->modifiers() & ours) != ours && !zoom) {
      event->accept();
      return true;
    }
  }
  return QAbstractScrollArea::event(event);
}

bool TerminalView::focusNextPrevChild(bool /*next*/) { return false; }

void TerminalView::keyPressEvent(QKeyEvent* event) {
  const auto modifiers = event->modifiers();
  if (event->key() == Qt::Key_Backtab && (modifiers & Qt::ControlModifier)) {
    QWidget::focusNextPrevChild(false);
    return;
  }
  if ((modifiers & Qt::ShiftModifier) && (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)) {
    verticalScrollBar()->triggerAction(event->key() == Qt::Key_PageUp ? QScrollBar::SliderPageStepSub
                                                                      : QScrollBar::SliderPageStepAdd);
    return;
  }
  if (!session_ && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    emit restartRequested();
    return;
  }
  const auto key = terminalKey(event->key());
  const auto text = (modifiers & (Qt::ControlModifier | Qt::AltModifier)) ? plainText(*event) : event->text();
  if (!key && text.isEmpty()) return QAbstractScrollArea::keyPressEvent(event);
  selection_.clear();
  verticalScrollBar()->setValue(verticalScrollBar()->maximum());
  auto sent = terminalModifiers(modifiers);
  if (key) return screen_.pressKey(*key, sent);
  // Shift is in the character already.
  screen_.typeText(text, static_cast<VTermModifier>(sent & ~VTERM_MOD_SHIFT));
}

void TerminalView::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  screen_.setFocused(true);
  viewport()->update();
}

void TerminalView::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  screen_.setFocused(false);
  viewport()->update();
}

bool TerminalView::reportsMouse(Qt::KeyboardModifiers modifiers) const {
  return screen_.wantsMouse() && !(modifiers & Qt::ShiftModifier);
}

void TerminalView::sendMouse(const QMouseEvent& event, bool pressed) {
  const auto position = positionAt(event.pos());
  const auto modifiers = terminalModifiers(event.modifiers());
  screen_.moveMouse(static_cast<int>(position.line - screen_.screenTop()), std::min(position.column, screen_.columns() - 1),
                    modifiers);
  const int button = terminalButton(event.button());
  if (button > 0) screen_.pressMouse(button, pressed, modifiers);
}

void TerminalView::mousePressEvent(QMouseEvent* event) {
  if (reportsMouse(event->modifiers())) return sendMouse(*event, true);
  if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection()) {
    return pasteText(QGuiApplication::clipboard()->text(QClipboard::Selection));
  }
  if (event->button() != Qt::LeftButton) return;
  const bool third =
      QDateTime::currentMSecsSinceEpoch() - lastDoubleClick_ < QGuiApplication::styleHints()->mouseDoubleClickInterval() &&
      (event->pos() - lastClick_).manhattanLength() < 8;
  const bool block = event->modifiers() & Qt::AltModifier;
  selecting_ = true;
  selection_.start(screen_, positionAt(event->pos()),
                   third   ? TerminalSelection::Mode::Lines
                   : block ? TerminalSelection::Mode::Block
                           : TerminalSelection::Mode::Characters);
  viewport()->update();
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (reportsMouse(event->modifiers())) return sendMouse(*event, true);
  if (event->button() != Qt::LeftButton) return;
  lastDoubleClick_ = QDateTime::currentMSecsSinceEpoch();
  lastClick_ = event->pos();
  selecting_ = true;
  selection_.start(screen_, positionAt(event->pos() - QPoint(painter_.cellSize().width() / 2, 0)), TerminalSelection::Mode::Words);
  viewport()->update();
}

void TerminalView::mouseMoveEvent(QMouseEvent* event) {
  if (selecting_) {
    if (event->pos().y() < 0) verticalScrollBar()->triggerAction(QScrollBar::SliderSingleStepSub);
    if (event->pos().y() > viewport()->height()) verticalScrollBar()->triggerAction(QScrollBar::SliderSingleStepAdd);
    selection_.extend(screen_, positionAt(event->pos()));
    viewport()->update();
    return;
  }
  if (reportsMouse(event->modifiers())) sendMouse(*event, event->buttons() != Qt::NoButton);
}

void TerminalView::mouseReleaseEvent(QMouseEvent* event) {
  if (!selecting_) {
    if (reportsMouse(event->modifiers())) sendMouse(*event, false);
    return;
  }
  selecting_ = false;
  auto* clipboard = QGuiApplication::clipboard();
  if (clipboard->supportsSelection() && !selection_.isEmpty()) clipboard->setText(selectedText(), QClipboard::Selection);
}

void TerminalView::wheelEvent(QWheelEvent* event) {
  const int notches = event->angleDelta().y() / kWheelStep;
  if (event->modifiers() & Qt::ControlModifier) return notches > 0 ? zoomIn() : zoomOut();
  if (reportsMouse(event->modifiers())) {
    for (int i = 0; i < std::abs(notches); ++i)
      screen_.pressMouse(notches > 0 ? 4 : 5, true, terminalModifiers(event->modifiers()));
    return;
  }
  if (screen_.isAlternateScreen()) {  // pagers without mouse support scroll by arrow keys
    for (int i = 0; i < kWheelLines * std::abs(notches); ++i)
      screen_.pressKey(notches > 0 ? VTERM_KEY_UP : VTERM_KEY_DOWN, VTERM_MOD_NONE);
    return;
  }
  verticalScrollBar()->setValue(verticalScrollBar()->value() - kWheelLines * notches);
}

void TerminalView::contextMenuEvent(QContextMenuEvent* event) {
  if (event->reason() == QContextMenuEvent::Mouse && reportsMouse(event->modifiers())) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions(actions());
  menu->popup(event->globalPos());
}

void TerminalView::inputMethodEvent(QInputMethodEvent* event) {
  if (!event->commitString().isEmpty()) screen_.typeText(event->commitString(), VTERM_MOD_NONE);
  event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const {
  if (query == Qt::ImCursorRectangle) {
    const auto cell = painter_.cellSize();
    return QRect(QPoint(screen_.cursor().x() * cell.width(), screen_.cursor().y() * cell.height()), cell);
  }
  return QAbstractScrollArea::inputMethodQuery(query);
}

}  // namespace terrarium
