// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <string>

#include "backend/engine/ports/hypervisor.h"
#include "backend/qemu/acceleratorprobe.h"
#include "backend/qemu/confinement.h"
#include "backend/qemu/qemucommandline.h"
#include "backend/qemu/qemumachine.h"

namespace terrarium {

/// Starts machines as confined QEMU processes. Owned by the composition, lives in the engine's thread.
class QemuHypervisor final : public QObject, public Hypervisor {
  Q_OBJECT
 public:
  struct Config {
    QString program = QStringLiteral("/usr/bin/qemu-system-x86_64");
    QString cacheDirectory;       ///< remembers the measured accelerator
    QString acceleratorOverride;  ///< kvm or tcg; empty: measure
  };

  explicit QemuHypervisor(Config config);

  Pending<MachineFacts> facts() override;
  [[nodiscard]] std::string acceleratorReason() const override;
  Pending<std::shared_ptr<Machine>> boot(const MachinePlan& plan) override;
  Pending<std::shared_ptr<Machine>> restore(const MachinePlan& plan, const QString& stateFile) override;
  Pending<std::shared_ptr<Machine>> adopt(const MachinePlan& plan) override;

  /// One sentence on how QEMU is confined here.
  [[nodiscard]] std::string confinement() const;

 private:
  using Answer = Resolver<std::shared_ptr<Machine>>;
  Pending<std::shared_ptr<Machine>> start(const MachinePlan& plan, QemuCommandLine::Start how, const QString& stateFile);
  void launch(const MachinePlan& plan, const QemuCommandLine& line, const QString& stateFile, const Answer& answer);
  void finish(const std::shared_ptr<QemuMachine>& machine, const QString& stateFile, const Answer& answer);

  Config config_;
  Result<Confinement> confinement_;
  AcceleratorProbe probe_;
};

}  // namespace terrarium
