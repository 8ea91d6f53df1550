// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <optional>
#include <utility>
#include <vector>

#include "app/cli/nodeversion.h"
#include "app/cli/sdkmodules.h"
#include "backend/api/endpoint.h"

namespace terrarium {

/// The environment variables that keep both planes of an unmodified SDK on one engine, and what to know about them.
struct SdkEnvironment {
  std::vector<std::pair<QString, QString>> variables;
  std::vector<QString> notes;  ///< sentences for a person
};

/// True for an address of the hosted service, for which the SDK's own choice of hosts is right.
[[nodiscard]] bool isHostedService(const QUrl& url);

/// `present` is the environment to add to: its NODE_OPTIONS, PYTHONPATH and NO_PROXY are kept. `node` is the one in PATH, if any.
[[nodiscard]] SdkEnvironment sdkEnvironment(const Endpoint& engine, const SdkModules& modules,
                                            const std::optional<NodeVersion>& node, const QProcessEnvironment& present);

}  // namespace terrarium
