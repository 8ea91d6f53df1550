// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/filescontroller.h"

#include <QJsonArray>

#include "backend/httpapi/downloadresponse.h"
#include "backend/httpapi/sandboxescontroller.h"
#include "backend/httpapi/uploadrequest.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
/// The checked path of the query; answers 400 by itself.
std::optional<std::string> pathOf(Exchange& exchange, const QString& fallback = {}) {
  auto path = checkedGuestPath(exchange.request().queryValue(QStringLiteral("path")).value_or(fallback).toStdString());
  if (path) return *path;
  exchange.respondError(path.error());
  return std::nullopt;
}

QJsonObject entryJson(const FileEntry& entry) {
  QJsonObject object{{QStringLiteral("name"), qtText(entry.name)},
                     {QStringLiteral("is_dir"), entry.isDirectory},
                     {QStringLiteral("size"), static_cast<qint64>(entry.size)},
                     {QStringLiteral("modified_unix"), static_cast<qint64>(entry.modifiedUnix)},
                     {QStringLiteral("mode"), static_cast<qint64>(entry.mode)}};
  if (entry.isSymlink) object.insert(QStringLiteral("is_symlink"), true);
  return object;
}

Error renamed(Error error, const std::string& notFound) {
  if (error.code == ErrorCode::NotFound) error.message = notFound;
  return error;
}
}  // namespace

void FilesController::read(const RouteCall& call) {
  auto& exchange = call.exchange;
  const auto path = pathOf(exchange);
  if (!path) return;
  const auto format = exchange.request().queryValue(QStringLiteral("format"));
  if (!format) return readFile(exchange, *call.sandbox, *path);
  if (*format == QLatin1String("json")) return list(exchange, *call.sandbox, *path, "file not found");
  if (*format != QLatin1String("zip")) {
    return exchange.respondError(badRequest("format", "format has to be zip or json, not '" + format->toStdString() + "'"));
  }
  new DownloadResponse(exchange, facade_.files().readZip(*call.sandbox, *path), "application/zip", std::nullopt);
}

void FilesController::readFile(Exchange& exchange, const SandboxId& id, const std::string& path) {
  whenDone(facade_.files().stat(id, path), &exchange, [this, &exchange, id, path](const Result<FileEntry>& entry) {
    if (!entry) return exchange.respondError(renamed(entry.error(), "file not found"));
    if (entry->isDirectory) {
      return exchange.respondError(badRequest("path", "path is a directory; ask for format=zip or format=json"));
    }
    const auto selection = selectBytes(exchange.request(), *entry);
    if (selection.status == 304) return exchange.respondEmpty(304);
    if (selection.status == 412) {
      return exchange.respondError(412, "bad_request", QStringLiteral("The file is not the one that the condition asks for."));
    }
    if (selection.status == 416) {
      return exchange.respondError(416, "bad_request", QStringLiteral("The range lies outside the file."),
                                   {{"Content-Range", "bytes */" + QByteArray::number(static_cast<qint64>(entry->size))}});
    }
    new DownloadResponse(exchange, facade_.files().read(id, path, selection.range), "application/octet-stream", selection);
  });
}

void FilesController::list(Exchange& exchange, const SandboxId& id, const std::string& path, const std::string& notFound) {
  whenDone(facade_.files().list(id, path), &exchange, [&exchange, notFound](const Result<std::vector<FileEntry>>& entries) {
    if (!entries) return exchange.respondError(renamed(entries.error(), notFound));
    QJsonArray array;
    for (const auto& entry : *entries) array.append(entryJson(entry));
    exchange.respond(200, QJsonObject{{QStringLiteral("entries"), array}});
  });
}

void FilesController::listAwake(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  auto& exchange = call.exchange;
  const auto path = pathOf(exchange, QStringLiteral("/"));
  if (!path) return;
  whenDone(facade_.sandboxes().activate(*id), &exchange,
           [this, &exchange, id = *id, path = *path](const Result<SandboxInfo>& info) {
             if (info)
               list(exchange, id, path, "Folder not found.");
             else
               exchange.respondError(info.error());
           });
}

void FilesController::write(const RouteCall& call) {
  auto& exchange = call.exchange;
  const auto path = pathOf(exchange);
  if (path) new UploadRequest(exchange, facade_.files().write(*call.sandbox, *path), *path);
}

}  // namespace terrarium
