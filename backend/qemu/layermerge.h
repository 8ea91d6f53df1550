// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <sys/types.h>

#include "backend/qemu/backgroundgate.h"
#include "backend/support/result.h"

namespace terrarium {

/// Merges adjacent disk layers into one new layer by means of qemu-img. The layers that are read stay as they are. Blocks for
/// seconds; used in a worker thread.
class LayerMerge {
 public:
  /// `base` is the raw image at the bottom of the chain. Stands still while the gate is closed, also in the middle.
  LayerMerge(QString base, BackgroundGate& gate) : base_(std::move(base)), gate_(gate) {}

  /// `layers`, lowest first, become `target`, which must not exist and is removed again after a failure. Durable and sealed.
  [[nodiscard]] Result<void> run(const QStringList& layers, const QString& target) const;

 private:
  [[nodiscard]] Result<void> pourInto(const QString& target, const QString& layer) const;
  [[nodiscard]] Result<void> execute(const QStringList& arguments) const;
  /// Its exit status. Stopped and continued with the gate.
  [[nodiscard]] Result<int> guide(pid_t child) const;

  QString base_;
  BackgroundGate& gate_;
};

}  // namespace terrarium
