// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QVariant>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/engine/ports/sandboxstore.h"

namespace terrarium {

// How values are written into columns, and read again. Reading what was never written like this fails.

[[nodiscard]] QString textFromMap(const std::map<std::string, std::string>& map);
[[nodiscard]] Result<std::map<std::string, std::string>> mapFromText(const QString& text);
[[nodiscard]] QString textFromList(const std::vector<std::string>& list);
[[nodiscard]] Result<std::vector<std::string>> listFromText(const QString& text);
[[nodiscard]] QString textFromSecrets(const std::vector<SecretBindingInfo>& secrets);
[[nodiscard]] Result<std::vector<SecretBindingInfo>> secretsFromText(const QString& text);
[[nodiscard]] QString textFromPreviews(const PreviewSettings& previews);
[[nodiscard]] Result<PreviewSettings> previewsFromText(const QString& text);
[[nodiscard]] QString textFromDefaults(const GuestDefaults& defaults);
[[nodiscard]] Result<GuestDefaults> defaultsFromText(const QString& text);
[[nodiscard]] QString textFromMachine(const MachineRecord& machine);
[[nodiscard]] Result<MachineRecord> machineFromText(const QString& text);

[[nodiscard]] qint64 microseconds(WallTime time);
[[nodiscard]] WallTime wallTime(qint64 microseconds);

}  // namespace terrarium
