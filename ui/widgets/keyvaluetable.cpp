// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/keyvaluetable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "backend/domain/envvars.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/enterkey.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

KeyValueTable::KeyValueTable(const QString& name, const QString& keyTitle, const QString& valueTitle, QWidget* parent)
    : QWidget(parent), model_(new KeyValueModel(keyTitle, valueTitle, this)), table_(new QTableView(this)) {
  buildTable(name);
  auto* remove = new QPushButton(tr("Remove row"), this);
  auto* paste = new QPushButton(tr("Paste lines"), this);
  setLeadingIcon(remove, symbolIcon(QStringLiteral("minus")));
  setLeadingIcon(paste, symbolIcon(QStringLiteral("clipboard-paste")));
  paste->setToolTip(tr("Paste KEY=value lines, as a .env file holds them; Ctrl+V in the table does the same"));
  for (QPushButton* button : {remove, paste}) {
    button->setProperty("role", QStringLiteral("link"));
    button->setAccessibleName(QStringLiteral("%1: %2").arg(name, button->text()));
    button->setAutoDefault(false);
    pressByEnter(button);
  }
  connect(remove, &QPushButton::clicked, this, &KeyValueTable::removeCurrent);
  connect(paste, &QPushButton::clicked, this, [this] { insertText(QGuiApplication::clipboard()->text()); });
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(space::kTight);
  buttons->addWidget(paste);
  buttons->addWidget(remove);
  buttons->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::kTight);
  column->addWidget(table_);
  column->addWidget(buildNote());
  column->addLayout(buttons);
  setFocusProxy(table_);
}

void KeyValueTable::buildTable(const QString& name) {
  table_->setModel(model_);
  table_->setAccessibleName(name);
  table_->setProperty("role", QStringLiteral("form"));
  table_->setTabKeyNavigation(false);
  table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked | QAbstractItemView::AnyKeyPressed |
                          QAbstractItemView::EditKeyPressed);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(30);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setSectionsClickable(false);
  table_->setMinimumHeight(34 + 3 * 30);
  table_->installEventFilter(this);
}

QWidget* KeyValueTable::buildNote() {
  noteFrame_ = new QFrame(this);
  noteFrame_->setProperty("role", QStringLiteral("note"));
  note_ = new QLabel(noteFrame_);
  note_->setWordWrap(true);
  note_->setTextFormat(Qt::PlainText);
  replace_ = new QPushButton(tr("Replace"), noteFrame_);
  keep_ = new QPushButton(tr("Keep mine"), noteFrame_);
  for (QPushButton* button : {replace_, keep_}) button->setAutoDefault(false);
  auto* row = new QHBoxLayout(noteFrame_);
  row->setContentsMargins(space::kMedium, space::kTight, space::kTight, space::kTight);
  row->addWidget(note_, 1);
  row->addWidget(replace_);
  row->addWidget(keep_);
  connect(replace_, &QPushButton::clicked, this, &KeyValueTable::replaceConflicts);
  connect(keep_, &QPushButton::clicked, this, &KeyValueTable::keepConflicts);
  noteFrame_->hide();
  return noteFrame_;
}

QString KeyValueTable::note() const { return noteFrame_->isHidden() ? QString() : note_->text(); }

bool KeyValueTable::insertText(const QString& text) {
  const DotEnv parsed = parseDotEnv(text.toStdString());
  conflicts_.clear();
  QStringList problems;
  for (const Error& error : parsed.errors) problems << toText(error.message);
  QMap<QString, QString> pasted;
  for (const DotEnvAssignment& assignment : parsed.assignments) {
    const QString key = toText(assignment.key), value = toText(assignment.value);
    if (pasted.contains(key)) problems << tr("%1 stands twice in the pasted text; its last value was taken.").arg(key);
    pasted[key] = value;
  }
  for (auto it = pasted.cbegin(); it != pasted.cend(); ++it) {
    if (model_->contains(it.key()) && model_->value(it.key()) != it.value())
      conflicts_[it.key()] = it.value();
    else
      model_->put(it.key(), it.value());
  }
  showNote(problems);
  return !parsed.assignments.empty();
}

void KeyValueTable::showNote(const QStringList& problems) {
  QStringList lines = problems;
  if (!conflicts_.isEmpty())
    lines.prepend(tr("Already in the table with another value: %1").arg(QStringList(conflicts_.keys()).join(QStringLiteral(", "))));
  replace_->setVisible(!conflicts_.isEmpty());
  keep_->setText(conflicts_.isEmpty() ? tr("Close") : tr("Keep mine"));
  note_->setText(lines.join(QLatin1Char('\n')));
  noteFrame_->setVisible(!lines.isEmpty());
}

void KeyValueTable::replaceConflicts() {
  for (auto it = conflicts_.cbegin(); it != conflicts_.cend(); ++it) model_->put(it.key(), it.value());
  keepConflicts();
}

void KeyValueTable::keepConflicts() {
  conflicts_.clear();
  noteFrame_->hide();
  table_->setFocus();
}

void KeyValueTable::removeCurrent() {
  if (table_->currentIndex().isValid()) model_->removeRowAt(table_->currentIndex().row());
}

bool KeyValueTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_ && event->type() == QEvent::KeyPress) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Paste)) return insertText(QGuiApplication::clipboard()->text()) || !conflicts_.isEmpty();
    if (key->key() == Qt::Key_Delete) {
      removeCurrent();
      return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
      table_->edit(table_->currentIndex());
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace terrarium
