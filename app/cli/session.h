// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <memory>

#include "app/cli/console.h"
#include "app/launch/enginelauncher.h"
#include "backend/client/httpfacade.h"

namespace terrarium {

/// What holds for every verb.
struct GlobalOptions {
  std::string engine;  ///< URL; empty: the engine of this user, started when needed
  std::string apiKey;
  bool json = false;
  std::vector<std::string> afterDashes;  ///< the words after `--`
};

/// One call of the command line: its options, its console and its engine, which is found or started when a verb first needs it.
class Session : public QObject {
  Q_OBJECT
 public:
  Session(GlobalOptions options, Console& console);

  [[nodiscard]] const GlobalOptions& options() const { return options_; }
  [[nodiscard]] Console& console() { return console_; }
  [[nodiscard]] EngineLauncher& launcher() { return launcher_; }

  /// Calls back with where the engine is and its key, or with why there is none.
  void findEngine(QObject* context, const std::function<void(Result<Endpoint>)>& callback);
  /// Calls back with the engine or with why there is none.
  void connectEngine(QObject* context, const std::function<void(Result<HttpFacade*>)>& callback);

 private:
  GlobalOptions options_;
  Console& console_;
  EngineLauncher launcher_;
  std::unique_ptr<HttpFacade> facade_;
};

}  // namespace terrarium
