// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/terminal/terminalpalette.h"

#include <utility>

namespace terrarium {

TerminalPalette TerminalPalette::dark() {
  TerminalPalette palette;
  palette.background_ = QColor(0x12, 0x16, 0x1b);
  palette.foreground_ = QColor(0xd7, 0xdd, 0xe4);
  palette.selection_ = QColor(0x2f, 0x4d, 0x6e);
  palette.cursor_ = QColor(0x7f, 0xd1, 0xae);
  palette.named_ = {0xff3b4450, 0xffff7b72, 0xff7fd18b, 0xffe3b341, 0xff79b8ff, 0xffd2a8ff, 0xff56d4dd, 0xffc9d1d9,
                    0xff8b96a3, 0xffffa198, 0xffa5e5af, 0xfff2cc60, 0xffa5d6ff, 0xffe2c5ff, 0xff8be9f0, 0xffffffff};
  return palette;
}

TerminalPalette TerminalPalette::light() {
  TerminalPalette palette;
  palette.background_ = QColor(0xfc, 0xfc, 0xfa);
  palette.foreground_ = QColor(0x24, 0x29, 0x2f);
  palette.selection_ = QColor(0xbf, 0xdb, 0xf7);
  palette.cursor_ = QColor(0x1a, 0x7f, 0x5a);
  palette.named_ = {0xff24292f, 0xffb3202a, 0xff116329, 0xff7a5200, 0xff0550ae, 0xff7a3db8, 0xff0f6a75, 0xff57606a,
                    0xff4b535c, 0xffa40e26, 0xff1a6f37, 0xff6b4700, 0xff0a58ca, 0xff6639a6, 0xff0b6470, 0xffdfe3e8};
  return palette;
}

QColor TerminalPalette::indexed(int index) const {
  if (index < 16) return QColor::fromRgb(named_[static_cast<std::size_t>(index < 0 ? 0 : index)]);
  if (index < 232) {  // the 6x6x6 cube of xterm
    const int cube = index - 16;
    const auto level = [](int step) { return step == 0 ? 0 : 55 + 40 * step; };
    return QColor(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
  }
  const int grey = 8 + 10 * (index - 232);
  return QColor(grey, grey, grey);
}

TerminalPalette::Pair TerminalPalette::colors(const TerminalStyle& style) const {
  const auto resolve = [this](const TerminalColor& color, const QColor& fallback, bool brighten) {
    switch (color.kind) {
      case TerminalColor::Kind::Indexed:
        return indexed(brighten && color.red < 8 ? color.red + 8 : color.red);
      case TerminalColor::Kind::Rgb:
        return QColor(color.red, color.green, color.blue);
      case TerminalColor::Kind::Default:
        break;
    }
    return fallback;
  };
  Pair pair{resolve(style.foreground, foreground_, style.bold), resolve(style.background, background_, false)};
  if (style.reverse) std::swap(pair.foreground, pair.background);
  return pair;
}

}  // namespace terrarium
