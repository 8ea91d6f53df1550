// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/style/colors.h"

#include <algorithm>
#include <cmath>

namespace terrarium {

namespace {

QColor rgb(QRgb value) { return QColor::fromRgb(value); }

Colors makeLight() {
  Colors c;
  c.window = rgb(0xF4F6F8), c.surface = rgb(0xFFFFFF), c.surfaceAlt = rgb(0xF0F2F5);
  c.border = rgb(0xDCE1E7), c.borderStrong = rgb(0x7F8A99);
  c.text = rgb(0x18212C), c.textMuted = rgb(0x526070), c.textDisabled = rgb(0x616B7A);
  c.accent = rgb(0x0B7556), c.onAccent = rgb(0xFFFFFF), c.accentHover = rgb(0x095E45), c.accentText = rgb(0x0A6A4E);
  c.selection = rgb(0xD9EEE6), c.onSelection = rgb(0x0F2B21), c.hover = rgb(0xEDF1F4), c.focus = rgb(0x0B7556);
  c.goodText = rgb(0x0F6A39), c.goodTint = rgb(0xDCF3E4), c.infoText = rgb(0x1C4E9E), c.infoTint = rgb(0xE0EAFA);
  c.warningText = rgb(0x7A4A00), c.warningTint = rgb(0xFCEED0), c.dangerText = rgb(0xA01C2E), c.dangerTint = rgb(0xFBE3E5);
  c.neutralTint = rgb(0xE7EBEF);
  return c;
}

Colors makeNight() {
  Colors c;
  c.window = rgb(0x12161B), c.surface = rgb(0x1A1F26), c.surfaceAlt = rgb(0x222932);
  c.border = rgb(0x303945), c.borderStrong = rgb(0x7C8897);
  c.text = rgb(0xE7EBF0), c.textMuted = rgb(0xA9B4C0), c.textDisabled = rgb(0x96A1AE);
  c.accent = rgb(0x35C190), c.onAccent = rgb(0x05231A), c.accentHover = rgb(0x57D2A7), c.accentText = rgb(0x5AD6AC);
  c.selection = rgb(0x1D4236), c.onSelection = rgb(0xF0FAF6), c.hover = rgb(0x252D37), c.focus = rgb(0x47CFA0);
  c.goodText = rgb(0x82DEA8), c.goodTint = rgb(0x173527), c.infoText = rgb(0xA2C6FF), c.infoTint = rgb(0x1B2F4E);
  c.warningText = rgb(0xF4C86F), c.warningTint = rgb(0x3A2D12), c.dangerText = rgb(0xFFA3AA), c.dangerTint = rgb(0x43191F);
  c.neutralTint = rgb(0x2B343F);
  c.dark = true;
  return c;
}

double linear(double channel) { return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4); }

double luminance(const QColor& c) { return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF()); }

}  // namespace

const Colors& Colors::light() {
  static const Colors colors = makeLight();
  return colors;
}

const Colors& Colors::night() {
  static const Colors colors = makeNight();
  return colors;
}

const Colors& Colors::of(const QPalette& palette) { return palette.color(QPalette::Window).lightness() < 128 ? night() : light(); }

QColor Colors::toneText(Tone tone) const {
  switch (tone) {
    case Tone::Neutral:
      return textMuted;
    case Tone::Accent:
      return accentText;
    case Tone::Good:
      return goodText;
    case Tone::Info:
      return infoText;
    case Tone::Warning:
      return warningText;
    case Tone::Danger:
      return dangerText;
  }
  return text;
}

QColor Colors::toneTint(Tone tone) const {
  switch (tone) {
    case Tone::Neutral:
      return neutralTint;
    case Tone::Accent:
      return selection;
    case Tone::Good:
      return goodTint;
    case Tone::Info:
      return infoTint;
    case Tone::Warning:
      return warningTint;
    case Tone::Danger:
      return dangerTint;
  }
  return neutralTint;
}

QPalette Colors::toPalette() const {
  QPalette p(text, surface, surface, borderStrong, border, text, text, surface, window);
  p.setColor(QPalette::AlternateBase, surfaceAlt);
  p.setColor(QPalette::Highlight, selection);
  p.setColor(QPalette::HighlightedText, onSelection);
  p.setColor(QPalette::PlaceholderText, textMuted);
  p.setColor(QPalette::ToolTipBase, surfaceAlt);
  p.setColor(QPalette::ToolTipText, text);
  p.setColor(QPalette::Link, accentText);
  p.setColor(QPalette::LinkVisited, accentText);
  p.setColor(QPalette::Mid, border);
  p.setColor(QPalette::Midlight, surfaceAlt);
  p.setColor(QPalette::Shadow, border);
  for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) p.setColor(QPalette::Disabled, role, textDisabled);
  p.setColor(QPalette::Disabled, QPalette::HighlightedText, onSelection);
  p.setColor(QPalette::Disabled, QPalette::Base, surface);
  return p;
}

double contrastRatio(const QColor& a, const QColor& b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace terrarium
