// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/host.h"
#include "backend/engine/ports/snapshotfiles.h"
#include "backend/engine/templatecatalog.h"
#include "backend/support/clock.h"

namespace terrarium {

/// Whether the files of the templates are still what was written. Reading them takes seconds, so that the answer is that of the
/// last look; asking begins a new one when that is old. Engine thread.
class TemplateCheck : public QObject {
  Q_OBJECT
 public:
  TemplateCheck(const TemplateCatalog& templates, SnapshotFiles& snapshots, const Clock& clock)
      : templates_(templates), snapshots_(snapshots), clock_(clock) {}

  [[nodiscard]] HostCheck answer();

 private:
  struct Damage {
    std::string templateName;
    std::string message;
  };
  void begin();
  void verify(const TemplateInfo& info, const std::string& snapshotId, const Resolver<void>& done);

  const TemplateCatalog& templates_;
  SnapshotFiles& snapshots_;
  const Clock& clock_;
  bool looking_ = false;
  std::optional<WallTime> lookedAt_;
  std::size_t seen_ = 0;
  std::vector<Damage> found_;
  std::vector<Damage> damaged_;
};

}  // namespace terrarium
