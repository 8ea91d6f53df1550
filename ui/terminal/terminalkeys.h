// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QKeyEvent>
#include <optional>
#include <vterm.h>

namespace terrarium {

/// The terminal key for a Qt key, when it is one that is not typed as text.
[[nodiscard]] std::optional<VTermKey> terminalKey(int qtKey);

[[nodiscard]] VTermModifier terminalModifiers(Qt::KeyboardModifiers modifiers);

/// The letter under Ctrl or Alt (text() of such an event is a control character or empty), in the case that Shift gives it.
[[nodiscard]] QString plainText(const QKeyEvent& event);

}  // namespace terrarium
