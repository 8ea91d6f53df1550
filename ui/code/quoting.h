// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace terrarium {

/// How texts of people and guests are written into code that somebody will paste. Pure.

/// One word for bash and zsh: bare when it needs no quotes, $'…' when it holds control (other than line ends) or invisible
/// characters, else '…'.
[[nodiscard]] QString shellWord(const QString& text);
/// A literal that JSON, JavaScript and Python all read as the same text. Control and invisible characters are escaped, so that what
/// is pasted is what was seen.
[[nodiscard]] QString stringLiteral(const QString& text);

}  // namespace terrarium
