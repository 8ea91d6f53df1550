// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QObject>

#include "backend/api/facade.h"

namespace terrarium {

/// One create on its way: builds the template first where that is needed, then creates. Cancellable throughout. Owned by the
/// dialog; ends with exactly one of succeeded() and failed().
class CreateRun : public QObject {
  Q_OBJECT
 public:
  CreateRun(Facade& facade, SandboxSpec spec, bool buildFirst, QObject* parent = nullptr);
  void start();
  void cancel();

 signals:
  /// `fraction` is that of the whole phase, negative when it cannot be told.
  void progressed(const QString& phase, const QString& stage, double fraction, const QString& logLine);
  void succeeded(const terrarium::SandboxInfo& info);
  void failed(const terrarium::Error& error);

 private:
  void build();
  void create();
  void follow(const OperationProgress& progress);
  Facade& facade_;
  SandboxSpec spec_;
  bool building_;
  bool cancelled_ = false;
  OperationId operation_;
};

}  // namespace terrarium
