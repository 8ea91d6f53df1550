// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/style/icons.h"

#include <QAbstractButton>
#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "ui/style/metrics.h"
#include "ui/style/symboliconengine.h"

// Q_INIT_RESOURCE must stand outside every namespace.
static void initialiseDesktopResources() { Q_INIT_RESOURCE(desktop); }

namespace terrarium {

void initialiseResources() { initialiseDesktopResources(); }

QIcon symbolIcon(const QString& name, std::optional<Tone> tone) {
  return QIcon(new SymbolIconEngine(name, tone, SymbolIconEngine::Ground::Surface));
}

QIcon symbolIconOnAccent(const QString& name) {
  return QIcon(new SymbolIconEngine(name, std::nullopt, SymbolIconEngine::Ground::Accent));
}

void setLeadingIcon(QAbstractButton* button, const QIcon& icon) {
  constexpr int kGap = 5;
  button->setIcon(icon);
  button->setIconSize({kIconSize + kGap, kIconSize});
}

QPixmap symbolPixmap(const QString& name, const QColor& color, QSize size, qreal devicePixelRatio) {
  const QString key = QStringLiteral("symbol:%1:%2:%3x%4@%5")
                          .arg(name, color.name(QColor::HexArgb))
                          .arg(size.width())
                          .arg(size.height())
                          .arg(devicePixelRatio);
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  QByteArray svg = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  svg.replace("currentColor", color.name().toLatin1());
  QSvgRenderer renderer(svg);
  pixmap = QPixmap((QSizeF(size) * devicePixelRatio).toSize());
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  renderer.render(&painter);
  painter.end();
  pixmap.setDevicePixelRatio(devicePixelRatio);
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

}  // namespace terrarium
