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
  if (!options.engine.isEmpty()) {
    facade_ = std::make_unique<HttpFacade>(options.engine, options.apiKey);
    return;
  }
  launcher_ = std::make_unique<EngineLauncher>(directories);
  // An engine that runs is shown at once; one that has to be started follows.
  const auto known = readEndpoint(directories);
  auto local = std::make_unique<HttpFacade>(known ? known->url : QUrl(QStringLiteral("http://127.0.0.1:9")),
                                            known ? known->apiKey : QString());
  local_ = local.get();
  facade_ = std::move(local);
  // The engine may come back somewhere else after it was away.
  connect(&facade_->events(), &Events::connectionChanged, this, [this](bool connected) {
    if (!connected) reachEngine();
  });
}

DesktopComposition::~DesktopComposition() = default;

void DesktopComposition::reachEngine() {
  if (!launcher_ || reaching_) return;
  reaching_ = true;
  whenDone(launcher_->ensureRunning(), this, [this](const Result<Endpoint>& endpoint) {
    reaching_ = false;
    if (endpoint)
      local_->setAddress(endpoint->url, endpoint->apiKey);
    else
      emit engineUnreachable(QString::fromStdString(endpoint.error().message));
  });
}

}  // namespace terrarium
