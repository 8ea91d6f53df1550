// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <string>

#include "backend/engine/ports/hypervisor.h"
#include "backend/qemu/acceleratortrial.h"
#include "backend/qemu/confinement.h"
#include "backend/qemu/qemuinquiry.h"

namespace terrarium {

/// Finds out which accelerator really runs a guest here and what the installed QEMU offers. That /dev/kvm opens proves nothing, so
/// a small guest is run. Remembered per boot of this computer and per QEMU program. Owned by the hypervisor.
class AcceleratorProbe : public QObject {
  Q_OBJECT
 public:
  struct Config {
    QString program;
    QString cacheDirectory;
    QString override;  ///< kvm or tcg; empty: measure
  };

  explicit AcceleratorProbe(Config config);
  [[nodiscard]] Pending<MachineFacts> facts(const Confinement& confinement);
  /// Empty until facts() resolved.
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  void ask(const Confinement& confinement);
  void judge(const QemuInquiry::Offer& offer, const Confinement& confinement);
  void tryKvm(const QemuInquiry::Offer& offer, const Confinement& confinement, std::chrono::milliseconds deadline);
  void measureEmulation(const QemuInquiry::Offer& offer, const Confinement& confinement, const Error& kvmFailed);
  [[nodiscard]] AcceleratorTrial& newTrial(const QemuInquiry::Offer& offer, const char* accelerator);
  void conclude(const QemuInquiry::Offer& offer, const std::string& accelerator, const std::string& reason);
  [[nodiscard]] std::optional<MachineFacts> remembered();
  void remember(const MachineFacts& facts) const;
  [[nodiscard]] QString cacheFile() const;

  Config config_;
  std::string reason_;
  std::optional<MachineFacts> facts_;
  std::optional<Resolver<MachineFacts>> asking_;
  std::unique_ptr<QemuInquiry> inquiry_;
  std::unique_ptr<AcceleratorTrial> trial_;
  bool measuredEmulation_ = false;
  int trials_ = 0;
};

}  // namespace terrarium
