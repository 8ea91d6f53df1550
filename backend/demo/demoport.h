// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <optional>

#include "backend/api/ports.h"
#include "backend/demo/demopresence.h"

namespace terrarium {

/// A small web server of the demonstration: answers one request with a page and closes. Ports 3000, 8000 and 9229 listen.
class DemoPort final : public PortConnection {
  Q_OBJECT
 public:
  /// `problem`: why the sandbox cannot be reached at all.
  DemoPort(const SandboxId& id, const Events& events, int port, std::optional<Error> problem);

  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 pending() const override { return 0; }
  void closeWrite() override;
  void consumed(qint64 /*bytes*/) override {}

  [[nodiscard]] static bool listensOn(int port);

 private:
  void step();
  void answer();
  void failWith(const Error& error);

  DemoPresence presence_;
  QTimer timer_;
  int port_;
  std::optional<Error> problem_;
  QByteArray request_;
  bool open_ = false;
  bool writeEnded_ = false;
  bool ended_ = false;
  bool over_ = false;
};

}  // namespace terrarium
