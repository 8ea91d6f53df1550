// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/hostjson.h"

#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
CheckOutcome outcomeFromName(const std::string& name) {
  if (name == "good") return CheckOutcome::Good;
  return name == "bad" ? CheckOutcome::Bad : CheckOutcome::Warning;
}
}  // namespace

QString outcomeName(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::Good:
      return QStringLiteral("good");
    case CheckOutcome::Warning:
      return QStringLiteral("warning");
    case CheckOutcome::Bad:
      return QStringLiteral("bad");
  }
  return {};
}

QJsonObject toJson(const HostInfo& info) {
  QJsonArray checks;
  for (const auto& check : info.checks) {
    checks.append(QJsonObject{{QStringLiteral("id"), qtText(check.id)},
                              {QStringLiteral("outcome"), outcomeName(check.outcome)},
                              {QStringLiteral("summary"), qtText(check.summary)},
                              {QStringLiteral("fix"), qtText(check.fix)}});
  }
  return {{QStringLiteral("engine_version"), qtText(info.engineVersion)},
          {QStringLiteral("accelerator"), qtText(info.accelerator)},
          {QStringLiteral("accelerator_reason"), qtText(info.acceleratorReason)},
          {QStringLiteral("isolation_boundary"), info.isolationBoundary},
          {QStringLiteral("qemu_version"), qtText(info.qemuVersion)},
          {QStringLiteral("machine_type"), qtText(info.machineType)},
          {QStringLiteral("memory_total_bytes"), static_cast<qint64>(info.memoryTotalBytes)},
          {QStringLiteral("memory_available_bytes"), static_cast<qint64>(info.memoryAvailableBytes)},
          {QStringLiteral("disk_free_bytes"), static_cast<qint64>(info.diskFreeBytes)},
          {QStringLiteral("cpu_count"), info.cpuCount},
          {QStringLiteral("waiting_machines"), info.waitingMachines},
          {QStringLiteral("checks"), checks}};
}

HostInfo hostFromJson(const QJsonObject& object) {
  HostInfo info;
  info.engineVersion = textOf(object, QLatin1String("engine_version"));
  info.accelerator = textOf(object, QLatin1String("accelerator"));
  info.acceleratorReason = textOf(object, QLatin1String("accelerator_reason"));
  info.isolationBoundary = object.value(QLatin1String("isolation_boundary")).toBool();
  info.qemuVersion = textOf(object, QLatin1String("qemu_version"));
  info.machineType = textOf(object, QLatin1String("machine_type"));
  info.memoryTotalBytes = integerOf(object, QLatin1String("memory_total_bytes")).value_or(0);
  info.memoryAvailableBytes = integerOf(object, QLatin1String("memory_available_bytes")).value_or(0);
  info.diskFreeBytes = integerOf(object, QLatin1String("disk_free_bytes")).value_or(0);
  info.cpuCount = object.value(QLatin1String("cpu_count")).toInt();
  info.waitingMachines = object.value(QLatin1String("waiting_machines")).toInt();
  for (const auto& item : object.value(QLatin1String("checks")).toArray()) {
    const auto check = item.toObject();
    info.checks.push_back({textOf(check, QLatin1String("id")), outcomeFromName(textOf(check, QLatin1String("outcome"))),
                           textOf(check, QLatin1String("summary")), textOf(check, QLatin1String("fix"))});
  }
  return info;
}

}  // namespace terrarium
