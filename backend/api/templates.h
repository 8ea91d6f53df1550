// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/buildinfo.h"
#include "backend/domain/templateinfo.h"
#include "backend/domain/templateref.h"

namespace terrarium {

/// What a build logged from a place on, and how far it is. `next` is the place that comes after these lines.
struct BuildLogPart {
  BuildInfo build;
  std::vector<BuildLogLine> lines;
  std::size_t next = 0;
};

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
  /// The newest first: those since the engine started, or, before the first of these, the last one from earlier.
  virtual Pending<std::vector<BuildInfo>> builds(const TemplateRef& ref) = 0;
  /// Empty for a build from before the engine's start.
  virtual Pending<BuildLogPart> buildLog(const TemplateRef& ref, const std::string& build, std::size_t from) = 0;
};

}  // namespace terrarium
