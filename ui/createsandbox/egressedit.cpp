// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/createsandbox/egressedit.h"

#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

#include "ui/style/colors.h"
#include "ui/style/metrics.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

EgressEdit::EgressEdit(const QString& name, const QString& placeholder, QWidget* parent)
    : QWidget(parent), edit_(new QPlainTextEdit(this)) {
  setAccessibleName(name);
  edit_->setAccessibleName(name);
  edit_->setPlaceholderText(placeholder);
  edit_->setTabChangesFocus(true);
  edit_->setFont(textFont(TextStyle::Mono));
  edit_->setFixedHeight(96);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(edit_);
  setFocusProxy(edit_);
  connect(edit_, &QPlainTextEdit::textChanged, this, &EgressEdit::changed);
}

std::vector<std::string> EgressEdit::rules() const {
  std::vector<std::string> rules;
  const QStringList lines = edit_->toPlainText().split(QLatin1Char('\n'));
  for (const QString& line : lines)
    if (!line.trimmed().isEmpty()) rules.push_back(line.trimmed().toStdString());
  return rules;
}

void EgressEdit::setRules(const std::vector<std::string>& rules) {
  QStringList lines;
  for (const std::string& rule : rules) lines << toText(rule);
  edit_->setPlainText(lines.join(QLatin1Char('\n')));
}

void EgressEdit::markWrong(const QList<int>& entries) {
  QList<QTextEdit::ExtraSelection> marks;
  int entry = 0;
  for (QTextBlock block = edit_->document()->begin(); block.isValid(); block = block.next()) {
    if (block.text().trimmed().isEmpty()) continue;
    if (entries.contains(entry++)) {
      QTextEdit::ExtraSelection mark;
      mark.cursor = QTextCursor(block);
      mark.cursor.select(QTextCursor::LineUnderCursor);
      mark.format.setBackground(Colors::of(palette()).dangerTint);
      mark.format.setForeground(Colors::of(palette()).dangerText);
      marks << mark;
    }
  }
  edit_->setExtraSelections(marks);
}

}  // namespace terrarium
