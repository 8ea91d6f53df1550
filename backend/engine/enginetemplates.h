// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <deque>
#include <memory>

#include "backend/api/buildjournal.h"
#include "backend/api/templates.h"
#include "backend/engine/engineparts.h"
#include "backend/engine/operations/buildtemplate.h"
#include "backend/engine/operations/operationrunner.h"

namespace terrarium {

/// The Templates facade: one build runs at a time, because each fills the machine; others wait for their turn. Engine thread.
class EngineTemplates : public QObject, public Templates {
  Q_OBJECT
 public:
  EngineTemplates(EngineParts& parts, OperationRunner& runner)
      : parts_(parts), runner_(runner), journal_(parts.clock, parts.events) {}

  Pending<std::vector<TemplateInfo>> list() override;
  Pending<TemplateInfo> get(const TemplateRef& ref) override;
  Pending<TemplateInfo> build(const TemplateRef& ref) override;
  Pending<void> cancelBuild(const TemplateRef& ref) override;
  Pending<std::vector<BuildInfo>> builds(const TemplateRef& ref) override;
  Pending<BuildLogPart> buildLog(const TemplateRef& ref, const std::string& build, std::size_t from) override;

  /// For the engine's stop: cancels what runs and what waits, and takes nothing new.
  void close(const Error& why);

 private:
  void startNext();
  [[nodiscard]] std::string specHashOf(const TemplateRecord& record) const;
  [[nodiscard]] BuildTemplate* find(const std::string& templateId) const;

  EngineParts& parts_;
  OperationRunner& runner_;
  BuildJournal journal_;
  BuildTemplate* running_ = nullptr;
  std::deque<std::unique_ptr<BuildTemplate>> waiting_;
  bool closed_ = false;
};

}  // namespace terrarium
