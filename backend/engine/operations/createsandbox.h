// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include "backend/api/sandboxes.h"
#include "backend/engine/operations/wakingoperation.h"

namespace terrarium {

/// A new sandbox out of a template's snapshot, ready for commands. When it fails or is cancelled, no row, file or machine is left.
class CreateSandbox : public WakingOperation {
  Q_OBJECT
 public:
  /// `buildTemplate` is called with the template when its snapshot is missing.
  using BuildTemplate = std::function<void(const TemplateRef&)>;

  CreateSandbox(EngineParts& parts, const OperationId& operation, const SandboxSpec& spec, BuildTemplate buildTemplate);

  void begin() override;
  [[nodiscard]] Pending<SandboxInfo> result() const { return result_.pending(); }

 protected:
  // In this order, with those of WakingOperation between the second and the third:
  void findTemplate();
  void writeRow(const TemplateRecord& source);
  void awake(const WorkingFiles& files) override;

  void answer(const std::optional<Error>& error) override;

 private:
  [[nodiscard]] Result<void> checkRequest() const;
  [[nodiscard]] SandboxRecord newRecord(const TemplateRecord& source) const;
  void undoRow();

  CreateSandbox(EngineParts& parts, const OperationId& operation, const SandboxSpec& spec, BuildTemplate buildTemplate,
                std::optional<WaitingMachine> waiting);

  SandboxSpec spec_;
  std::optional<WaitingMachine> waiting_;  ///< as long as it is not used
  SandboxId id_;
  BuildTemplate buildTemplate_;
  std::shared_ptr<void> heldSnapshot_;
  std::optional<SandboxInfo> info_;
  Resolver<SandboxInfo> result_;
};

}  // namespace terrarium
