// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <optional>

#include "backend/domain/sandboxid.h"

namespace terrarium {

/// What a host of the form {port}-{id}.localhost names.
struct PreviewHost {
  SandboxId sandbox;
  int port = 0;  ///< 0 to 65535
};

/// Takes the value of a Host header, or the host of an Origin, apart. Nothing when it is another host. Names outside localhost are
/// never previews, so no name of somebody else's can be pointed here.
[[nodiscard]] std::optional<PreviewHost> parsePreviewHost(const QByteArray& host);

}  // namespace terrarium
