// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/templateinfo.h"
#include "backend/domain/templateref.h"

namespace terrarium {

/// Templates and their builds.
class Templates {
 public:
  virtual ~Templates() = default;
  virtual Pending<std::vector<TemplateInfo>> list() = 0;
  virtual Pending<TemplateInfo> get(const TemplateRef& ref) = 0;
  /// Builds (or rebuilds) it; a second call while it builds joins the first. Resolves when it is ready. Progress comes as
  /// OperationProgress of kind BuildTemplate. Errors: NotFound, Cancelled, StorageFull, Internal with "<code>: <detail>".
  virtual Pending<TemplateInfo> build(const TemplateRef& ref) = 0;
  virtual Pending<void> cancelBuild(const TemplateRef& ref) = 0;
};

}  // namespace terrarium
