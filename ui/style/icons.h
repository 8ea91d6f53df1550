// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>
#include <optional>

#include "ui/style/colors.h"

class QAbstractButton;

namespace terrarium {

/// Makes the compiled-in icons and the style sheet reachable. Call once before the first use; harmless when repeated.
void initialiseResources();

/// An icon of resources/icons by its file name. It takes its colour from the application's palette (or from `tone`) whenever it is
/// drawn, so that it follows a change of theme.
[[nodiscard]] QIcon symbolIcon(const QString& name, std::optional<Tone> tone = std::nullopt);
/// Puts an icon before the text of a button, with the distance between them that Qt's own four pixels lack.
void setLeadingIcon(QAbstractButton* button, const QIcon& icon);
/// In the colour of text that lies on the accent colour.
[[nodiscard]] QIcon symbolIconOnAccent(const QString& name);

/// The icon drawn in one colour; cached.
[[nodiscard]] QPixmap symbolPixmap(const QString& name, const QColor& color, QSize size, qreal devicePixelRatio = 1.0);

}  // namespace terrarium
