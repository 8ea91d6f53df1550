// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpfiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "backend/client/httpreadstream.h"
#include "backend/client/httpwritestream.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
QUrlQuery queryFor(const std::string& path, const QString& format = {}) {
  QUrlQuery query;
  query.addQueryItem(QStringLiteral("path"), percentEncoded(path));
  if (!format.isEmpty()) query.addQueryItem(QStringLiteral("format"), format);
  return query;
}

FileEntry entryFromJson(const QJsonObject& object) {
  FileEntry entry;
  entry.name = textOf(object, QLatin1String("name"));
  entry.isDirectory = object.value(QLatin1String("is_dir")).toBool();
  entry.size = integerOf(object, QLatin1String("size")).value_or(0);
  entry.modifiedUnix = integerOf(object, QLatin1String("modified_unix")).value_or(0);
  entry.mode = static_cast<std::uint32_t>(integerOf(object, QLatin1String("mode")).value_or(entry.isDirectory ? 0755 : 0644));
  entry.isSymlink = object.value(QLatin1String("is_symlink")).toBool();
  return entry;
}

bool isTokenRefusal(const Error& error) {
  return error.code == ErrorCode::AuthenticationFailed || error.code == ErrorCode::Forbidden;
}

QByteArray rangeHeader(const ByteRange& range) {
  if (range.offset == 0 && !range.length) return {};
  auto header = "bytes=" + QByteArray::number(static_cast<qint64>(range.offset)) + '-';
  if (range.length) header += QByteArray::number(static_cast<qint64>(range.offset + *range.length - 1));
  return header;
}
}  // namespace

Pending<std::vector<FileEntry>> HttpFiles::list(const SandboxId& id, const std::string& path) {
  const Resolver<Entries> resolver;
  whenDone(tokens_.token(id), this, [=, this](const Result<QString>& token) { ask(id, path, token, true, resolver); });
  return resolver.pending();
}

void HttpFiles::ask(const SandboxId& id, const std::string& path, const Result<QString>& token, bool mayRenew,
                    const Resolver<Entries>& resolver) {
  if (!token) return resolver.resolve(failure(token.error()));
  const auto request = calls_.address().data(id, QStringLiteral("/files"), queryFor(path, QStringLiteral("json")), *token);
  whenDone(calls_.send(request, {"GET", {}}), this, [=, this](const Result<HttpAnswer>& answer) {
    if (!answer && isTokenRefusal(answer.error()) && mayRenew) {
      whenDone(tokens_.renewed(id, *token), this,
               [=, this](const Result<QString>& fresh) { ask(id, path, fresh, false, resolver); });
      return;
    }
    if (!answer) return resolver.resolve(failure(answer.error()));
    Entries entries;
    for (const auto& item : QJsonDocument::fromJson(answer->body).object().value(QLatin1String("entries")).toArray()) {
      entries.push_back(entryFromJson(item.toObject()));
    }
    resolver.resolve(std::move(entries));
  });
}

Pending<FileEntry> HttpFiles::stat(const SandboxId& id, const std::string& path) {
  auto checked = checkedGuestPath(path);
  if (!checked) return settled<FileEntry>(failure(checked.error()));
  auto clean = *checked;
  while (clean.size() > 1 && clean.back() == '/') clean.pop_back();
  if (clean == "/") return settled<FileEntry>(FileEntry{"/", true, 0, 0, 0755, false});
  const auto slash = clean.find_last_of('/');
  const auto name = clean.substr(slash + 1);
  const Resolver<FileEntry> resolver;
  whenDone(list(id, slash == 0 ? "/" : clean.substr(0, slash)), this, [name, clean, resolver](const Result<Entries>& entries) {
    if (!entries) return resolver.resolve(failure(entries.error()));
    const auto found =
        std::find_if(entries->begin(), entries->end(), [&name](const FileEntry& entry) { return entry.name == name; });
    if (found != entries->end()) return resolver.resolve(*found);
    resolver.resolve(failure(ErrorCode::NotFound, "There is no " + clean + " in the sandbox."));
  });
  return resolver.pending();
}

std::unique_ptr<ReadStream> HttpFiles::read(const SandboxId& id, const std::string& path, const ByteRange& range) {
  return std::make_unique<HttpReadStream>(calls_, tokens_, id, path, queryFor(path), rangeHeader(range));
}

std::unique_ptr<ReadStream> HttpFiles::readZip(const SandboxId& id, const std::string& path) {
  return std::make_unique<HttpReadStream>(calls_, tokens_, id, path, queryFor(path, QStringLiteral("zip")), QByteArray());
}

std::unique_ptr<WriteStream> HttpFiles::write(const SandboxId& id, const std::string& path) {
  return std::make_unique<HttpWriteStream>(calls_, tokens_, id, queryFor(path));
}

}  // namespace terrarium
