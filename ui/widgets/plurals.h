// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace terrarium {

/// Gives the application the plural forms of its English texts; without them "%n day(s)" reads just so. Call once, after
/// QApplication.
void installPlurals();

}  // namespace terrarium
