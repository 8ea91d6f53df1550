// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include "backend/httpapi/httpmessage.h"

namespace terrarium {

/// Names by which a preview token may come; the program in the sandbox sees none of them.
inline const QByteArray kPreviewTokenHeader = "x-superserve-preview-token";
inline const QByteArray kPreviewTokenQuery = "superserve_preview_token";
inline const QByteArray kPreviewTokenCookie = "superserve_preview_token";
inline const QByteArray kPreviewTokenHostCookie = "__Host-superserve_preview_token";

/// The token of a request and where it was found.
struct PreviewToken {
  enum class Source { None, Header, Query, Cookie };
  Source source = Source::None;
  QByteArray value;
};
[[nodiscard]] PreviewToken previewTokenOf(const HttpRequest& request);

/// The target without the token.
[[nodiscard]] QByteArray targetWithoutToken(const QByteArray& target);

/// Header names that belong to one connection and must not be passed on; `connection` is the Connection header's value. Lower case.
[[nodiscard]] bool isHopByHop(const QByteArray& name, const QByteArray& connection);

/// The head that the program in the sandbox gets: written anew from the parsed request, so that it has one reading only. Keys,
/// tokens and hop-by-hop headers are left out, X-Forwarded-* is set. Asks for the connection to be closed after the response, or
/// upgraded when the request is for a WebSocket.
[[nodiscard]] QByteArray forwardedHead(const HttpRequest& request);

/// The request's body is chunked, so that is how it is passed on.
[[nodiscard]] bool isChunked(const HttpRequest& request);

}  // namespace terrarium
