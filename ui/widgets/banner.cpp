// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/banner.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"

namespace terrarium {

Banner::Banner(Kind kind, const QString& icon, QWidget* parent) : QFrame(parent) {
  const Tone tone = kind == Kind::Info ? Tone::Info : kind == Kind::Warning ? Tone::Warning : Tone::Danger;
  setProperty("role", QStringLiteral("banner"));
  if (kind != Kind::Info) setProperty("tone", kind == Kind::Warning ? QStringLiteral("warning") : QStringLiteral("danger"));
  auto* glyph = new QToolButton(this);
  glyph->setIcon(symbolIcon(icon, tone));
  glyph->setEnabled(true);
  glyph->setFocusPolicy(Qt::NoFocus);
  glyph->setAttribute(Qt::WA_TransparentForMouseEvents);
  text_ = new QLabel(this);
  text_->setWordWrap(true);
  text_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  action_ = new QPushButton(this);
  action_->hide();
  close_ = new QToolButton(this);
  close_->setIcon(symbolIcon(QStringLiteral("x"), tone));
  close_->setToolTip(tr("Dismiss until the next start"));
  close_->setAccessibleName(tr("Dismiss"));
  close_->setFocusPolicy(Qt::TabFocus);
  close_->hide();
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(space::kMedium, space::kTight, space::kSmall, space::kTight);
  row->setSpacing(space::kSmall);
  row->addWidget(glyph);
  row->addWidget(text_, 1);
  row->addWidget(action_);
  row->addWidget(close_);
  connect(action_, &QPushButton::clicked, this, &Banner::actionTriggered);
  connect(close_, &QToolButton::clicked, this, [this] {
    hide();
    emit dismissed();
  });
  hide();
}

void Banner::setText(const QString& text) {
  text_->setText(text);
  setAccessibleName(text);
}

QString Banner::text() const { return text_->text(); }

void Banner::setAction(const QString& text) {
  action_->setText(text);
  action_->setVisible(!text.isEmpty());
}

void Banner::setDismissible(bool dismissible) { close_->setVisible(dismissible); }

void Banner::reveal() {
  if (!isHidden()) return;
  show();
  QAccessibleEvent event(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

}  // namespace terrarium
