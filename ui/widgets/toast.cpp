// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/toast.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"

namespace terrarium {

namespace {

QString iconFor(Tone tone) {
  switch (tone) {
    case Tone::Good:
    case Tone::Accent:
      return QStringLiteral("circle-check");
    case Tone::Warning:
      return QStringLiteral("triangle-alert");
    case Tone::Danger:
      return QStringLiteral("circle-alert");
    case Tone::Neutral:
    case Tone::Info:
      return QStringLiteral("info");
  }
  return QStringLiteral("info");
}

}  // namespace

Toast::Toast(ToastContent content, QWidget* parent) : QFrame(parent), content_(std::move(content)), timer_(new QTimer(this)) {
  setProperty("role", QStringLiteral("toast"));
  setAccessibleName(content_.text);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(space::kMedium, space::kSmall, space::kSmall, space::kSmall);
  row->setSpacing(space::kSmall);
  auto* icon = new QToolButton(this);
  icon->setIcon(symbolIcon(iconFor(content_.tone), content_.tone));
  icon->setFocusPolicy(Qt::NoFocus);
  icon->setAttribute(Qt::WA_TransparentForMouseEvents);
  auto* label = new QLabel(content_.text, this);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  row->addWidget(icon, 0, Qt::AlignTop);
  row->addWidget(label, 1);
  if (!content_.actionText.isEmpty()) {
    auto* action = new QPushButton(content_.actionText, this);
    action->setProperty("role", QStringLiteral("link"));
    action->setObjectName(QStringLiteral("toastAction"));
    row->addWidget(action, 0, Qt::AlignVCenter);
    connect(action, &QPushButton::clicked, this, &Toast::triggerAction);
  }
  auto* close = new QToolButton(this);
  close->setIcon(symbolIcon(QStringLiteral("x")));
  close->setAccessibleName(tr("Close message"));
  row->addWidget(close, 0, Qt::AlignVCenter);
  connect(close, &QToolButton::clicked, this, &Toast::finish);
  timer_->setSingleShot(true);
  connect(timer_, &QTimer::timeout, this, &Toast::finish);
  if (content_.lifetimeMs > 0) timer_->start(content_.lifetimeMs);
}

void Toast::triggerAction() {
  const auto action = content_.action;
  finish();
  if (action) action();
}

void Toast::finish() {
  timer_->stop();
  emit closed();
}

void Toast::enterEvent(QEnterEvent* event) {
  // An action that runs out (undo) keeps its own time, so only plain messages wait for the reader.
  if (content_.actionText.isEmpty()) timer_->stop();
  QFrame::enterEvent(event);
}

void Toast::leaveEvent(QEvent* event) {
  if (content_.lifetimeMs > 0 && !timer_->isActive()) timer_->start(content_.lifetimeMs / 2);
  QFrame::leaveEvent(event);
}

}  // namespace terrarium
