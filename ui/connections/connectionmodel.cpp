// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/connectionmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>

#include "ui/style/icons.h"

namespace terrarium {

namespace {
const QString kList = QStringLiteral("connections/list");
const QString kCurrent = QStringLiteral("connections/current");
const QString kId = QStringLiteral("id"), kName = QStringLiteral("name"), kUrl = QStringLiteral("url");
}  // namespace

ConnectionModel::ConnectionModel(QSettings& settings, QObject* parent) : QAbstractListModel(parent), settings_(settings) {
  const QJsonArray list = QJsonDocument::fromJson(settings.value(kList).toString().toUtf8()).array();
  for (const QJsonValue& value : list) {
    const QJsonObject o = value.toObject();
    const auto url = checkedEngineAddress(o[kUrl].toString());
    const QString id = o[kId].toString();
    if (url && !id.isEmpty() && rowOf(id) < 0) saved_.append({id, o[kName].toString(), *url});
  }
  current_ = settings.value(kCurrent).toString();
  if (rowOf(current_) < 0) current_.clear();
}

EngineConnection ConnectionModel::at(int row) const {
  if (row > 0 && row <= saved_.size()) return saved_.at(row - 1);
  return {{}, tr("This machine"), {}};
}

int ConnectionModel::rowOf(const QString& id) const {
  if (id.isEmpty()) return 0;
  for (int i = 0; i < saved_.size(); ++i)
    if (saved_[i].id == id) return i + 1;
  return -1;
}

void ConnectionModel::put(const EngineConnection& connection) {
  if (connection.isLocal()) return;
  const int row = rowOf(connection.id);
  if (row > 0) {
    saved_[row - 1] = connection;
    emit dataChanged(index(row), index(row));
  } else {
    beginInsertRows({}, rowCount(), rowCount());
    saved_.append(connection);
    endInsertRows();
  }
  save();
}

void ConnectionModel::removeAt(int row) {
  if (row <= 0 || row > saved_.size()) return;
  if (saved_[row - 1].id == current_) setCurrent({});
  beginRemoveRows({}, row, row);
  saved_.removeAt(row - 1);
  endRemoveRows();
  save();
}

void ConnectionModel::setCurrent(const QString& id) {
  current_ = rowOf(id) < 0 ? QString() : id;
  settings_.setValue(kCurrent, current_);
  emit dataChanged(index(0), index(rowCount() - 1));
}

EngineConnection ConnectionModel::current() const { return at(rowOf(current_)); }

void ConnectionModel::save() {
  QJsonArray list;
  for (const EngineConnection& c : saved_) list.append(QJsonObject{{kId, c.id}, {kName, c.name}, {kUrl, c.url.toString()}});
  settings_.setValue(kList, QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact)));
}

int ConnectionModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(saved_.size()) + 1;
}

QVariant ConnectionModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const EngineConnection connection = at(index.row());
  const bool inUse = connection.id == current_;
  switch (role) {
    case Qt::DisplayRole:
      return inUse ? tr("%1 (in use)").arg(connection.name) : connection.name;
    case Qt::ToolTipRole:
      return connection.isLocal() ? tr("The engine of this machine") : connection.url.toString();
    case Qt::DecorationRole:
      return symbolIcon(connection.isLocal()    ? QStringLiteral("monitor")
                        : connection.isHosted() ? QStringLiteral("cloud")
                                                : QStringLiteral("server"));
    default:
      return {};
  }
}

Result<QUrl> checkedEngineAddress(const QString& text) {
  QUrl url(text.trimmed(), QUrl::StrictMode);
  const bool known = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
  if (url.isValid() && known && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment()) {
    QString path = url.path();
    while (path.endsWith(QLatin1Char('/'))) path.chop(1);
    url.setPath(path);
    return url;
  }
  return failure(badRequest("address", ConnectionModel::tr("The address is not one of an engine: something like "
                                                           "http://192.0.2.7:8080 or https://api.superserve.ai is accepted.")
                                           .toStdString()));
}

}  // namespace terrarium
