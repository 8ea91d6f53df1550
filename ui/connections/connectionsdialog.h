// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QMap>
#include <functional>

#include "backend/api/pending.h"
#include "ui/connections/engineconnection.h"

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace terrarium {

class ConnectionModel;
class FieldBox;
class KeyStore;

/// Asks an address with a key whether it answers; resolves with a sentence about what is there.
using ConnectionTester = std::function<Pending<QString>(const QUrl& url, const QString& key)>;

/// Adds, tests, switches and removes saved connections. A key goes to the key store; where there is none, it is kept until the
/// window closes, and the dialog says so. Changes nothing in the window itself: chosen() asks for it.
class ConnectionsDialog : public QDialog {
  Q_OBJECT
 public:
  ConnectionsDialog(ConnectionModel& model, KeyStore& keys, ConnectionTester tester, QWidget* parent = nullptr);

  void openList();
  /// Reads the key and emits chosen(), or opens with the reason why not.
  void use(const EngineConnection& connection);
  [[nodiscard]] QString status() const;

 signals:
  void chosen(const terrarium::EngineConnection& connection, const QString& key);
  /// What a person should know although the dialog is closed by now.
  void warned(const QString& text);

 private:
  [[nodiscard]] QWidget* buildList();
  [[nodiscard]] QWidget* buildForm();
  [[nodiscard]] QPushButton* addButton(const QString& text, const QString& name, void (ConnectionsDialog::*slot)());
  void showRow(int row);
  void startNew();
  void test();
  void save();
  void useShown();
  void removeShown();
  void forget(const EngineConnection& connection);
  /// The connection in the fields; problems are shown beside them.
  [[nodiscard]] std::optional<EngineConnection> checked();
  void keep(const EngineConnection& connection);
  /// What was typed, or else what is stored.
  void withKey(const EngineConnection& connection, const std::function<void(const QString&)>& then);
  void say(const QString& text, const QString& tone);

  ConnectionModel& model_;
  KeyStore& keys_;
  ConnectionTester tester_;
  QMap<QString, QString> unsaved_;  ///< keys that no store took, by connection
  QString id_;
  bool local_ = true;
  QListView* list_ = nullptr;
  QLineEdit* name_ = nullptr;
  QLineEdit* address_ = nullptr;
  QLineEdit* key_ = nullptr;
  FieldBox *nameBox_ = nullptr, *addressBox_ = nullptr, *keyBox_ = nullptr;
  QLabel* status_ = nullptr;
  QPushButton *remove_ = nullptr, *test_ = nullptr, *save_ = nullptr, *use_ = nullptr;
};

}  // namespace terrarium
