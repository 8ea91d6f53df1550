// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/events.h"
#include "backend/api/templates.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// Templates over the control plane. A build is started and then followed by its events and by asking; a server without our
/// extensions is asked for its build rows. Owned by HttpFacade.
class HttpTemplates : public QObject, public Templates {
  Q_OBJECT
 public:
  HttpTemplates(HttpCalls& calls, Events& events);

  Pending<std::vector<TemplateInfo>> list() override;
  Pending<TemplateInfo> get(const TemplateRef& ref) override;
  Pending<TemplateInfo> build(const TemplateRef& ref) override;
  Pending<void> cancelBuild(const TemplateRef& ref) override;
  Pending<std::vector<BuildInfo>> builds(const TemplateRef& ref) override;
  Pending<BuildLogPart> buildLog(const TemplateRef& ref, const std::string& build, std::size_t from) override;

 private:
  /// A build of ours that runs. `before` is the template as it was when the build was asked for.
  struct Running {
    TemplateInfo before;
    Resolver<TemplateInfo> resolver;
  };
  void start(const TemplateInfo& before, const Resolver<TemplateInfo>& resolver);
  void startElsewhere(const TemplateInfo& before, const Resolver<TemplateInfo>& resolver);
  void onOperation(const OperationProgress& progress);
  void ask(const Running& running);
  void finish(const Running& running);
  Pending<TemplateInfo> fetched(const QString& path);

  HttpCalls& calls_;
  std::map<std::string, Running> running_;
};

}  // namespace terrarium
