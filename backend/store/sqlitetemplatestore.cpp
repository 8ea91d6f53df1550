// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/sqlitetemplatestore.h"

#include <QSqlQuery>
#include <QVariant>

#include "backend/store/columns.h"
#include "backend/store/sqliteerror.h"

namespace terrarium {

namespace {

const QString kColumns = QStringLiteral(
    "id, name, status, vcpus, memory_mib, disk_mib, system, description, size_bytes, problem, created_us, built_us, "
    "latest_build_id, snapshot_id, content_hash, defaults");

QVariant text(std::string_view value) {
  return value.empty() ? QVariant(QStringLiteral(""))
                       : QVariant(QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size())));
}

QVariantList valuesOf(const TemplateRecord& record) {
  const auto& info = record.info;
  return {text(info.id),
          text(info.name),
          text(templateStatusName(info.status)),
          static_cast<qlonglong>(info.size.vcpus()),
          static_cast<qlonglong>(info.size.memoryMib()),
          static_cast<qlonglong>(info.size.diskMib()),
          info.system ? 1 : 0,
          text(info.description),
          static_cast<qlonglong>(info.sizeBytes),
          text(info.problem),
          microseconds(info.createdAt),
          info.builtAt ? QVariant(microseconds(*info.builtAt)) : QVariant(QMetaType::fromType<qlonglong>()),
          text(info.latestBuildId),
          text(record.snapshotId),
          text(record.contentHash),
          textFromDefaults(record.defaults)};
}

Result<TemplateRecord> recordFrom(const QSqlQuery& query) {
  TemplateRecord record;
  auto& info = record.info;
  const auto string = [&query](int column) { return query.value(column).toString().toStdString(); };
  info.id = string(0);
  info.name = string(1);
  const auto status = templateStatusFromName(string(2));
  if (!status) return failure(ErrorCode::FileSystem, "The status \"" + string(2) + "\" is unknown.");
  info.status = *status;
  const auto size = MachineSize::parse(query.value(3).toLongLong(), query.value(4).toLongLong(), query.value(5).toLongLong());
  if (!size) return failure(size.error());
  info.size = *size;
  info.system = query.value(6).toBool();
  info.description = string(7);
  info.sizeBytes = query.value(8).toLongLong();
  info.problem = string(9);
  info.createdAt = wallTime(query.value(10).toLongLong());
  if (!query.value(11).isNull()) info.builtAt = wallTime(query.value(11).toLongLong());
  info.latestBuildId = string(12);
  record.snapshotId = string(13);
  record.contentHash = string(14);
  auto defaults = defaultsFromText(query.value(15).toString());
  if (!defaults) return failure(defaults.error());
  record.defaults = std::move(*defaults);
  return record;
}

Result<std::vector<TemplateRecord>> readAll(QSqlDatabase& database) {
  QSqlQuery query(database);
  query.setForwardOnly(true);
  query.prepare(QStringLiteral("SELECT ") + kColumns + QStringLiteral(" FROM templates ORDER BY name, id"));
  if (const auto done = execute(query); !done) return failure(done.error());
  std::vector<TemplateRecord> records;
  while (query.next()) {
    auto record = recordFrom(query);
    if (!record) {
      return failure(ErrorCode::FileSystem,
                     "The database's row of template " + query.value(0).toString().toStdString() +
                         " cannot be understood, so nothing is started. Remove that row; the template can be built again.",
                     record.error().message);
    }
    records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace

Pending<std::vector<TemplateRecord>> SqliteTemplateStore::load() {
  return database_.submit<std::vector<TemplateRecord>>([](QSqlDatabase& database) { return readAll(database); });
}

Pending<void> SqliteTemplateStore::save(const TemplateRecord& record) {
  return database_.write(Durability::PowerCut, [record](QSqlDatabase& database) {
    const auto values = valuesOf(record);
    QSqlQuery query(database);
    query.prepare(QStringLiteral("INSERT OR REPLACE INTO templates (") + kColumns + QStringLiteral(") VALUES (?") +
                  QStringLiteral(",?").repeated(values.size() - 1) + QStringLiteral(")"));
    for (const auto& value : values) query.addBindValue(value);
    return execute(query);
  });
}

Pending<void> SqliteTemplateStore::erase(const std::string& id) {
  return database_.write(Durability::PowerCut, [id](QSqlDatabase& database) {
    QSqlQuery query(database);
    query.prepare(QStringLiteral("DELETE FROM templates WHERE id=?"));
    query.addBindValue(QString::fromStdString(id));
    return execute(query);
  });
}

}  // namespace terrarium
