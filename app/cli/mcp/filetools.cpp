// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/filetools.h"

#include <QStringDecoder>

#include "app/cli/mcp/boundedtext.h"
#include "app/cli/mcp/sandboxtools.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
constexpr qint64 kHigh = 512 * 1024;
constexpr qsizetype kPiece = 64 * 1024;

std::string pathArgument(ToolCall& call) {
  const auto path = checkedGuestPath(call.arguments().text("path").value_or(std::string()));
  if (path) return *path;
  call.arguments().fail(path.error());
  return {};
}

/// The bytes as text, unless they are none: no UTF-8, or with a NUL in it.
std::optional<QString> asText(const QByteArray& bytes) {
  QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
  const QString text = decoder.decode(bytes);
  if (decoder.hasError() || text.contains(QChar(0))) return std::nullopt;
  return text;
}

QJsonArray fileContent(const SandboxId& id, const std::string& path, qint64 offset, const QByteArray& bytes, qint64 size) {
  const bool goesOn = size >= 0 && offset + bytes.size() < size;
  auto shown = goesOn ? withoutCutEnd(bytes) : bytes;
  const auto text = asText(shown);
  if (!text) shown = bytes;
  QJsonArray content{text ? textContent(*text) : blobContent(id, path, QStringLiteral("application/octet-stream"), bytes)};
  if (goesOn) {
    content.append(textContent(QStringLiteral("These are %1 of %2 bytes, from byte %3. The rest begins at offset %4.")
                                   .arg(QString::number(shown.size()), QString::number(size), QString::number(offset),
                                        QString::number(offset + shown.size()))));
  }
  return content;
}

std::optional<QByteArray> contentArgument(FieldReader& arguments) {
  const auto content = arguments.text("content");
  const auto encoding = arguments.text("encoding").value_or("utf-8");
  if (!content) {
    arguments.fail(badRequest("content", "content is required: what to write."));
    return std::nullopt;
  }
  auto bytes = QByteArray::fromStdString(*content);
  if (encoding == "base64") {
    auto decoded = QByteArray::fromBase64Encoding(bytes.simplified().replace(' ', ""), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded) arguments.fail(badRequest("content", "content is not base64, which encoding says it is."));
    bytes = *decoded;
  } else if (encoding != "utf-8") {
    arguments.fail(badRequest("encoding", "encoding has to be utf-8 or base64."));
  }
  if (bytes.size() > kMostWritten) {
    arguments.fail(badRequest("content", "content is longer than 8 MiB. Write it in parts, or use terrariumctl cp."));
  }
  return bytes;
}
}  // namespace

Collection::Collection(ToolCall& call, std::unique_ptr<ReadStream> stream, qint64 most, const std::string& tooMuch)
    : QObject(&call), stream_(std::move(stream)) {
  connect(stream_.get(), &ReadStream::opened, this, [this](const FileEntry& entry) { size_ = entry.size; });
  connect(stream_.get(), &ReadStream::chunkReceived, this, [this, &call, most, tooMuch](const QByteArray& bytes) {
    if (bytes_.size() > most) return;
    bytes_ += bytes;
    // What is not given back is not sent on either.
    if (bytes_.size() > most) return call.fail(Error{ErrorCode::TooLarge, tooMuch});
    stream_->consumed(bytes.size());
  });
  connect(stream_.get(), &ReadStream::finished, this, [this] { emit complete(bytes_, size_); });
  connect(stream_.get(), &ReadStream::failed, this, [&call](const Error& error) { call.fail(error); });
}

Delivery::Delivery(ToolCall& call, std::unique_ptr<WriteStream> stream, QByteArray content)
    : QObject(&call), stream_(std::move(stream)), content_(std::move(content)) {
  connect(stream_.get(), &WriteStream::drained, this, &Delivery::feed);
  connect(stream_.get(), &WriteStream::stored, this, &Delivery::stored);
  connect(stream_.get(), &WriteStream::failed, this, [this, &call](const Error& error) {
    ended_ = true;
    call.fail(error);
  });
  QMetaObject::invokeMethod(this, &Delivery::feed, Qt::QueuedConnection);
}

