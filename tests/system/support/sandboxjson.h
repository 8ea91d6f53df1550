// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QString>

namespace terrarium {

inline QString text(const QJsonObject& object, const char* name) { return object.value(QLatin1String(name)).toString(); }
inline QString idOf(const QJsonObject& sandbox) { return text(sandbox, "id"); }
inline QString pathOf(const QJsonObject& sandbox) { return QStringLiteral("/sandboxes/") + idOf(sandbox); }

}  // namespace terrarium
