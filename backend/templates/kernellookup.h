// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QObject>
#include <optional>

#include "backend/engine/ports/pending.h"
#include "backend/templates/imagecache.h"
#include "backend/templates/kernelpackage.h"

namespace terrarium {

/// Finds out which kernel an image made now would get: the newest that the machine's package lists name, or, where they name none,
/// the newest that the cache holds. Remembers the answer until the lists change. Owned by the adapter, lives in its thread.
class KernelLookup : public QObject {
  Q_OBJECT
 public:
  explicit KernelLookup(ImageCache cache, QObject* parent = nullptr);
  [[nodiscard]] Pending<KernelPackage> current();

 private:
  void ask(const QDateTime& listsOf);
  ImageCache cache_;
  QDateTime listsOf_;
  std::optional<Resolver<KernelPackage>> known_;
};

}  // namespace terrarium
