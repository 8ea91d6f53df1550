// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QString>
#include <QTimer>
#include <chrono>
#include <map>
#include <memory>

#include "backend/engine/ports/pending.h"
#include "backend/qemu/linebuffer.h"
#include "backend/qemu/qmpmessage.h"
#include "backend/qemu/unixstream.h"

namespace terrarium {

/// A conversation with one QEMU over its control socket. Owned by the machine, lives in its thread. When the conversation breaks,
/// every pending command fails; it is never begun anew.
class QmpClient : public QObject {
  Q_OBJECT
 public:
  static constexpr std::chrono::seconds kCommandLimit{10};
  static constexpr qsizetype kLongestLine = 4 * 1024 * 1024;

  explicit QmpClient(std::unique_ptr<UnixStream> stream);

  /// Waits for the greeting and agrees on capabilities. Call once, before anything else; yields QEMU's version.
  [[nodiscard]] Pending<QString> greet(std::chrono::milliseconds limit);
  /// Sends a command, along with a descriptor if one is given. Errors: Conflict when QEMU refuses, TimedOut, Gone when the
  /// conversation ended.
  [[nodiscard]] Pending<QJsonValue> execute(const QString& command, const QJsonObject& arguments = {}, int descriptor = -1,
                                            std::chrono::milliseconds limit = kCommandLimit);
  /// Hears what QEMU said before it died.
  void drain();
  [[nodiscard]] bool isOpen() const { return stream_->isOpen(); }

 signals:
  void eventReceived(const QString& name, const QJsonObject& data);
  void closed();

 private:
  struct Command {
    QString name;
    Resolver<QJsonValue> answer;
    std::unique_ptr<QTimer> limit;
  };
  void onReceived(const QByteArray& bytes);
  void onMessage(const QmpMessage& message);
  void onAnswer(const QmpMessage& message);
  void onTimedOut(qint64 id);
  void negotiate(const QString& version);
  void breakOff(const Error& error);

  std::unique_ptr<UnixStream> stream_;
  LineBuffer lines_{kLongestLine};
  Resolver<QString> greeted_;
  QTimer greetingLimit_;
  std::map<qint64, Command> commands_;
  qint64 lastId_ = 0;
};

}  // namespace terrarium
