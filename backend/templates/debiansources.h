// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace terrarium {

/// The machine's own Debian package sources, as mmdebstrap takes them: what belongs to another vendor or to another suite is left
/// out, so that a root file system holds Debian alone and comes from the mirror that this machine uses.
class DebianSources {
 public:
  /// Reads sources.list and sources.list.d below `etcApt`.
  [[nodiscard]] static QByteArray forSuite(const QString& suite, const QString& etcApt = QStringLiteral("/etc/apt"));
  /// Entries of the one-line format that are accepted, as such lines.
  [[nodiscard]] static QByteArray fromList(const QByteArray& text, const QString& suite);
  /// Stanzas of the deb822 format that are accepted, as one-line entries.
  [[nodiscard]] static QByteArray fromStanzas(const QByteArray& text, const QString& suite);
};

}  // namespace terrarium
