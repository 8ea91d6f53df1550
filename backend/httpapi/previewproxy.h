// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include "backend/api/ports.h"
#include "backend/httpapi/exchange.h"
#include "backend/httpapi/previewresponse.h"

namespace terrarium {

/// Carries one request to a program in a sandbox and its answer back, piece by piece; after an upgrade it carries bytes. Child of
/// its exchange. Bounded in both directions: a side that does not read holds up the other.
class PreviewProxy : public QObject {
  Q_OBJECT
 public:
  using Refusal = std::function<void(const Error&)>;

  /// `connection` lives on under `keeper` for a moment after the answer, so that the program may close in an orderly way. `refusal`
  /// answers when the program could not be reached or made no sense before anything was passed on.
  PreviewProxy(Exchange& exchange, std::unique_ptr<PortConnection> connection, QObject& keeper, Refusal refusal);
  ~PreviewProxy() override;

 private:
  void passRequest();
  void passBody(const QByteArray& bytes, bool last);
  void wantBody();
  void received(const QByteArray& bytes);
  void passResponse();
  void beginResponse();
  void giveCredit();
  void ended();
  void failed(const Error& error);
  void complete();
  void breakOff(const Error& error);

  Exchange& exchange_;
  PortConnection* connection_;  ///< child of the keeper; nullptr after complete()
  QObject& keeper_;
  Refusal refusal_;
  PreviewResponse response_;
  bool begun_ = false;
  bool bodyWanted_ = false;
  bool bodyDone_ = false;
  qint64 owed_ = 0;  ///< received and not yet consumed
};

}  // namespace terrarium
