// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "backend/api/sandboxes.h"
#include "backend/engine/operations/newsandboxoperation.h"

namespace terrarium {

/// A new sandbox out of a template's snapshot, a named one or that of a pause, ready for commands.
class CreateSandbox : public NewSandboxOperation {
  Q_OBJECT
 public:
  /// `buildTemplate` is called with the template when its snapshot is missing.
  using BuildTemplate = std::function<void(const TemplateRef&)>;

  CreateSandbox(EngineParts& parts, const OperationId& operation, const SandboxSpec& spec, BuildTemplate buildTemplate);

  void begin() override;

 protected:
  // One of these, then the steps of NewSandboxOperation:
  void findTemplate();
  void findSnapshot();
  void snapshotIsUnusable(const Error& why) override;

  [[nodiscard]] Error worded(const Error& error) const override;
  void answer(const std::optional<Error>& error) override;

 private:
  CreateSandbox(EngineParts& parts, const OperationId& operation, const SandboxSpec& spec, BuildTemplate buildTemplate,
                std::optional<WaitingMachine> waiting);
  [[nodiscard]] Result<void> checkRequest() const;
  /// What was asked for, on top of where it comes from.
  [[nodiscard]] SandboxRecord newRecord(const std::string& templateId, const std::string& templateName, const MachineSize& size,
                                        const GuestDefaults& defaults) const;

  SandboxSpec spec_;
  std::optional<WaitingMachine> waiting_;  ///< as long as it is not used
  BuildTemplate buildTemplate_;
  bool templateIsDamaged_ = false;
};

}  // namespace terrarium
