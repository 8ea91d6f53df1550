// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>

#include "backend/support/error.h"

namespace terrarium {

/// The error in the body of a reply with that status. Takes `{"error":{"code","message","field"}}`, `{"error":"text"}` and plain
/// text; whatever else arrives becomes a sentence about the status.
[[nodiscard]] Error errorFromBody(int status, const QByteArray& body);

/// From the object inside `error` of an event or a frame.
[[nodiscard]] Error errorFromJson(const QJsonObject& object, int status = 500);

[[nodiscard]] QJsonObject toJson(const Error& error);

}  // namespace terrarium
