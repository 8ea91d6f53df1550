// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/terminal/terminalscreen.h"

#include <algorithm>

namespace terrarium {

namespace {
// A title is written by the guest: bounded, and without control characters.
constexpr int kMaxTitleBytes = 256;

QString cleanTitle(const QByteArray& bytes) {
  QString title;
  for (const auto character : QString::fromUtf8(bytes)) {
    if (character.isPrint()) title += character;
  }
  return title;
}
}  // namespace

// The C callbacks of libvterm, each handing over to its screen.
struct TerminalScreen::Callbacks {
  static TerminalScreen& self(void* user) { return *static_cast<TerminalScreen*>(user); }

  static int damage(VTermRect /*rect*/, void* user) {
    emit self(user).changed();
    return 1;
  }
  static int moveCursor(VTermPos position, VTermPos /*old*/, int /*visible*/, void* user) {
    self(user).cursor_ = QPoint(position.col, position.row);
    emit self(user).changed();
    return 1;
  }
  static int setProperty(VTermProp property, VTermValue* value, void* user) {
    self(user).setProperty(property, *value);
    return 1;
  }
  static int bell(void* user) {
    emit self(user).bellRang();
    return 1;
  }
  static int pushLine(int columns, const VTermScreenCell* cells, void* user) {
    self(user).pushLine(columns, cells);
    return 1;
  }
  static int popLine(int columns, VTermScreenCell* cells, void* user) { return self(user).popLine(columns, cells) ? 1 : 0; }
  static void output(const char* bytes, size_t length, void* user) {
    auto& screen = self(user);
    if (screen.probingPaste_) {
      screen.probeAnswered_ = true;
      return;
    }
    emit screen.inputProduced(QByteArray(bytes, static_cast<qsizetype>(length)));
  }
};

TerminalScreen::TerminalScreen(int rows, int columns, QObject* parent)
    : QObject(parent),
      terminal_(vterm_new(rows, columns)),
      screen_(vterm_obtain_screen(terminal_.get())),
      rows_(rows),
      columns_(columns) {
  static const VTermScreenCallbacks callbacks = [] {
    VTermScreenCallbacks table{};
    table.damage = Callbacks::damage;
    table.movecursor = Callbacks::moveCursor;
    table.settermprop = Callbacks::setProperty;
    table.bell = Callbacks::bell;
    table.sb_pushline = Callbacks::pushLine;
    table.sb_popline = Callbacks::popLine;
    return table;
  }();
  vterm_set_utf8(terminal_.get(), 1);
  vterm_output_set_callback(terminal_.get(), Callbacks::output, this);
  vterm_screen_set_callbacks(screen_, &callbacks, this);
  vterm_screen_set_damage_merge(screen_, VTERM_DAMAGE_SCREEN);
  vterm_screen_enable_altscreen(screen_, 1);
  vterm_screen_reset(screen_, 1);
}

TerminalScreen::~TerminalScreen() = default;

void TerminalScreen::write(const QByteArray& bytes) {
  vterm_input_write(terminal_.get(), bytes.constData(), static_cast<size_t>(bytes.size()));
  vterm_screen_flush_damage(screen_);
}

void TerminalScreen::resize(int rows, int columns) {
  if (rows == rows_ && columns == columns_) return;
  rows_ = rows;
  columns_ = columns;
  vterm_set_size(terminal_.get(), rows, columns);
  vterm_screen_flush_damage(screen_);
  emit changed();
}

void TerminalScreen::clearScrollback() {
  scrollback_.clear();
  emit changed();
}

TerminalLine TerminalScreen::line(qint64 number) const {
  if (number < firstLine() || number >= endLine()) return {};
  if (number < screenTop_) return scrollback_.line(static_cast<std::size_t>(number - firstLine()));
  std::vector<VTermScreenCell> cells(static_cast<std::size_t>(columns_));
  for (int column = 0; column < columns_; ++column) {
    auto& cell = cells[static_cast<std::size_t>(column)];
    vterm_screen_get_cell(screen_, {static_cast<int>(number - screenTop_), column}, &cell);
  }
  return TerminalLine::fromCells(cells.data(), columns_);
}

bool TerminalScreen::isBracketedPaste() {
  // libvterm does not tell the mode, but it writes the mark only when the mode is on.
  probingPaste_ = true;
  probeAnswered_ = false;
  vterm_keyboard_start_paste(terminal_.get());
  probingPaste_ = false;
  return probeAnswered_;
}

void TerminalScreen::pressKey(VTermKey key, VTermModifier modifiers) { vterm_keyboard_key(terminal_.get(), key, modifiers); }

void TerminalScreen::typeText(const QString& text, VTermModifier modifiers) {
  for (const auto point : text.toUcs4()) vterm_keyboard_unichar(terminal_.get(), point, modifiers);
}

void TerminalScreen::paste(const QString& text) {
  QByteArray bytes;
  QString cleaned;
  for (const auto character : text) {
    if (character == QLatin1Char('\r')) continue;
    // Control characters could end the paste mark or act as key strokes.
    if (character == QLatin1Char('\n'))
      cleaned += QLatin1Char('\r');
    else if (character == QLatin1Char('\t') || character.category() != QChar::Other_Control)
      cleaned += character;
  }
  vterm_keyboard_start_paste(terminal_.get());
  emit inputProduced(cleaned.toUtf8());
  vterm_keyboard_end_paste(terminal_.get());
}

void TerminalScreen::moveMouse(int row, int column, VTermModifier modifiers) {
  vterm_mouse_move(terminal_.get(), row, column, modifiers);
}

void TerminalScreen::pressMouse(int button, bool pressed, VTermModifier modifiers) {
  vterm_mouse_button(terminal_.get(), button, pressed, modifiers);
}

void TerminalScreen::setFocused(bool focused) {
  auto* state = vterm_obtain_state(terminal_.get());
  if (focused)
    vterm_state_focus_in(state);
  else
    vterm_state_focus_out(state);
}

void TerminalScreen::setProperty(VTermProp property, const VTermValue& value) {
  switch (property) {
    case VTERM_PROP_CURSORVISIBLE:
      cursorVisible_ = value.boolean != 0;
      break;
    case VTERM_PROP_CURSORSHAPE:
      cursorShape_ = value.number;
      break;
    case VTERM_PROP_ALTSCREEN:
      alternate_ = value.boolean != 0;
      break;
    case VTERM_PROP_MOUSE:
      mouseMode_ = value.number;
      break;
    case VTERM_PROP_TITLE:
      emit titleChanged(cleanTitle(QByteArray(value.string).left(kMaxTitleBytes)));
      break;
    default:
      break;
  }
  emit changed();
}

void TerminalScreen::pushLine(int columns, const VTermScreenCell* cells) {
  scrollback_.push(TerminalLine::fromCells(cells, columns));
  ++screenTop_;
}

bool TerminalScreen::popLine(int columns, VTermScreenCell* cells) {
  if (scrollback_.size() == 0) return false;
  scrollback_.pop().toCells(cells, columns);
  --screenTop_;
  return true;
}

}  // namespace terrarium
