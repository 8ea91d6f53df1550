// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <vector>

#include "backend/api/buildjournal.h"
#include "backend/api/events.h"
#include "backend/api/templates.h"
#include "backend/demo/demooperation.h"
#include "backend/demo/demooptions.h"

namespace terrarium {

/// The templates of the demonstration engine: the three system templates, one of the user's own, and one whose last build failed
/// and that builds when asked to.
class DemoTemplates final : public QObject, public Templates {
  Q_OBJECT
 public:
  DemoTemplates(const DemoOptions& options, const Clock& clock, Events& events);

  Pending<std::vector<TemplateInfo>> list() override;
  Pending<TemplateInfo> get(const TemplateRef& ref) override;
  Pending<TemplateInfo> build(const TemplateRef& ref) override;
  Pending<void> cancelBuild(const TemplateRef& ref) override;
  Pending<std::vector<BuildInfo>> builds(const TemplateRef& ref) override;
  Pending<BuildLogPart> buildLog(const TemplateRef& ref, const std::string& build, std::size_t from) override;

  /// Null when there is none.
  [[nodiscard]] const TemplateInfo* find(const TemplateRef& ref) const;

 private:
  struct Build {
    std::unique_ptr<DemoOperation> operation;
    Resolver<TemplateInfo> resolver;
    TemplateStatus statusBefore = TemplateStatus::Pending;
  };

  void finishBuild(const std::string& id);
  TemplateInfo* findMutable(const TemplateRef& ref);

  DemoOptions options_;
  const Clock& clock_;
  Events& events_;
  BuildJournal journal_;
  std::vector<TemplateInfo> templates_;
  std::map<std::string, Build> builds_;  // by template id
};

}  // namespace terrarium
