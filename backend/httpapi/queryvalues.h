// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/support/result.h"

namespace terrarium {

// Values of query parameters. Errors name the parameter and say what is accepted.

[[nodiscard]] Result<int> readNumber(const QString& name, const QString& text, int minimum);
[[nodiscard]] Error notOneOf(const QString& name, const QString& value, const char* accepted);

}  // namespace terrarium
