// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"

namespace terrarium {

/// `doctor`: what works on the engine's machine, one line each, with what to do about the rest. Ends with 1 when something is bad.
class DoctorCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void print(const HostInfo& info);
};

}  // namespace terrarium
