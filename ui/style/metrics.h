// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFont>
#include <QWidget>

namespace terrarium {

/// The one spacing scale, in device-independent pixels.
namespace space {
inline constexpr int kHair = 2, kTight = 4, kSmall = 8, kMedium = 12, kLarge = 16, kWide = 24, kHuge = 40;
}

/// Corner radii and icon sizes.
inline constexpr int kRadius = 6;
inline constexpr int kIconSize = 16;

/// The one type scale, as factors of the application font.
enum class TextStyle { Caption, Body, Strong, Heading, Title, Display, Mono };

[[nodiscard]] QFont textFont(TextStyle style);
/// Sets the font and, for Caption, the muted colour by the property that the style sheet knows.
void setTextStyle(QWidget* widget, TextStyle style);
/// Gives a widget a value of the `tone` or `role` property and repolishes it.
void setStyleProperty(QWidget* widget, const char* property, const QString& value);

}  // namespace terrarium
