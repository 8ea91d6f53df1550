// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "backend/api/ports.h"

class QLabel;
class QVBoxLayout;

namespace terrarium {

/// What listens in a sandbox, each with buttons that open it in the browser and copy its address.
class PortList : public QWidget {
  Q_OBJECT
 public:
  explicit PortList(Ports& ports, QWidget* parent = nullptr);

  /// Another engine is asked from now on; what is shown next is drawn anew.
  void forget() { id_.reset(); }
  /// `note` stands there when there is no port. Nothing is drawn anew when nothing changed, so that a button keeps its focus.
  void show(const SandboxId& id, const std::vector<int>& ports, const QString& note);

 signals:
  void openRequested(const QUrl& address);

 private:
  void rebuild();
  [[nodiscard]] QWidget* rowFor(int port);
  void openPort(int port);
  Ports& facade_;
  std::optional<SandboxId> id_;
  std::vector<int> ports_;
  QLabel* note_;
  QWidget* rows_ = nullptr;
  QVBoxLayout* column_;
};

}  // namespace terrarium
