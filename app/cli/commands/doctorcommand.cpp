// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/doctorcommand.h"

#include <algorithm>

#include "app/cli/printable.h"
#include "backend/wire/hostjson.h"

namespace terrarium {

namespace {
std::string markOf(CheckOutcome outcome, bool colour) {
  const auto* word = outcome == CheckOutcome::Good ? "ok  " : outcome == CheckOutcome::Warning ? "warn" : "bad ";
  if (!colour) return word;
  const auto* code = outcome == CheckOutcome::Good ? "\x1b[32m" : outcome == CheckOutcome::Warning ? "\x1b[33m" : "\x1b[31m";
  return std::string(code) + word + "\x1b[0m";
}
}  // namespace

Verb DoctorCommand::describe(Verb parent) {
  return parent.verb("doctor", "Say what works on this machine and how to fix what does not");
}

void DoctorCommand::run() {
  withEngine([this](HttpFacade& facade) {
    whenDone(facade.host().info(), this, [this](const Result<HostInfo>& info) {
      if (!info) return fail(info.error());
      wantsJson() ? console().out(toJson(*info)) : print(*info);
      const auto isBad = [](const HostCheck& check) { return check.outcome == CheckOutcome::Bad; };
      const bool bad = std::any_of(info->checks.begin(), info->checks.end(), isBad);
      emit done(static_cast<int>(bad ? ExitCode::Failure : ExitCode::Success));
    });
  });
}

void DoctorCommand::print(const HostInfo& info) {
  const auto machines = info.qemuVersion.empty()
                            ? std::string(", no machines")
                            : ", QEMU " + printable(info.qemuVersion) + ", accelerator " + printable(info.accelerator) +
                                  (info.isolationBoundary ? "" : " (no isolation boundary)");
  console().out("Engine " + printable(info.engineVersion) + machines + "\n");
  for (const auto& check : info.checks) {
    console().out(markOf(check.outcome, console().hasColour()) + "  " + printable(check.id) + ": " + printable(check.summary) +
                  "\n");
    if (!check.fix.empty()) console().out("      fix: " + printable(check.fix) + "\n");
  }
}

}  // namespace terrarium
