// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/sandboxes.h"
#include "backend/domain/sandboxinfo.h"
#include "backend/domain/templateinfo.h"

namespace terrarium {

enum class OperationKind { Create, Pause, Resume, Delete, BuildTemplate, Snapshot, Fork };

/// create, pause, resume, delete, build_template, snapshot, fork.
[[nodiscard]] std::string operationKindName(OperationKind kind);
[[nodiscard]] std::optional<OperationKind> operationKindFromName(const std::string& name);

/// A stage of a long operation began, or the operation ended.
struct OperationProgress {
  OperationId operation;
  OperationKind kind = OperationKind::Create;
  std::string subjectId;  ///< sandbox or template id
  std::string subjectName;
  std::string stage;   ///< what happens now, for a person: "Copying memory"
  int stageIndex = 0;  ///< from 0
  int stageCount = 0;
  std::optional<double> fraction;  ///< 0-1 within the stage, where it can be told
  std::string logLine;             ///< a line of the build log, when this is one
  bool finished = false;
  std::optional<Error> error;  ///< with `finished`: why it failed
  std::int64_t elapsedMs = 0;  ///< since the operation began
};

/// What a sandbox uses, about once a second while it is active.
struct SandboxStatistics {
  std::string id;
  double cpuPercent = 0;             ///< of one core; may exceed 100 with several
  std::int64_t memoryUsedBytes = 0;  ///< as the guest sees it
  std::int64_t memoryTotalBytes = 0;
  std::int64_t hostPssBytes = 0;  ///< what the machine's process really costs
  std::int64_t diskUsedBytes = 0;
  std::int64_t diskTotalBytes = 0;
  int processCount = 0;
  std::vector<int> listeningPorts;
};

/// Facts over time, after they became true. After connectionChanged(true) a receiver lists anew: events in between may be lost.
class Events : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  [[nodiscard]] virtual bool isConnected() const { return true; }

 signals:
  void sandboxChanged(const terrarium::SandboxInfo& info);
  void sandboxRemoved(const terrarium::SandboxId& id);
  void templateChanged(const terrarium::TemplateInfo& info);
  void operationProgressed(const terrarium::OperationProgress& progress);
  void statisticsChanged(const terrarium::SandboxStatistics& statistics);
  /// `problem` says in a sentence why the engine cannot be reached.
  void connectionChanged(bool connected, const QString& problem);
};

}  // namespace terrarium
