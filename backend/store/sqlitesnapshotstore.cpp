// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/sqlitesnapshotstore.h"

#include <QSqlQuery>
#include <QVariant>

#include "backend/store/columns.h"
#include "backend/store/sqliteerror.h"

namespace terrarium {

namespace {

const QString kColumns = QStringLiteral(
    "id, sandbox_id, sandbox_name, name, template_id, template_name, vcpus, memory_mib, disk_mib, size_bytes, created_us, "
    "ready_us, "
    "idempotency_key, defaults");

QVariant text(const std::string& value) {
  return value.empty() ? QVariant(QStringLiteral("")) : QVariant(QString::fromStdString(value));
}

QVariantList valuesOf(const SnapshotRecord& record) {
  const auto& info = record.info;
  return {text(info.id.value()),
          text(info.sandboxId.value()),
          text(info.sandboxName),
          text(info.name.value()),
          text(info.templateId),
          text(info.templateName),
          static_cast<qlonglong>(info.size.vcpus()),
          static_cast<qlonglong>(info.size.memoryMib()),
          static_cast<qlonglong>(info.size.diskMib()),
          static_cast<qlonglong>(info.sizeBytes),
          microseconds(info.createdAt),
          microseconds(info.readyAt.value_or(info.createdAt)),
          text(record.idempotencyKey),
          textFromDefaults(record.defaults)};
}

Result<SnapshotRecord> recordFrom(const QSqlQuery& query) {
  const auto string = [&query](int column) { return query.value(column).toString().toStdString(); };
  const auto number = [&query](int column) { return query.value(column).toLongLong(); };
  const auto id = SnapshotId::parse(string(0));
  const auto sandbox = SandboxId::parse(string(1));
  const auto name = SnapshotName::parse(string(3));
  const auto size = MachineSize::parse(number(6), number(7), number(8));
  auto defaults = defaultsFromText(query.value(13).toString());
  if (!id) return failure(id.error());
  if (!sandbox) return failure(sandbox.error());
  if (!name) return failure(name.error());
  if (!size) return failure(size.error());
  if (!defaults) return failure(defaults.error());
  // Only complete ones are stored.
  SnapshotRecord record{{*id, *sandbox, *name, SnapshotStatus::Ready}};
  record.info.sandboxName = string(2);
  record.info.templateId = string(4);
  record.info.templateName = string(5);
  record.info.size = *size;
  record.info.sizeBytes = number(9);
  record.info.createdAt = wallTime(number(10));
  record.info.readyAt = wallTime(number(11));
  record.idempotencyKey = string(12);
  record.defaults = std::move(*defaults);
  return record;
}

Result<std::vector<SnapshotRecord>> readAll(QSqlDatabase& database) {
  QSqlQuery query(database);
  query.setForwardOnly(true);
  query.prepare(QStringLiteral("SELECT ") + kColumns + QStringLiteral(" FROM snapshots ORDER BY created_us, id"));
  if (const auto done = execute(query); !done) return failure(done.error());
  std::vector<SnapshotRecord> records;
  while (query.next()) {
    auto record = recordFrom(query);
    // Left out it would be swept away with its files.
    if (!record) {
      return failure(ErrorCode::FileSystem,
                     "The database's row of snapshot " + query.value(0).toString().toStdString() +
                         " cannot be understood, so nothing is started. Correct or remove that row.",
                     record.error().message);
    }
    records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace

Pending<std::vector<SnapshotRecord>> SqliteSnapshotStore::load() {
  return database_.submit<std::vector<SnapshotRecord>>([](QSqlDatabase& database) { return readAll(database); });
}

Pending<void> SqliteSnapshotStore::save(const SnapshotRecord& record) {
  return database_.write(Durability::PowerCut, [record](QSqlDatabase& database) {
    const auto values = valuesOf(record);
    QSqlQuery query(database);
    query.prepare(QStringLiteral("INSERT OR REPLACE INTO snapshots (") + kColumns + QStringLiteral(") VALUES (?") +
                  QStringLiteral(",?").repeated(values.size() - 1) + QStringLiteral(")"));
    for (const auto& value : values) query.addBindValue(value);
    return execute(query);
  });
}

Pending<void> SqliteSnapshotStore::erase(const SnapshotId& id) {
  return database_.write(Durability::PowerCut, [id](QSqlDatabase& database) {
    QSqlQuery query(database);
    query.prepare(QStringLiteral("DELETE FROM snapshots WHERE id=?"));
    query.addBindValue(QString::fromStdString(id.value()));
    return execute(query);
  });
}

}  // namespace terrarium
