// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/style/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QStyleFactory>
#include <QToolTip>

#include "ui/style/colors.h"
#include "ui/style/icons.h"

namespace terrarium {

namespace {

/// The style sheet with its @names replaced, longest name first so that @accent does not eat @accentHover.
QString styleSheetFor(const Colors& c) {
  QFile file(QStringLiteral(":/style/terrarium.qss"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QString sheet = QString::fromUtf8(file.readAll());
  const std::pair<const char*, QColor> names[] = {{"@surfaceAlt", c.surfaceAlt},
                                                  {"@surface", c.surface},
                                                  {"@window", c.window},
                                                  {"@borderStrong", c.borderStrong},
                                                  {"@border", c.border},
                                                  {"@textMuted", c.textMuted},
                                                  {"@textDisabled", c.textDisabled},
                                                  {"@text", c.text},
                                                  {"@accentHover", c.accentHover},
                                                  {"@accentText", c.accentText},
                                                  {"@accent", c.accent},
                                                  {"@onAccent", c.onAccent},
                                                  {"@selection", c.selection},
                                                  {"@onSelection", c.onSelection},
                                                  {"@hover", c.hover},
                                                  {"@focus", c.focus},
                                                  {"@goodText", c.goodText},
                                                  {"@goodTint", c.goodTint},
                                                  {"@infoText", c.infoText},
                                                  {"@infoTint", c.infoTint},
                                                  {"@warningText", c.warningText},
                                                  {"@warningTint", c.warningTint},
                                                  {"@dangerText", c.dangerText},
                                                  {"@dangerTint", c.dangerTint},
                                                  {"@neutralTint", c.neutralTint}};
  for (const auto& [name, color] : names) sheet.replace(QLatin1StringView(name), color.name());
  sheet.replace(QLatin1StringView("@mode"), c.dark ? QStringLiteral("dark") : QStringLiteral("light"));
  return sheet;
}

/// A desktop that names no font of its own leaves us with DejaVu; Inter is the better one then, where it is installed.
void chooseFont() {
  QFont font = QApplication::font();
  const QString family = QFontInfo(font).family();
  if (family.startsWith(QLatin1StringView("DejaVu")) && QFontDatabase::hasFamily(QStringLiteral("Inter")))
    font.setFamily(QStringLiteral("Inter"));
  if (font.pointSizeF() > 0 && font.pointSizeF() < 10) font.setPointSizeF(10);
  QApplication::setFont(font);
}

}  // namespace

QString themeModeName(ThemeMode mode) {
  switch (mode) {
    case ThemeMode::System:
      return QStringLiteral("system");
    case ThemeMode::Light:
      return QStringLiteral("light");
    case ThemeMode::Dark:
      return QStringLiteral("dark");
  }
  return {};
}

ThemeMode themeModeFromName(const QString& name) {
  if (name == QLatin1StringView("light")) return ThemeMode::Light;
  if (name == QLatin1StringView("dark")) return ThemeMode::Dark;
  return ThemeMode::System;
}

Theme::Theme(QObject* parent) : QObject(parent) {
  initialiseResources();
  systemIsDark_ = QApplication::palette().color(QPalette::Window).lightness() < 128;
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  chooseFont();
  apply();
}

void Theme::setMode(ThemeMode mode) {
  if (mode == mode_) return;
  mode_ = mode;
  apply();
}

void Theme::setSystemIsDark(bool dark) {
  if (dark == systemIsDark_) return;
  systemIsDark_ = dark;
  if (mode_ == ThemeMode::System) apply();
}

void Theme::apply() {
  const bool dark = mode_ == ThemeMode::Dark || (mode_ == ThemeMode::System && systemIsDark_);
  const Colors& colors = dark ? Colors::night() : Colors::light();
  QApplication::setPalette(colors.toPalette());
  QToolTip::setPalette(colors.toPalette());
  qApp->setStyleSheet(styleSheetFor(colors));
  emit changed();
}

}  // namespace terrarium
