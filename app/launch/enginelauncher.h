// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLockFile>
#include <QNetworkAccessManager>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <memory>

#include "backend/api/endpoint.h"
#include "backend/api/pending.h"

namespace terrarium {

/// Finds the engine of this user, or starts it when none answers. Several programs may do so at the same moment: a lock file lets
/// one of them start it, the others wait for it. Owned by the program that needs the engine.
class EngineLauncher : public QObject {
  Q_OBJECT
 public:
  explicit EngineLauncher(Directories directories, QObject* parent = nullptr);
  ~EngineLauncher() override;

  /// The endpoint of an engine that answered just now. Unavailable with a sentence when it cannot be started or takes too long.
  Pending<Endpoint> ensureRunning();
  /// The same without starting one: NotFound when none answers.
  Pending<Endpoint> find();

  /// Where the output of an engine goes that was started from here.
  [[nodiscard]] QString logFile() const;
  /// For tests: what to start instead of the engine.
  void setProgram(const QString& program, const QStringList& arguments);
  void setPatience(std::chrono::milliseconds patience) { patience_ = patience; }

 private:
  Pending<Endpoint> probe();
  void begin();
  void look();
  void launch();
  [[nodiscard]] bool launchUnit() const;
  [[nodiscard]] bool launchProgram();
  [[nodiscard]] bool hasDied() const;
  void finish(Result<Endpoint> result);

  Directories directories_;
  QNetworkAccessManager network_;
  QTimer poll_;
  std::unique_ptr<QLockFile> lock_;
  std::unique_ptr<Resolver<Endpoint>> waiting_;
  QString program_;
  QStringList arguments_;
  qint64 started_ = 0;
  std::chrono::milliseconds patience_{15000};
  std::chrono::steady_clock::time_point begun_;
};

/// The program file of the engine: beside this program, else in PATH; empty when it is nowhere.
[[nodiscard]] QString enginePath();

}  // namespace terrarium
