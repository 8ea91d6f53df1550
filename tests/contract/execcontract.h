// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// Commands and terminals.
class ExecContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void outputAndExitCodeArrive();
  void nothingHappensBeforeTheCallReturned();
  void stdoutAndStderrAreSeparate();
  void aCommandThatDoesNotExistEndsWith127();
  void theEnvironmentOfTheSandboxIsThereAndTheRequestWins();
  void theWorkingDirectoryIsTaken();
  void argumentsGoPastTheShell();
  void stdinIsEmptyUnlessOpened();
  void stdinIsPassedOn();
  void timeIsUpWith124();
  void aSignalEndsWith128AndItsNumber();
  void largeOutputIsComplete();
  void twoCommandsRunSideBySide();
  void aPausedSandboxRunsNothing();
  void anUnknownSandboxRunsNothing();
  void aSessionFailsWhenItsSandboxIsDeleted();
  void aTerminalAnswersAndEndsWithTheCodeOfItsShell();
};

}  // namespace terrarium
