// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include "backend/client/responsehead.h"

namespace terrarium {

/// The body that follows a head, without the marks of its chunks. Pure.
class ResponseBody {
 public:
  explicit ResponseBody(const ResponseHead& head);

  /// The content among the next bytes of the connection.
  [[nodiscard]] QByteArray feed(const QByteArray& bytes);
  [[nodiscard]] bool isComplete() const { return stage_ == Stage::Complete; }
  [[nodiscard]] bool isMalformed() const { return stage_ == Stage::Malformed; }
  /// There was no length: the end of the connection is the end of the body.
  [[nodiscard]] bool endsWithConnection() const { return stage_ == Stage::UntilClosed; }

 private:
  enum class Stage { Length, UntilClosed, ChunkHead, ChunkData, ChunkEnd, Trailer, Complete, Malformed };
  void onLine();
  qsizetype takeData(const QByteArray& bytes, qsizetype at, QByteArray& content);
  Stage stage_ = Stage::UntilClosed;
  qint64 left_ = 0;
  QByteArray line_;
};

}  // namespace terrarium
