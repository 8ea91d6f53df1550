// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/sqliteactivitystore.h"

#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

#include "backend/store/columns.h"
#include "backend/store/sqliteerror.h"

namespace terrarium {

namespace {

const QString kColumns = QStringLiteral(
    "id, created_us, category, action, status, sandbox_id, sandbox_name, template_id, secret_id, secret_name, duration_ms, error, "
    "metadata");

QVariant text(std::string_view value) {
  return value.empty() ? QVariant(QStringLiteral(""))
                       : QVariant(QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size())));
}

QVariantList valuesOf(const ActivityEntry& entry) {
  return {text(entry.id),
          microseconds(entry.createdAt),
          text(categoryName(entry.action)),
          text(actionName(entry.action)),
          text(entry.status()),
          text(entry.sandboxId),
          text(entry.sandboxName),
          text(entry.templateId),
          text(entry.secretId),
          text(entry.secretName),
          entry.duration ? QVariant(static_cast<qlonglong>(entry.duration->count())) : QVariant(QMetaType::fromType<qlonglong>()),
          text(entry.error),
          textFromMap(entry.metadata)};
}

/// Nothing for an action of another version.
std::optional<ActivityEntry> entryFrom(const QSqlQuery& query) {
  const auto string = [&query](int column) { return query.value(column).toString().toStdString(); };
  const auto action = activityActionFromNames(string(2), string(3));
  auto metadata = mapFromText(query.value(12).toString());
  if (!action || !metadata) return std::nullopt;
  ActivityEntry entry;
  entry.id = string(0);
  entry.createdAt = wallTime(query.value(1).toLongLong());
  entry.action = *action;
  entry.sandboxId = string(5);
  entry.sandboxName = string(6);
  entry.templateId = string(7);
  entry.secretId = string(8);
  entry.secretName = string(9);
  if (!query.value(10).isNull()) entry.duration = std::chrono::milliseconds(query.value(10).toLongLong());
  entry.error = string(11);
  entry.metadata = std::move(*metadata);
  return entry;
}

/// The conditions of a query with their values.
struct Condition {
  QString sql = QStringLiteral(" FROM activity WHERE 1");
  QVariantList values;

  explicit Condition(const ActivityQuery& query) {
    const auto add = [this](const char* term, const QVariant& value) {
      sql += QStringLiteral(" AND ") + QLatin1String(term);
      values << value;
    };
    if (!query.category.empty()) add("category=?", text(query.category));
    if (!query.status.empty()) add("status=?", text(query.status));
    if (!query.sandboxId.empty()) add("sandbox_id=?", text(query.sandboxId));
    if (query.from) add("created_us>=?", microseconds(*query.from));
    if (query.until) add("created_us<?", microseconds(*query.until));
    if (query.contains.empty()) return;
    auto part = QString::fromStdString(query.contains);
    for (const char special : {'\\', '%', '_'}) {
      part.replace(QLatin1Char(special), QLatin1Char('\\') + QString(QLatin1Char(special)));
    }
    QStringList terms;
    for (const char* column : {"sandbox_name", "secret_name", "action", "error"}) {
      terms << QLatin1String(column) + QStringLiteral(" LIKE ? ESCAPE '\\'");
      values << QString(QLatin1Char('%') + part + QLatin1Char('%'));
    }
    sql += QStringLiteral(" AND (") + terms.join(QStringLiteral(" OR ")) + QLatin1Char(')');
  }
};

Result<QSqlQuery> run(QSqlDatabase& database, const QString& sql, const QVariantList& values) {
  QSqlQuery query(database);
  query.setForwardOnly(true);
  query.prepare(sql);
  for (const auto& value : values) query.addBindValue(value);
  if (const auto done = execute(query); !done) return failure(done.error());
  return query;
}

Result<ActivityPage> readPage(QSqlDatabase& database, const ActivityQuery& query) {
  const Condition condition(query);
  auto count = run(database, QStringLiteral("SELECT COUNT(*)") + condition.sql, condition.values);
  if (!count) return failure(count.error());
  ActivityPage page;
  if (count->next()) page.total = static_cast<std::size_t>(count->value(0).toLongLong());
  auto rows =
      run(database, QStringLiteral("SELECT ") + kColumns + condition.sql + QStringLiteral(" ORDER BY seq DESC LIMIT ? OFFSET ?"),
          condition.values + QVariantList{query.limit, query.offset});
  if (!rows) return failure(rows.error());
  while (rows->next()) {
    if (auto entry = entryFrom(*rows)) page.items.push_back(std::move(*entry));
  }
  return page;
}

}  // namespace

Pending<void> SqliteActivityStore::append(const std::vector<ActivityEntry>& entries, int keep) {
  return database_.write(Durability::ProcessCrash, [entries, keep](QSqlDatabase& database) -> Result<void> {
    for (const auto& entry : entries) {
      const auto values = valuesOf(entry);
      const auto sql = QStringLiteral("INSERT INTO activity (") + kColumns + QStringLiteral(") VALUES (?") +
                       QStringLiteral(",?").repeated(values.size() - 1) + QLatin1Char(')');
      if (const auto added = run(database, sql, values); !added) return failure(added.error());
    }
    const auto pruned =
        run(database, QStringLiteral("DELETE FROM activity WHERE seq <= (SELECT MAX(seq) FROM activity) - ?"), {keep});
    if (!pruned) return failure(pruned.error());
    return {};
  });
}

Pending<ActivityPage> SqliteActivityStore::find(const ActivityQuery& query) {
  return database_.submit<ActivityPage>([query](QSqlDatabase& database) { return readPage(database, query); });
}

}  // namespace terrarium
