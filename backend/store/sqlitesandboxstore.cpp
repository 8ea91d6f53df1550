// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/sqlitesandboxstore.h"

#include <QSqlQuery>
#include <QVariant>

#include "backend/store/columns.h"
#include "backend/store/sqliteerror.h"

namespace terrarium {

namespace {

const QString kColumns = QStringLiteral(
    "id, name, phase, template_id, template_name, vcpus, memory_mib, disk_mib, created_us, timeout_s, auto_delete_s, paused_us, "
    "allow_out, deny_out, metadata, secrets, bindings, env_vars, snapshot_id, pending_snapshot_id, emulated, problem, "
    "resume_at_start, defaults, machine, snapshot_us, source_snapshot_id, previews");

QVariant text(const std::string& value) {
  // Not a null string, which would be written as NULL.
  return value.empty() ? QVariant(QStringLiteral("")) : QVariant(QString::fromStdString(value));
}

template <class T>
QVariant secondsOf(const std::optional<T>& value) {
  return value ? QVariant(static_cast<qlonglong>(value->value().count())) : QVariant(QMetaType::fromType<qlonglong>());
}

QVariant microsecondsOf(const std::optional<WallTime>& time) {
  return time ? QVariant(microseconds(*time)) : QVariant(QMetaType::fromType<qlonglong>());
}

QVariantList valuesOf(const SandboxRecord& record) {
  const auto& info = record.info;
  return {text(info.id.value()),
          text(info.name.value()),
          text(std::string(phaseName(info.state))),
          text(info.templateId),
          text(info.templateName),
          static_cast<qlonglong>(info.size.vcpus()),
          static_cast<qlonglong>(info.size.memoryMib()),
          static_cast<qlonglong>(info.size.diskMib()),
          microseconds(info.createdAt),
          secondsOf(info.timeout),
          secondsOf(info.autoDelete),
          microsecondsOf(info.pausedAt),
          textFromList(info.egress.allowOut()),
          textFromList(info.egress.denyOut()),
          textFromMap(info.metadata.entries()),
          textFromSecrets(info.secrets),
          textFromMap(record.secrets.entries()),
          textFromMap(record.envVars.entries()),
          text(info.snapshotId),
          text(record.pendingSnapshotId),
          info.emulated ? 1 : 0,
          text(info.problem),
          record.resumeAtStart ? 1 : 0,
          textFromDefaults(record.defaults),
          record.machine ? QVariant(textFromMachine(*record.machine)) : QVariant(QMetaType::fromType<QString>()),
          microsecondsOf(info.snapshotAt),
          text(info.sourceSnapshotId),
          textFromPreviews(info.previews)};
}

/// Reads the columns of one row in the order of kColumns; the first one that cannot be understood is remembered.
class Row {
 public:
  explicit Row(const QSqlQuery& query) : query_(query) {}

  [[nodiscard]] QVariant next() { return query_.value(column_++); }
  [[nodiscard]] std::string text() { return next().toString().toStdString(); }
  [[nodiscard]] qint64 number() { return next().toLongLong(); }
  template <class T>
  [[nodiscard]] T value(const Result<T>& result, T otherwise) {
    if (result) return *result;
    if (good_) good_ = failure(result.error());
    return otherwise;
  }
  [[nodiscard]] const Result<void>& good() const { return good_; }

