// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/eventjson.h"

#include "backend/wire/errorjson.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

Result<OperationProgress> operationFromJson(const QJsonObject& object) {
  OperationProgress progress;
  const auto kind = operationKindFromName(textOf(object, QLatin1String("kind")));
  if (!kind) return failure(ErrorCode::Internal, "The engine reports an operation that this program does not know.");
  progress.operation = textOf(object, QLatin1String("operation"));
  progress.kind = *kind;
  progress.subjectId = textOf(object, QLatin1String("subject_id"));
  progress.subjectName = textOf(object, QLatin1String("subject_name"));
  progress.stage = textOf(object, QLatin1String("stage"));
  progress.stageIndex = object.value(QLatin1String("stage_index")).toInt();
  progress.stageCount = object.value(QLatin1String("stage_count")).toInt();
  const auto fraction = object.value(QLatin1String("fraction"));
  if (fraction.isDouble()) progress.fraction = fraction.toDouble();
  progress.logLine = textOf(object, QLatin1String("log_line"));
  progress.finished = object.value(QLatin1String("finished")).toBool();
  const auto error = object.value(QLatin1String("error"));
  if (error.isObject()) progress.error = errorFromJson(error.toObject());
  progress.elapsedMs = integerOf(object, QLatin1String("elapsed_ms")).value_or(0);
  return progress;
}

SandboxStatistics statisticsFromJson(const QJsonObject& object) {
  SandboxStatistics statistics;
  statistics.id = textOf(object, QLatin1String("id"));
  statistics.cpuPercent = object.value(QLatin1String("cpu_percent")).toDouble();
  statistics.memoryUsedBytes = integerOf(object, QLatin1String("memory_used_bytes")).value_or(0);
  statistics.memoryTotalBytes = integerOf(object, QLatin1String("memory_total_bytes")).value_or(0);
  statistics.hostPssBytes = integerOf(object, QLatin1String("host_pss_bytes")).value_or(0);
  statistics.diskUsedBytes = integerOf(object, QLatin1String("disk_used_bytes")).value_or(0);
  statistics.diskTotalBytes = integerOf(object, QLatin1String("disk_total_bytes")).value_or(0);
  statistics.processCount = object.value(QLatin1String("process_count")).toInt();
  for (const auto& port : object.value(QLatin1String("listening_ports")).toArray())
    statistics.listeningPorts.push_back(port.toInt());
  return statistics;
}

QJsonObject toJson(const OperationProgress& progress) {
  QJsonObject object{{QStringLiteral("operation"), qtText(progress.operation)},
                     {QStringLiteral("kind"), qtText(operationKindName(progress.kind))},
                     {QStringLiteral("subject_id"), qtText(progress.subjectId)},
                     {QStringLiteral("subject_name"), qtText(progress.subjectName)},
                     {QStringLiteral("stage"), qtText(progress.stage)},
                     {QStringLiteral("stage_index"), progress.stageIndex},
                     {QStringLiteral("stage_count"), progress.stageCount},
                     {QStringLiteral("finished"), progress.finished},
                     {QStringLiteral("elapsed_ms"), static_cast<qint64>(progress.elapsedMs)}};
  if (progress.fraction) object.insert(QStringLiteral("fraction"), *progress.fraction);
  if (!progress.logLine.empty()) object.insert(QStringLiteral("log_line"), qtText(progress.logLine));
  if (progress.error) object.insert(QStringLiteral("error"), toJson(*progress.error));
  return object;
}

QJsonObject toJson(const SandboxStatistics& statistics) {
  QJsonArray ports;
  for (const int port : statistics.listeningPorts) ports.append(port);
  return {{QStringLiteral("id"), qtText(statistics.id)},
          {QStringLiteral("cpu_percent"), statistics.cpuPercent},
          {QStringLiteral("memory_used_bytes"), static_cast<qint64>(statistics.memoryUsedBytes)},
          {QStringLiteral("memory_total_bytes"), static_cast<qint64>(statistics.memoryTotalBytes)},
          {QStringLiteral("host_pss_bytes"), static_cast<qint64>(statistics.hostPssBytes)},
          {QStringLiteral("disk_used_bytes"), static_cast<qint64>(statistics.diskUsedBytes)},
          {QStringLiteral("disk_total_bytes"), static_cast<qint64>(statistics.diskTotalBytes)},
          {QStringLiteral("process_count"), statistics.processCount},
          {QStringLiteral("listening_ports"), ports}};
}

}  // namespace terrarium
