// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include "backend/api/templates.h"
#include "backend/engine/engineparts.h"
#include "backend/engine/operations/operation.h"

namespace terrarium {

/// Makes a template's snapshot: image, first boot, warm-up, save. When it fails or is cancelled, the snapshot before stays in use
/// and nothing else is left.
class BuildTemplate : public Operation {
  Q_OBJECT
 public:
  BuildTemplate(EngineParts& parts, const TemplateDefinition& definition);

  /// Where and under which cookie the machine of a build runs: the same for every build of a template, so that a restarted engine
  /// finds one that it left behind.
  [[nodiscard]] static MachinePlan planOf(const EngineConfig& config, const std::string& templateId);

  void begin() override;
  [[nodiscard]] Pending<TemplateInfo> result() const { return result_.pending(); }

 protected:
  // In this order:
  void makeImage();
  void awaitImage();
  void importDisk();
  void prepareBoot(const std::string& layer);
  void boot();
  void reachAgent();
  void giveIdentity();
  void warmUp();
  void settleGuest();
  void stopMachine();
  void saveState();
  void commitSnapshot();
  void endMachine();
  void writeRow();

  [[nodiscard]] Error worded(const Error& error) const override;
  void answer(const std::optional<Error>& error) override;

 private:
  [[nodiscard]] Pending<void> runOnce(const std::string& command, const std::vector<std::string>& arguments);
  void undoBoot();
  void undoWorkDirectory();
  [[nodiscard]] QString stateFile() const { return files_.workDirectory + QStringLiteral("/saved.state"); }

  EngineParts& parts_;
  TemplateDefinition definition_;
  std::string snapshotId_;
  const char* failureCode_ = "build_failed";
  std::unique_ptr<ImageBuild> build_;
  TemplateImage image_;
  WorkingFiles files_;
  MachineFacts facts_;
  std::shared_ptr<Machine> machine_;
  std::shared_ptr<GuestAgent> agent_;
  std::unique_ptr<ExecSession> session_;
  std::optional<TemplateInfo> info_;
  Resolver<TemplateInfo> result_;
};

}  // namespace terrarium
