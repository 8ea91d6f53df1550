// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/fieldbox.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/style/metrics.h"

namespace terrarium {

FieldBox::FieldBox(const QString& label, QWidget* editor, const QString& hint, QWidget* parent)
    : QWidget(parent), label_(label), editor_(editor), counter_(new QLabel(this)), message_(new QLabel(this)), hint_(hint) {
  auto* title = new QLabel(label, this);
  setTextStyle(title, TextStyle::Strong);
  title->setBuddy(editor);
  setTextStyle(counter_, TextStyle::Caption);
  setTextStyle(message_, TextStyle::Caption);
  message_->setWordWrap(true);
  message_->setTextFormat(Qt::PlainText);
  auto* top = new QHBoxLayout;
  top->addWidget(title);
  top->addStretch(1);
  top->addWidget(counter_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::kTight);
  column->addLayout(top);
  column->addWidget(editor);
  column->addWidget(message_);
  if (editor->accessibleName().isEmpty()) editor->setAccessibleName(label);
  editor->installEventFilter(this);
  const auto children = editor->findChildren<QWidget*>();
  for (QWidget* child : children) child->installEventFilter(this);
  refresh();
}

bool FieldBox::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusOut && editor_->isVisible()) touch();
  return QWidget::eventFilter(watched, event);
}

void FieldBox::setCounter(const QString& text, bool over) {
  counter_->setText(text);
  setStyleProperty(counter_, "tone", over ? QStringLiteral("danger") : QStringLiteral("muted"));
}

void FieldBox::setErrors(const QStringList& errors) {
  if (errors == errors_) return;
  errors_ = errors;
  refresh();
}

void FieldBox::touch() {
  if (touched_) return;
  touched_ = true;
  refresh();
  emit touched();
}

void FieldBox::forget() {
  touched_ = false;
  refresh();
}

QString FieldBox::shownError() const { return touched_ ? errors_.join(QLatin1Char('\n')) : QString(); }

void FieldBox::refresh() {
  const QString error = shownError();
  message_->setText(error.isEmpty() ? hint_ : error);
  message_->setVisible(!message_->text().isEmpty());
  setStyleProperty(message_, "tone", error.isEmpty() ? QStringLiteral("muted") : QStringLiteral("danger"));
  QWidget* target = editor_->focusProxy() ? editor_->focusProxy() : editor_;
  setStyleProperty(target, "state", error.isEmpty() ? QString() : QStringLiteral("error"));
  target->setAccessibleDescription(error.isEmpty() ? hint_ : error);
}

}  // namespace terrarium
