// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/terminal/terminalkeys.h"

namespace terrarium {

std::optional<VTermKey> terminalKey(int qtKey) {
  if (qtKey >= Qt::Key_F1 && qtKey <= Qt::Key_F24) return static_cast<VTermKey>(VTERM_KEY_FUNCTION(qtKey - Qt::Key_F1 + 1));
  switch (qtKey) {
    case Qt::Key_Return:
      return VTERM_KEY_ENTER;
    case Qt::Key_Enter:
      return VTERM_KEY_KP_ENTER;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
      return VTERM_KEY_TAB;
    case Qt::Key_Backspace:
      return VTERM_KEY_BACKSPACE;
    case Qt::Key_Escape:
      return VTERM_KEY_ESCAPE;
    case Qt::Key_Up:
      return VTERM_KEY_UP;
    case Qt::Key_Down:
      return VTERM_KEY_DOWN;
    case Qt::Key_Left:
      return VTERM_KEY_LEFT;
    case Qt::Key_Right:
      return VTERM_KEY_RIGHT;
    case Qt::Key_Insert:
      return VTERM_KEY_INS;
    case Qt::Key_Delete:
      return VTERM_KEY_DEL;
    case Qt::Key_Home:
      return VTERM_KEY_HOME;
    case Qt::Key_End:
      return VTERM_KEY_END;
    case Qt::Key_PageUp:
      return VTERM_KEY_PAGEUP;
    case Qt::Key_PageDown:
      return VTERM_KEY_PAGEDOWN;
    default:
      return std::nullopt;
  }
}

VTermModifier terminalModifiers(Qt::KeyboardModifiers modifiers) {
  int result = VTERM_MOD_NONE;
  if (modifiers & Qt::ShiftModifier) result |= VTERM_MOD_SHIFT;
  if (modifiers & Qt::AltModifier) result |= VTERM_MOD_ALT;
  if (modifiers & Qt::ControlModifier) result |= VTERM_MOD_CTRL;
  return static_cast<VTermModifier>(result);
}

QString plainText(const QKeyEvent& event) {
  const auto key = event.key();
  if (key < 0x20 || key > 0x7e) return event.text();
  const auto character = QChar(static_cast<char16_t>(key));
  return event.modifiers() & Qt::ShiftModifier ? QString(character) : QString(character).toLower();
}

}  // namespace terrarium
