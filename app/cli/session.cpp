// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/session.h"

namespace terrarium {

Session::Session(GlobalOptions options, Console& console)
    : options_(std::move(options)), console_(console), launcher_(Directories::fromEnvironment()) {}

void Session::findEngine(QObject* context, const std::function<void(Result<Endpoint>)>& callback) {
  if (options_.engine.empty()) return whenDone(launcher_.ensureRunning(), context, callback);
  const QUrl url(QString::fromStdString(options_.engine), QUrl::StrictMode);
  const bool isWeb = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
  if (!url.isValid() || !isWeb || url.host().isEmpty()) {
    return callback(failure(badRequest("engine", "--engine takes an address such as http://127.0.0.1:8080.")));
  }
  if (options_.apiKey.empty()) {
    return callback(failure(badRequest("api_key", "--engine needs a key: add --api-key or set TERRARIUM_API_KEY.")));
  }
  callback(Endpoint{url, QString::fromStdString(options_.apiKey), 0, {}});
}

void Session::connectEngine(QObject* context, const std::function<void(Result<HttpFacade*>)>& callback) {
  if (facade_) return callback(facade_.get());
  findEngine(context, [this, callback](const Result<Endpoint>& endpoint) {
    if (!endpoint) return callback(failure(endpoint.error()));
    facade_ = std::make_unique<HttpFacade>(endpoint->url, endpoint->apiKey);
    callback(facade_.get());
  });
}

}  // namespace terrarium
