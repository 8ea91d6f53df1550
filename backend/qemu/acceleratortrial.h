// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <memory>
#include <string>

#include "backend/engine/ports/pending.h"
#include "backend/qemu/childprocess.h"
#include "backend/qemu/confinement.h"

namespace terrarium {

/// Runs a small guest with KVM under a deadline: firmware, then a boot sector that counts for a while. On some nested hosts KVM
/// opens and the guest hangs or crawls. Used once; leaves nothing behind.
class AcceleratorTrial : public QObject {
  Q_OBJECT
 public:
  static constexpr std::chrono::seconds kDeadline{2};

  AcceleratorTrial(const QString& program, const QString& machineType, const QString& accelerator, const QString& directory);
  ~AcceleratorTrial() override;
  /// The sentence on how it went; an error when no guest runs with it.
  [[nodiscard]] Pending<std::string> run(const Confinement& confinement, std::chrono::milliseconds deadline = kDeadline);
  /// Its one sector of code counts 200 million times and then ends QEMU with kSuccess.
  [[nodiscard]] static QByteArray disk();
  static constexpr int kSuccess = 33;

 private:
  [[nodiscard]] std::string name() const;
  [[nodiscard]] QStringList arguments() const;
  void onExited(const ChildProcess::Exit& exit);

  QString program_;
  QString machineType_;
  QString accelerator_;
  QString directory_;
  std::unique_ptr<ChildProcess> process_;
  QTimer deadline_;
  QElapsedTimer elapsed_;
  Resolver<std::string> answer_;
};

}  // namespace terrarium
