// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QSet>
#include <QStringList>
#include <functional>
#include <vector>

#include "backend/api/facade.h"

class QTimer;

namespace terrarium {

class SandboxModel;
class ToastArea;

/// What a person does with sandboxes that exist. A deletion is held back for ten seconds so that it can be undone; carryOut() does
/// the held ones at once. Owned by the window.
class SandboxActions : public QObject {
  Q_OBJECT
 public:
  SandboxActions(Facade& facade, SandboxModel& model, ToastArea& toasts, QObject* parent = nullptr);

  /// Ids whose state allows the action and that are not leaving.
  [[nodiscard]] QStringList able(SandboxAction action, const QStringList& ids) const;
  void pause(const QStringList& ids);
  void resume(const QStringList& ids);
  void remove(const QStringList& ids);
  /// One clone; forked() follows, or a message why not.
  void forkSandbox(const QString& id);
  void update(const QString& id, const PatchRequest& request, std::function<void(Result<void>)> done);

  void undo(int batch);
  /// Sends the deletions that are held back; settled() follows when all have been answered.
  void carryOut();
  [[nodiscard]] bool isSettled() const { return batches_.empty() && running_ == 0; }
  void setHold(int milliseconds) { holdMs_ = milliseconds; }

 signals:
  void settled();
  void forked(const terrarium::SandboxInfo& clone);

 private:
  struct Batch {
    int number = 0;
    QStringList ids;
    QTimer* timer = nullptr;
  };
  void send(const Batch& batch);
  void report(const QString& what, const QString& name, const Error& error);
  [[nodiscard]] QString nameOf(const QString& id) const;
  Facade& facade_;
  SandboxModel& model_;
  ToastArea& toasts_;
  std::vector<Batch> batches_;
  int nextBatch_ = 1;
  int running_ = 0;
  int holdMs_ = 10000;
};

}  // namespace terrarium
