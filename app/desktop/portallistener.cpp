// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/portallistener.h"

#include "ui/style/theme.h"

namespace terrarium {

PortalListener::PortalListener(Theme& theme, QObject* parent) : QObject(parent), theme_(theme) {}

void PortalListener::apply(QVariant value) {
  // The old Read method wraps its answer in a second variant.
  if (value.userType() == qMetaTypeId<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
  theme_.setSystemIsDark(value.toUInt() == 1);
}

void PortalListener::settingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
  if (group == QLatin1StringView("org.freedesktop.appearance") && key == QLatin1StringView("color-scheme")) apply(value.variant());
}

}  // namespace terrarium
