// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include "backend/api/facade.h"
#include "ui/sandboxes/sandboxmodel.h"

namespace terrarium {

/// Keeps a SandboxModel true to the engine: lists at the start and after every reconnect, follows events in between, and turns the
/// clock once a second. Owned by the window.
class SandboxFeed : public QObject {
  Q_OBJECT
 public:
  enum class Load { Loading, Loaded, Failed };
  SandboxFeed(Facade& facade, SandboxModel& model, QObject* parent = nullptr);

  void reload();
  /// Empties the list: what was in it belongs to an engine that is left.
  void forget();
  [[nodiscard]] Load load() const { return load_; }
  [[nodiscard]] QString problem() const { return problem_; }

 signals:
  void loadChanged();

 private:
  void listFrom(std::vector<SandboxInfo> sofar, int generation);
  void setLoad(Load load, const QString& problem = {});
  Facade& facade_;
  SandboxModel& model_;
  QTimer tick_;
  Load load_ = Load::Loading;
  QString problem_;
  int generation_ = 0;
};

}  // namespace terrarium
