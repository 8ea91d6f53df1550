// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <optional>
#include <utility>

namespace terrarium {

/// The first part of an HTTP/1.1 response.
struct ResponseHead {
  int status = 0;
  QList<std::pair<QByteArray, QByteArray>> headers;
  [[nodiscard]] QByteArray header(const QByteArray& name) const;
};

enum class HeadProgress { Incomplete, Complete, Malformed };

/// Reads a head from the front of `buffer` and takes it off when it is complete. Pure. Heads over 64 KiB are malformed.
[[nodiscard]] HeadProgress takeResponseHead(QByteArray& buffer, ResponseHead& head);

}  // namespace terrarium
