// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/composition.h"

#include "backend/api/endpoint.h"
#include "backend/client/httpfacade.h"
#include "backend/demo/demofacade.h"

namespace terrarium {

DesktopComposition::DesktopComposition(const Directories& directories, const DesktopOptions& options) {
  if (options.demo || !options.screenshotDirectory.isEmpty()) {
    DemoOptions demo;
    // Pictures show curves, so the minute that a curve takes must not be waited for.
    if (!options.screenshotDirectory.isEmpty()) demo.statistics = std::chrono::milliseconds(60);
    facade_ = std::make_unique<DemoFacade>(demo);
    return;
  }
  launcher_ = std::make_unique<EngineLauncher>(directories);
  if (!options.engine.isEmpty()) {
    connection_ = {QStringLiteral("command-line"), options.engine.host(), options.engine};
    build(options.engine, options.apiKey);
    return;
  }
  // An engine that runs is shown at once; one that has to be started follows.
  const auto known = readEndpoint(directories);
  connection_.url = known ? known->url : QUrl(QStringLiteral("http://127.0.0.1:9"));
  build(connection_.url, known ? known->apiKey : QString());
}

DesktopComposition::~DesktopComposition() = default;

void DesktopComposition::build(const QUrl& url, const QString& key) {
  auto http = std::make_unique<HttpFacade>(url, key);
  http_ = http.get();
  facade_ = std::move(http);
  // The engine may come back somewhere else after it was away.
  connect(&facade_->events(), &Events::connectionChanged, this, [this](bool connected) {
    if (!connected) reachEngine();
  });
}

void DesktopComposition::use(const EngineConnection& connection, const QString& key) {
  if (!http_) return;
  connection_ = connection;
  if (connection_.isLocal())
    reachEngine();
  else
    http_->setAddress(connection.url, key);
}

void DesktopComposition::reachEngine() {
  if (!http_ || reaching_ || !connection_.isLocal()) return;
  reaching_ = true;
  whenDone(launcher_->ensureRunning(), this, [this](const Result<Endpoint>& endpoint) {
    reaching_ = false;
    if (!connection_.isLocal()) return;
    if (!endpoint) {
      emit engineUnreachable(QString::fromStdString(endpoint.error().message));
      return;
    }
    connection_.url = endpoint->url;
    emit located(connection_);
    http_->setAddress(endpoint->url, endpoint->apiKey);
  });
}

}  // namespace terrarium