 private:
  const QSqlQuery& query_;
  int column_ = 0;
  Result<void> good_;
};

template <class T>
std::optional<T> limitFrom(Row& row) {
  const auto seconds = row.next();
  if (seconds.isNull()) return std::nullopt;
  return row.value<std::optional<T>>(
      [&]() -> Result<std::optional<T>> {
        const auto parsed = T::parse(seconds.toLongLong());
        if (!parsed) return failure(parsed.error());
        return std::optional<T>(*parsed);
      }(),
      std::nullopt);
}

Result<SandboxInfo> headFrom(Row& row) {
  const auto id = SandboxId::parse(row.text());
  const auto name = SandboxName::parse(row.text());
  const auto phase = row.text();
  const auto state = stateFromPhase(phase);
  const auto templateId = row.text();
  const auto templateName = row.text();
  const auto vcpus = row.number();
  const auto memoryMib = row.number();
  const auto diskMib = row.number();
  const auto size = MachineSize::parse(vcpus, memoryMib, diskMib);
  if (!id) return failure(id.error());
  if (!name) return failure(name.error());
  if (!size) return failure(size.error());
  if (!state) return failure(ErrorCode::FileSystem, "A sandbox is in the unknown phase \"" + phase + "\".");
  return SandboxInfo{*id, *name, *state, templateId, templateName, *size, wallTime(row.number())};
}

EgressRules rulesFrom(Row& row) {
  const auto allow = row.value<std::vector<std::string>>(listFromText(row.next().toString()), {});
  const auto deny = row.value<std::vector<std::string>>(listFromText(row.next().toString()), {});
  return row.value(EgressRules::parse(allow, deny), EgressRules::open());
}

std::map<std::string, std::string> mapFrom(Row& row) {
  return row.value<std::map<std::string, std::string>>(mapFromText(row.next().toString()), {});
}

Result<SandboxRecord> recordFrom(const QSqlQuery& query) {
  Row row(query);
  auto info = headFrom(row);
  if (!info) return failure(info.error());
  info->timeout = limitFrom<Timeout>(row);
  info->autoDelete = limitFrom<AutoDelete>(row);
  const auto paused = row.next();
  if (!paused.isNull()) info->pausedAt = wallTime(paused.toLongLong());
  info->egress = rulesFrom(row);
  info->metadata = row.value(Metadata::parse(mapFrom(row)), Metadata::none());
  info->secrets = row.value<std::vector<SecretBindingInfo>>(secretsFromText(row.next().toString()), {});
  SandboxRecord record{*info};
  record.secrets = row.value(SecretBindings::parse(mapFrom(row)), SecretBindings::none());
  record.envVars = row.value(EnvVars::parse(mapFrom(row)), EnvVars::none());
  record.info.snapshotId = row.text();
  record.pendingSnapshotId = row.text();
  record.info.emulated = row.number() != 0;
  record.info.problem = row.text();
  record.resumeAtStart = row.number() != 0;
  record.defaults = row.value(defaultsFromText(row.next().toString()), GuestDefaults{});
  if (const auto machine = row.next(); !machine.isNull()) {
    record.machine = row.value(machineFromText(machine.toString()), MachineRecord{});
  }
  if (const auto taken = row.next(); !taken.isNull()) record.info.snapshotAt = wallTime(taken.toLongLong());
  record.info.sourceSnapshotId = row.text();
  record.info.previews = row.value(previewsFromText(row.next().toString()), PreviewSettings());
  if (!row.good()) return failure(row.good().error());
  return record;
}

Result<std::vector<SandboxRecord>> readAll(QSqlDatabase& database) {
  QSqlQuery query(database);
  query.setForwardOnly(true);
  query.prepare(QStringLiteral("SELECT ") + kColumns + QStringLiteral(" FROM sandboxes ORDER BY created_us, id"));
  if (const auto done = execute(query); !done) return failure(done.error());
  std::vector<SandboxRecord> records;
  while (query.next()) {
    auto record = recordFrom(query);
    // Left out it would be swept away with its snapshot.
    if (!record) {
      return failure(ErrorCode::FileSystem,
                     "The database's row of sandbox " + query.value(0).toString().toStdString() +
                         " cannot be understood, so nothing is started. Correct or remove that row.",
                     record.error().message + " " + record.error().detail);
    }
    records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace

Pending<std::vector<SandboxRecord>> SqliteSandboxStore::load() {
  return database_.submit<std::vector<SandboxRecord>>([](QSqlDatabase& database) { return readAll(database); });
}

Pending<void> SqliteSandboxStore::save(const SandboxRecord& record, Durability durability) {
  return database_.write(durability, [record](QSqlDatabase& database) {
    const auto values = valuesOf(record);
    QSqlQuery query(database);
    query.prepare(QStringLiteral("INSERT OR REPLACE INTO sandboxes (") + kColumns + QStringLiteral(") VALUES (?") +
                  QStringLiteral(",?").repeated(values.size() - 1) + QStringLiteral(")"));
    for (const auto& value : values) query.addBindValue(value);
    return execute(query);
  });
}

Pending<void> SqliteSandboxStore::erase(const SandboxId& id) {
  return database_.write(Durability::PowerCut, [id](QSqlDatabase& database) {
    QSqlQuery query(database);
    query.prepare(QStringLiteral("DELETE FROM sandboxes WHERE id=?"));
    query.addBindValue(QString::fromStdString(id.value()));
    return execute(query);
  });
}

}  // namespace terrarium
