// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace terrarium {

class Theme;

/// Tells the theme whether the desktop prefers dark, now and whenever that changes, as org.freedesktop.portal.Settings says.
/// Without a session bus nothing happens.
void followDesktopAppearance(Theme& theme);

}  // namespace terrarium
