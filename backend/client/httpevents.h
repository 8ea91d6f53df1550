// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkReply>
#include <QPointer>
#include <QTimer>
#include <map>

#include "backend/api/events.h"
#include "backend/client/httpcalls.h"
#include "backend/client/sseparser.h"

namespace terrarium {

/// The engine's events as they come, over one connection that is opened again whenever it breaks. A service without them is asked
/// for its list every few seconds instead. Starts with start(); owned by HttpFacade.
class HttpEvents : public Events {
  Q_OBJECT
 public:
  HttpEvents(HttpCalls& calls, Sandboxes& sandboxes);
  ~HttpEvents() override;

  [[nodiscard]] bool isConnected() const override { return connected_; }
  void start();
  /// Breaks the connection and opens it at once, for another address.
  void restart();

 private:
  void open();
  void onBytes();
  void onEnd();
  void dispatch(const SseEvent& event);
  void lost(const QString& problem);
  void setConnected(bool connected, const QString& problem);
  void poll();
  void compare(const SandboxPage& page);

  HttpCalls& calls_;
  Sandboxes& sandboxes_;
  QPointer<QNetworkReply> reply_;
  SseParser parser_;
  QTimer retry_;
  QTimer silence_;
  QTimer polling_;
  std::map<std::string, SandboxInfo> known_;
  QString problem_;
  int attempts_ = 0;
  bool started_ = false;
  bool connected_ = false;
};

}  // namespace terrarium
