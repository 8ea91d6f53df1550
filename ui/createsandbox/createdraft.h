// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSettings>
#include <optional>

#include "backend/domain/sandboxspec.h"

namespace terrarium {

/// An unfinished create form on disk. Values of environment variables stay out of it, since they may be credentials.
void saveDraft(QSettings& settings, const SandboxRequest& request);
[[nodiscard]] std::optional<SandboxRequest> loadDraft(const QSettings& settings);
void clearDraft(QSettings& settings);

}  // namespace terrarium
