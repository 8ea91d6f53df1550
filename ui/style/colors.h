// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QPalette>

namespace terrarium {

/// What a coloured thing means. Every tone has a text colour that is readable on its own tint and on a surface.
enum class Tone { Neutral, Accent, Good, Info, Warning, Danger };

/// All colours of one theme. Widgets ask `Colors::of(palette())` while painting, so a change of theme needs no further wiring.
struct Colors {
  QColor window, surface, surfaceAlt, border, borderStrong;
  QColor text, textMuted, textDisabled;
  QColor accent, onAccent, accentHover, accentText;
  QColor selection, onSelection, hover, focus;
  QColor goodText, goodTint, infoText, infoTint, warningText, warningTint, dangerText, dangerTint, neutralTint;
  bool dark = false;

  [[nodiscard]] static const Colors& light();
  [[nodiscard]] static const Colors& night();
  [[nodiscard]] static const Colors& of(const QPalette& palette);

  [[nodiscard]] QColor toneText(Tone tone) const;
  [[nodiscard]] QColor toneTint(Tone tone) const;
  [[nodiscard]] QPalette toPalette() const;
};

/// Contrast ratio of two opaque colours (WCAG 2.1), 1 to 21.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

}  // namespace terrarium
