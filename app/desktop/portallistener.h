// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QVariant>

namespace terrarium {

class Theme;

/// Hears the desktop's colour scheme change. Owned by the theme.
class PortalListener : public QObject {
  Q_OBJECT
 public:
  PortalListener(Theme& theme, QObject* parent);
  /// The value of color-scheme: 1 prefers dark.
  void apply(QVariant value);

 public slots:
  void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

 private:
  Theme& theme_;
};

}  // namespace terrarium
