// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <QString>
#include <deque>
#include <memory>

#include "backend/support/descriptor.h"
#include "backend/support/result.h"

namespace terrarium {

/// One end of a unix stream socket that can hand over descriptors, which QLocalSocket cannot. Owned by the conversation above it;
/// lives in the engine's thread and never blocks.
class UnixStream : public QObject {
  Q_OBJECT
 public:
  /// `path` may be at most 107 bytes long (MachineDirectory gives short ones).
  [[nodiscard]] static Result<std::unique_ptr<UnixStream>> connectTo(const QString& path);
  explicit UnixStream(Descriptor socket);

  /// Sends soon, in order. `descriptor` (a copy is taken) arrives together with the first byte.
  void send(const QByteArray& bytes, int descriptor = -1);
  /// Reads what is there already, without waiting for the event loop. For the moment after the other process died.
  void drain();
  [[nodiscard]] bool isOpen() const { return socket_.isOpen(); }
  void close();

 signals:
  void received(const QByteArray& bytes);
  /// The other side hung up, or the connection broke.
  void closed();

 private:
  struct Outgoing {
    QByteArray bytes;
    Descriptor descriptor;
  };
  enum class Progress { More, Later, Broken };
  Progress readSome();
  Progress sendFirst();
  void onWritable();

  Descriptor socket_;
  std::unique_ptr<QSocketNotifier> readable_;
  std::unique_ptr<QSocketNotifier> writable_;
  std::deque<Outgoing> outgoing_;
};

}  // namespace terrarium
