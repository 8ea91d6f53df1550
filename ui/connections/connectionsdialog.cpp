// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/connectionsdialog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QUuid>

#include "ui/connections/connectionmodel.h"
#include "ui/connections/keystore.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/fieldbox.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

ConnectionsDialog::ConnectionsDialog(ConnectionModel& model, KeyStore& keys, ConnectionTester tester, QWidget* parent)
    : QDialog(parent), model_(model), keys_(keys), tester_(std::move(tester)) {
  setWindowTitle(tr("Connections"));
  setModal(true);
  resize(760, 440);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
  row->setSpacing(space::kLarge);
  row->addWidget(buildList());
  row->addWidget(buildForm(), 1);
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& index) { showRow(index.row()); });
  showRow(0);
}

QPushButton* ConnectionsDialog::addButton(const QString& text, const QString& name, void (ConnectionsDialog::*slot)()) {
  auto* button = new QPushButton(text, this);
  button->setObjectName(name);
  connect(button, &QPushButton::clicked, this, slot);
  return button;
}

QWidget* ConnectionsDialog::buildList() {
  auto* side = new QWidget(this);
  side->setFixedWidth(240);
  list_ = new QListView(side);
  list_->setModel(&model_);
  list_->setAccessibleName(tr("Connections"));
  auto* add = addButton(tr("New"), QStringLiteral("newConnection"), &ConnectionsDialog::startNew);
  setLeadingIcon(add, symbolIcon(QStringLiteral("plus")));
  remove_ = addButton(tr("Remove"), QStringLiteral("removeConnection"), &ConnectionsDialog::removeShown);
  setLeadingIcon(remove_, symbolIcon(QStringLiteral("minus")));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(add);
  buttons->addWidget(remove_);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::kSmall);
  column->addWidget(list_, 1);
  column->addLayout(buttons);
  return side;
}

QWidget* ConnectionsDialog::buildForm() {
  auto* form = new QWidget(this);
  name_ = new QLineEdit(form);
  address_ = new QLineEdit(form);
  address_->setPlaceholderText(QStringLiteral("http://192.0.2.7:8080"));
  key_ = new QLineEdit(form);
  key_->setEchoMode(QLineEdit::Password);
  auto* reveal = key_->addAction(symbolIcon(QStringLiteral("lock"), Tone::Neutral), QLineEdit::TrailingPosition);
  reveal->setText(tr("Show the key"));
  reveal->setCheckable(true);
  connect(reveal, &QAction::toggled, this,
          [this](bool shown) { key_->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
  nameBox_ = new FieldBox(tr("Name"), name_, {}, form);
  addressBox_ = new FieldBox(tr("Address"), address_, tr("Of an engine on another machine, or of the hosted service."), form);
  keyBox_ = new FieldBox(tr("Key"), key_, tr("Kept in the keyring of your desktop. Left empty, the stored one stays."), form);
  status_ = new QLabel(form);
  status_->setWordWrap(true);
  status_->setTextFormat(Qt::PlainText);
  test_ = addButton(tr("Test"), QStringLiteral("testConnection"), &ConnectionsDialog::test);
  save_ = addButton(tr("Save"), QStringLiteral("saveConnection"), &ConnectionsDialog::save);
  use_ = addButton(tr("Use"), QStringLiteral("useConnection"), &ConnectionsDialog::useShown);
  use_->setProperty("role", QStringLiteral("primary"));
  use_->setDefault(true);
  auto* close = new QPushButton(tr("Close"), this);
  connect(close, &QPushButton::clicked, this, &QDialog::reject);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(test_);
  buttons->addWidget(save_);
  buttons->addStretch(1);
  buttons->addWidget(close);
  buttons->addWidget(use_);
  auto* column = new QVBoxLayout(form);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::kLarge);
  for (FieldBox* box : {nameBox_, addressBox_, keyBox_}) column->addWidget(box);
  column->addWidget(status_);
  column->addStretch(1);
  column->addLayout(buttons);
  return form;
}

void ConnectionsDialog::openList() {
  list_->setCurrentIndex(model_.index(model_.rowOf(model_.current().id)));
  open();
  list_->setFocus();
}

QString ConnectionsDialog::status() const { return status_->text(); }

void ConnectionsDialog::showRow(int row) {
  const EngineConnection connection = model_.at(std::max(row, 0));
  id_ = connection.id;
  local_ = connection.isLocal();
  name_->setText(connection.name);
  address_->setText(connection.url.toString());
  key_->clear();
  for (FieldBox* box : {nameBox_, addressBox_, keyBox_}) {
    box->forget();
    box->setErrors({});
    box->setEnabled(!local_);
  }
  for (QPushButton* button : {remove_, test_, save_}) button->setEnabled(!local_);
  say(local_ ? tr("The engine of this machine is started when it is needed.") : QString(), QStringLiteral("muted"));
}

void ConnectionsDialog::startNew() {
  list_->clearSelection();
  list_->selectionModel()->clearCurrentIndex();
  id_ = QUuid::createUuid().toString(QUuid::WithoutBraces);
  local_ = false;
  for (QLineEdit* line : {name_, address_, key_}) line->clear();
  for (FieldBox* box : {nameBox_, addressBox_, keyBox_}) box->setEnabled(true);
  for (QPushButton* button : {test_, save_}) button->setEnabled(true);
  remove_->setEnabled(false);
  say({}, {});
  name_->setFocus();
}

void ConnectionsDialog::say(const QString& text, const QString& tone) {
  status_->setText(text);
  setStyleProperty(status_, "tone", tone);
}

}  // namespace terrarium
