// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the buttons of ConnectionsDialog do.

#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>

#include "ui/connections/connectionmodel.h"
#include "ui/connections/connectionsdialog.h"
#include "ui/connections/keystore.h"
#include "ui/widgets/fieldbox.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

std::optional<EngineConnection> ConnectionsDialog::checked() {
  const auto url = checkedEngineAddress(address_->text());
  addressBox_->setErrors(url ? QStringList() : QStringList{toText(url.error().message)});
  addressBox_->touch();
  const bool storedKey = model_.rowOf(id_) > 0;
  const bool lacksKey = key_->text().isEmpty() && !storedKey;
  keyBox_->setErrors(lacksKey ? QStringList{tr("The key is empty: an engine or service answers only with its key.")}
                              : QStringList());
  keyBox_->touch();
  if (!url || lacksKey) return std::nullopt;
  const QString name = name_->text().trimmed();
  return EngineConnection{id_, name.isEmpty() ? url->host() : name, *url};
}

void ConnectionsDialog::withKey(const EngineConnection& connection, const std::function<void(const QString&)>& then) {
  if (!key_->text().isEmpty() && connection.id == id_) return then(key_->text());
  if (unsaved_.contains(connection.id)) return then(unsaved_.value(connection.id));
  say(tr("Waiting for your keyring…"), QStringLiteral("muted"));
  whenDone(keys_.read(connection.id), this, [this, then](const Result<QString>& key) {
    if (key) return then(*key);
    if (!isVisible()) openList();
    say(tr("The key could not be read. %1").arg(toText(key.error().message)), QStringLiteral("danger"));
  });
}

void ConnectionsDialog::test() {
  const auto connection = checked();
  if (!connection) return;
  withKey(*connection, [this, connection](const QString& key) {
    test_->setEnabled(false);
    say(tr("Asking %1…").arg(connection->url.toString()), QStringLiteral("muted"));
    whenDone(tester_(connection->url, key), this, [this](const Result<QString>& answer) {
      test_->setEnabled(!local_);
      say(answer ? *answer : toText(answer.error().message), answer ? QStringLiteral("good") : QStringLiteral("danger"));
    });
  });
}

void ConnectionsDialog::save() {
  const auto connection = checked();
  if (!connection) return;
  keep(*connection);
}

void ConnectionsDialog::keep(const EngineConnection& connection) {
  const QString typed = key_->text();
  model_.put(connection);
  {
    const QSignalBlocker quiet(list_->selectionModel());
    list_->setCurrentIndex(model_.index(model_.rowOf(connection.id)));
  }
  remove_->setEnabled(true);
  if (typed.isEmpty()) return say(tr("%1 is saved.").arg(connection.name), QStringLiteral("good"));
  unsaved_[connection.id] = typed;
  whenDone(keys_.write(connection.id, typed), this, [this, connection](const Result<void>& written) {
    if (written) {
      unsaved_.remove(connection.id);
      return say(tr("%1 is saved, its key in your keyring.").arg(connection.name), QStringLiteral("good"));
    }
    const QString text = tr("%1 is saved, but its key is kept only until this window closes. %2")
                             .arg(connection.name, toText(written.error().message));
    say(text, QStringLiteral("warning"));
    if (!isVisible()) emit warned(text);
  });
}

void ConnectionsDialog::useShown() {
  if (local_) return use(model_.at(0));
  const auto connection = checked();
  if (!connection) return;
  keep(*connection);
  use(*connection);
}

void ConnectionsDialog::use(const EngineConnection& connection) {
  if (connection.isLocal()) {
    hide();
    emit chosen(connection, {});
    return;
  }
  withKey(connection, [this, connection](const QString& key) {
    hide();
    emit chosen(connection, key);
  });
}

void ConnectionsDialog::removeShown() {
  const EngineConnection connection = model_.at(model_.rowOf(id_));
  if (connection.isLocal()) return;
  auto* box = new QMessageBox(QMessageBox::Question, tr("Remove this connection?"),
                              tr("%1 and its key are forgotten. The sandboxes there stay as they are.").arg(connection.name),
                              QMessageBox::Cancel, this);
  box->setTextFormat(Qt::PlainText);
  auto* remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
  box->setAttribute(Qt::WA_DeleteOnClose);
  connect(remove, &QAbstractButton::clicked, this, [this, connection] { forget(connection); });
  box->open();
}

void ConnectionsDialog::forget(const EngineConnection& connection) {
  const bool inUse = model_.current().id == connection.id;
  unsaved_.remove(connection.id);
  model_.removeAt(model_.rowOf(connection.id));
  whenDone(keys_.remove(connection.id), this, [this, connection](const Result<void>& removed) {
    if (!removed && removed.error().code != ErrorCode::NotFound)
      say(tr("The key of %1 may still be in your keyring. %2").arg(connection.name, toText(removed.error().message)),
          QStringLiteral("warning"));
  });
  list_->setCurrentIndex(model_.index(0));
  if (inUse) emit chosen(model_.at(0), {});
}

}  // namespace terrarium
