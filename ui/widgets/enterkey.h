// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QAbstractButton;

namespace terrarium {

/// Lets Enter press the button while it has the focus. For buttons of dialogs in which Enter belongs to the fields, so that none is
/// a default button.
void pressByEnter(QAbstractButton* button);

}  // namespace terrarium
