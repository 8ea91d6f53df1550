// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

#include "backend/api/pending.h"

namespace terrarium {

/// Lists one sandbox there. Resolves with a sentence about what answered; errors are those of the list.
[[nodiscard]] Pending<QString> testConnection(const QUrl& url, const QString& key);

}  // namespace terrarium