void Delivery::feed() {
  while (!ended_ && stream_->pending() <= kHigh) {
    if (given_ == content_.size()) {
      ended_ = true;
      return stream_->finish();
    }
    const auto piece = content_.mid(given_, kPiece);
    given_ += piece.size();
    stream_->write(piece);
  }
}

void readFileTool(ToolCall& call) {
  const auto path = pathArgument(call);
  const auto offset = call.arguments().integer("offset").value_or(0);
  const auto most = call.arguments().integer("max_bytes").value_or(kMostRead);
  if (offset < 0) call.arguments().fail(badRequest("offset", "offset has to be 0 or more."));
  if (most < 1 || most > kMostRead) call.arguments().fail(badRequest("max_bytes", "max_bytes has to be from 1 to 1048576."));
  withActiveSandbox(call, [&call, path, offset, most](const SandboxInfo& info) {
    auto* collection = new Collection(call, call.facade().files().read(info.id, path, {offset, most}), most,
                                      "The engine sent more of the file than was asked for.");
    QObject::connect(collection, &Collection::complete, &call,
                     [&call, id = info.id, path, offset](const QByteArray& bytes, qint64 size) {
                       call.succeedWith(fileContent(id, path, offset, bytes, size));
                     });
  });
}

void writeFileTool(ToolCall& call) {
  const auto path = pathArgument(call);
  const auto content = contentArgument(call.arguments());
  withActiveSandbox(call, [&call, path, content](const SandboxInfo& info) {
    auto* delivery = new Delivery(call, call.facade().files().write(info.id, path), content.value_or(QByteArray()));
    QObject::connect(delivery, &Delivery::stored, &call, [&call, path](qint64 size) {
      call.succeed({{QStringLiteral("path"), qtText(path)}, {QStringLiteral("size"), size}});
    });
  });
}

void listFolderTool(ToolCall& call) {
  const auto path = pathArgument(call);
  withActiveSandbox(call, [&call, path](const SandboxInfo& info) {
    whenDone(call.facade().files().list(info.id, path), &call, [&call](const Result<std::vector<FileEntry>>& entries) {
      if (!entries) return call.fail(entries.error());
      QJsonArray items;
      for (const auto& entry : *entries) {
        if (static_cast<std::size_t>(items.size()) == kMostEntries) break;
        items.append(QJsonObject{{QStringLiteral("name"), qtText(entry.name)},
                                 {QStringLiteral("is_dir"), entry.isDirectory},
                                 {QStringLiteral("size"), static_cast<qint64>(entry.size)},
                                 {QStringLiteral("modified_unix"), static_cast<qint64>(entry.modifiedUnix)}});
      }
      QJsonObject result{{QStringLiteral("entries"), items}};
      if (entries->size() > kMostEntries) {
        result.insert(
            QStringLiteral("notice"),
            QStringLiteral("The folder holds %1 entries; these are the first %2.").arg(entries->size()).arg(kMostEntries));
      }
      call.succeed(result);
    });
  });
}

void downloadFolderTool(ToolCall& call) {
  const auto path = pathArgument(call);
  withActiveSandbox(call, [&call, path](const SandboxInfo& info) {
    auto* collection = new Collection(call, call.facade().files().readZip(info.id, path), kMostRead,
                                      "The archive is larger than 1 MiB. Take a smaller folder, or use terrariumctl cp.");
    QObject::connect(collection, &Collection::complete, &call, [&call, id = info.id, path](const QByteArray& bytes, qint64) {
      call.succeedWith(QJsonArray{blobContent(id, path + ".zip", QStringLiteral("application/zip"), bytes)});
    });
  });
}

}  // namespace terrarium
