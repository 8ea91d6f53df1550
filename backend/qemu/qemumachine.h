// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QTimer>
#include <memory>
#include <optional>

#include "backend/engine/ports/hypervisor.h"
#include "backend/qemu/childprocess.h"
#include "backend/qemu/consolelog.h"
#include "backend/qemu/machinedirectory.h"
#include "backend/qemu/qmpclient.h"

namespace terrarium {

/// One QEMU process and the conversation with it. Owned by the engine's lifecycle, lives in its thread.
class QemuMachine final : public Machine {
  Q_OBJECT
 public:
  /// `nic` is this side's end of the network cable. Nobody reads it here: as long as no gateway takes it, no packet goes anywhere.
  QemuMachine(MachineDirectory directory, std::unique_ptr<ChildProcess> process, Descriptor nic);
  ~QemuMachine() override;

  Pending<void> run() override;
  Pending<void> standStill() override;
  Pending<void> saveState(const QString& file) override;
  Pending<void> end() override;
  [[nodiscard]] qint64 processId() const override { return process_->id(); }
  [[nodiscard]] QString agentSocket() const override { return directory_.socket(MachineDirectory::kAgent); }
  [[nodiscard]] QString consoleLog() const override { return console_.path(); }
  [[nodiscard]] int frames() const override { return nic_.number(); }
  [[nodiscard]] qint64 residentBytes() const override;

  /// Opens the conversation. First of all calls, once.
  [[nodiscard]] Pending<void> connectControl(std::chrono::milliseconds limit);
  /// Loads device state into a process that was started for it; the machine stands still afterwards.
  [[nodiscard]] Pending<void> loadState(const QString& file);
  /// `error`, told with what QEMU itself last wrote when its process is what failed.
  [[nodiscard]] Error explained(Error error) const;

 private:
  enum class Direction { Saving, Loading };
  Pending<void> command(const QString& name, const QJsonObject& arguments = {}, int descriptor = -1);
  Pending<void> migrate(Direction direction, int file);
  void onMigrationEvent(const QString& status);
  void onMigrationCompleted();
  void awaitRest(const Resolver<void>& answer);
  void settleMigration(Result<void> result);
  void onEvent(const QString& name, const QJsonObject& data);
  void onOutOfSpace();
  void onControlClosed();
  void onExited(const ChildProcess::Exit& exit);
  void announceEnd(const ChildProcess::Exit& exit);

  MachineDirectory directory_;
  std::unique_ptr<ChildProcess> process_;
  Descriptor nic_;
  ConsoleLog console_;
  std::unique_ptr<QmpClient> control_;
  std::optional<Resolver<void>> migration_;
  Direction direction_ = Direction::Loading;
  QTimer migrationLimit_;
  bool standing_ = false;
  QTimer roomAgain_;
  QString shutdownReason_;
  std::optional<Resolver<void>> ending_;
};

}  // namespace terrarium
