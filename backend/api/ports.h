// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <QUrl>
#include <memory>
#include <optional>

#include "backend/api/pending.h"
#include "backend/domain/previewsettings.h"
#include "backend/domain/sandboxid.h"

namespace terrarium {

/// A TCP connection to a program in a sandbox. opened() or failed() comes first; signals arrive in the thread of the object, never
/// before control returned to the event loop after it was made. Bounded like ExecSession in both directions. Destroying it before
/// closed() resets the connection.
class PortConnection : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// Queues bytes. Keep pending() bounded: wait for drained() above a few hundred KiB.
  virtual void write(const QByteArray& bytes) = 0;
  [[nodiscard]] virtual qint64 pending() const = 0;
  /// No more will be written; the other direction goes on.
  virtual void closeWrite() = 0;
  /// The receiver has dealt with that many of the bytes received.
  virtual void consumed(qint64 bytes) = 0;

 signals:
  void opened();
  void received(const QByteArray& bytes);
  void drained();
  /// The program will send no more.
  void ended();
  /// The last signal: both directions are closed.
  void closed();
  /// The last signal when it could not be opened or was reset. NotFound: nothing listens on that port.
  void failed(const terrarium::Error& error);
};

/// Reaches what listens inside a sandbox, on its loopback. A sandbox that is not active gives failed() with NotRunning (Unavailable
/// while in a transition). Which ports listen is in SandboxStatistics.
class Ports {
 public:
  virtual ~Ports() = default;
  [[nodiscard]] virtual std::unique_ptr<PortConnection> connectPort(const SandboxId& id, int port) = 0;
  /// Where a browser on this machine finds the port; the error says why it cannot.
  [[nodiscard]] virtual Result<QUrl> previewUrl(const SandboxId& id, int port) const = 0;
  /// The same for somebody to open: with a token when the port is private.
  virtual Pending<QUrl> previewLink(const SandboxId& id, int port) = 0;

  /// Who may preview which port. Nothing has to be published for a public sandbox.
  virtual Pending<PreviewSettings> previews(const SandboxId& id) = 0;
  /// Without `access` a known port keeps its own and a new one takes the sandbox's.
  virtual Pending<PublishedPort> publish(const SandboxId& id, PreviewPort port, std::optional<PreviewAccess> access) = 0;
  /// Also when it is not published.
  virtual Pending<void> unpublish(const SandboxId& id, PreviewPort port) = 0;
  /// Voids every token of the port.
  virtual Pending<PublishedPort> rotateToken(const SandboxId& id, PreviewPort port) = 0;
};

}  // namespace terrarium
