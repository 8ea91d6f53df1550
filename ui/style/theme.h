// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>

namespace terrarium {

enum class ThemeMode { System, Light, Dark };

[[nodiscard]] QString themeModeName(ThemeMode mode);
[[nodiscard]] ThemeMode themeModeFromName(const QString& name);

/// Dresses the application: Fusion, one of our palettes, the style sheet and the font. Owned by the composition; main thread.
/// What "System" means comes from the desktop through setSystemIsDark().
class Theme : public QObject {
  Q_OBJECT
 public:
  explicit Theme(QObject* parent = nullptr);

  [[nodiscard]] ThemeMode mode() const { return mode_; }
  void setMode(ThemeMode mode);
  void setSystemIsDark(bool dark);

 signals:
  void changed();

 private:
  void apply();
  ThemeMode mode_ = ThemeMode::System;
  bool systemIsDark_ = false;
};

}  // namespace terrarium
