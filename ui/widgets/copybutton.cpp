// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/copybutton.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTimer>

#include "ui/style/icons.h"

namespace terrarium {

CopyButton::CopyButton(const QString& what, QWidget* parent) : QToolButton(parent) {
  setIcon(symbolIcon(QStringLiteral("copy"), Tone::Neutral));
  setIconSize({14, 14});
  setToolTip(tr("Copy %1").arg(what));
  setAccessibleName(tr("Copy %1").arg(what));
  connect(this, &QToolButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(text_);
    setIcon(symbolIcon(QStringLiteral("check"), Tone::Good));
    QTimer::singleShot(1500, this, [this] { setIcon(symbolIcon(QStringLiteral("copy"), Tone::Neutral)); });
  });
}

}  // namespace terrarium
