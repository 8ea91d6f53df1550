// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/mcp/toolcall.h"

namespace terrarium {

constexpr qint64 kMostRead = 1 << 20;
constexpr qint64 kMostWritten = 8 << 20;
constexpr std::size_t kMostEntries = 1000;

// The tools for files of a sandbox. Each reads its arguments from the call and ends it.
void readFileTool(ToolCall& call);
void writeFileTool(ToolCall& call);
void listFolderTool(ToolCall& call);
void downloadFolderTool(ToolCall& call);

/// Collects what a stream brings, for a call whose child it is; fails the call when that becomes more than `most`.
class Collection : public QObject {
  Q_OBJECT
 public:
  Collection(ToolCall& call, std::unique_ptr<ReadStream> stream, qint64 most, const std::string& tooMuch);

 signals:
  /// `size` is that of the whole file, -1 when unknown.
  void complete(const QByteArray& bytes, qint64 size);

 private:
  std::unique_ptr<ReadStream> stream_;
  QByteArray bytes_;
  qint64 size_ = -1;
};

/// Hands a content to a stream no faster than it takes it, for a call whose child it is.
class Delivery : public QObject {
  Q_OBJECT
 public:
  Delivery(ToolCall& call, std::unique_ptr<WriteStream> stream, QByteArray content);

 signals:
  void stored(qint64 size);

 private:
  void feed();
  std::unique_ptr<WriteStream> stream_;
  QByteArray content_;
  qsizetype given_ = 0;
  bool ended_ = false;
};

}  // namespace terrarium
