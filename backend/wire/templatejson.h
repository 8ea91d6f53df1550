// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include "backend/domain/templateinfo.h"
#include "backend/support/result.h"

namespace terrarium {

[[nodiscard]] QJsonObject toJson(const TemplateInfo& info);
[[nodiscard]] Result<TemplateInfo> templateFromJson(const QJsonObject& object);

}  // namespace terrarium
