// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <atomic>

#include "backend/support/result.h"

namespace terrarium {

/// Merges adjacent disk layers into one new layer by means of qemu-img. The layers that are read stay as they are. Blocks for
/// seconds; used in a worker thread.
class LayerMerge {
 public:
  /// `base` is the raw image at the bottom of the chain. Ends with Cancelled soon after `stop` became true.
  LayerMerge(QString base, const std::atomic<bool>& stop) : base_(std::move(base)), stop_(stop) {}

  /// `layers`, lowest first, become `target`, which must not exist and is removed again after a failure. Durable and sealed.
  [[nodiscard]] Result<void> run(const QStringList& layers, const QString& target) const;

 private:
  [[nodiscard]] Result<void> pourInto(const QString& target, const QString& layer) const;
  [[nodiscard]] Result<void> execute(const QStringList& arguments) const;

  QString base_;
  const std::atomic<bool>& stop_;
};

}  // namespace terrarium
