// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// Connections to what listens in a sandbox, on port 8000.
class PortsContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void whatListensAnswers();
  void whereNothingListensIsNotFound();
  void aPausedSandboxTakesNoConnection();
  void aPauseEndsConnections();
  void anUnknownSandboxIsNotFound();
  void portsArePublishedAndUnpublished();
  void previewAccessIsSetAndChanged();
  void aCloneShowsNoMoreThanItsSource();

 private:
  struct Log {
    bool opened = false;
    QByteArray received;
    bool ended = false;
    bool closed = false;
    std::optional<Error> error;
  };
  void follow(PortConnection& connection, Log& log);
  [[nodiscard]] std::optional<ErrorCode> refusal(const SandboxId& id, int port);
};

}  // namespace terrarium
