// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <memory>

#include "app/desktop/desktopoptions.h"
#include "app/launch/enginelauncher.h"
#include "backend/api/directories.h"
#include "backend/api/facade.h"
#include "ui/connections/engineconnection.h"

namespace terrarium {

class HttpFacade;

/// Chooses what the window talks to: the local engine (started when none runs), another one, or the demonstration.
class DesktopComposition : public QObject {
  Q_OBJECT
 public:
  DesktopComposition(const Directories& directories, const DesktopOptions& options);
  ~DesktopComposition() override;

  [[nodiscard]] Facade& facade() { return *facade_; }
  [[nodiscard]] const EngineConnection& connection() const { return connection_; }
  /// Starts the local engine when it does not answer and goes over to it. Nothing for the others.
  void reachEngine();
  /// Turns the facade there. Nothing in the demonstration.
  void use(const EngineConnection& connection, const QString& key);

 signals:
  void engineUnreachable(const QString& problem);
  /// Where the local engine is, whenever that is found out.
  void located(const terrarium::EngineConnection& connection);

 private:
  void build(const QUrl& url, const QString& key);
  std::unique_ptr<EngineLauncher> launcher_;
  std::unique_ptr<Facade> facade_;
  HttpFacade* http_ = nullptr;
  EngineConnection connection_;
  bool reaching_ = false;
};

}  // namespace terrarium
