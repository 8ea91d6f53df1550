// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <optional>

#include "backend/httpapi/httpmessage.h"
#include "backend/support/result.h"

namespace terrarium {

/// Refuses requests that a browser was tricked into sending: the Host has to name this machine's loopback (127.0.0.1, [::1],
/// localhost or a name under it) or to be one of `hosts`, and an Origin, if there is one, has to be local, too. Hosts boxd-{id}.…
/// are for the data plane and for nothing else.
[[nodiscard]] Result<void> checkOrigin(const HttpRequest& request, bool isDataPlane, const QByteArrayList& hosts = {});

/// Which sandbox a data-plane request is for: by X-Superserve-Sandbox-Id, by the host label boxd-{id}, by ?sandbox_id=. Empty: none
/// said.
[[nodiscard]] QByteArray sandboxIdOf(const HttpRequest& request);

/// The access token: X-Access-Token, or `token.<tok>` among the offered subprotocols.
[[nodiscard]] QByteArray accessTokenOf(const HttpRequest& request);

}  // namespace terrarium
