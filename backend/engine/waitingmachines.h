// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backend/engine/ports/hypervisor.h"
#include "backend/engine/runningmachines.h"

namespace terrarium {

struct EngineParts;
class PrepareMachine;

/// A machine made ready before anybody asked for it: restored from a template, rehearsed, standing still. It has an id that no
/// sandbox has yet and knows nothing of one.
struct WaitingMachine {
  SandboxId id;
  std::string cookie;
  std::string snapshotId;
  RunningMachine running;
};

/// Keeps a machine waiting for each of the templates that were used last, so that a create finds its work done. Fills up when it
/// is quiet, stands back when somebody waits, gives all up when memory is short or nobody asked for long. What waits is named by no
/// row: after a crash the sweep at the engine's start ends it. Engine thread.
class WaitingMachines : public QObject {
  Q_OBJECT
 public:
  explicit WaitingMachines(EngineParts& parts);
  ~WaitingMachines() override;

  /// Out of the pool's hands: whoever takes it ends it, too. Nothing when none waits.
  [[nodiscard]] std::optional<WaitingMachine> take(const std::string& snapshotId);
  /// Taken, but not used after all.
  void giveBack(const WaitingMachine& machine);
  /// A sandbox was asked for from that template, so the next one may be.
  void wanted(const std::string& templateId);
  /// Somebody waits for something else: nothing is prepared until goOn(), and what is being prepared is given up.
  void standBack();
  void goOn();
  [[nodiscard]] bool isPreparing() const { return preparing_ != nullptr; }
  /// Ends all of them for good.
  Pending<void> close();
  [[nodiscard]] const std::vector<WaitingMachine>& all() const { return waiting_; }

 signals:
  void changed();
  void preparingBegan();
  void preparingEnded();

 private:
  void fill();
  void prepare(const std::string& templateId);
  void prepared(const std::string& templateId, const Result<WaitingMachine>& machine);
  void keep(const WaitingMachine& machine);
  void giveUp(const std::function<bool(const WaitingMachine&)>& chosen);
  void giveUpStale();
  [[nodiscard]] std::string currentSnapshot(const std::string& templateId) const;
  Pending<void> discard(const WaitingMachine& machine);

  EngineParts& parts_;
  std::vector<WaitingMachine> waiting_;
  std::deque<std::string> templates_;  ///< used last first
  std::unique_ptr<PrepareMachine> preparing_;
  QTimer quiet_;
  QTimer watch_;   ///< looks at the host's memory while something waits
  QTimer unused_;  ///< nobody asked for long
  bool standsBack_ = false;
  bool closed_ = false;
};

}  // namespace terrarium
