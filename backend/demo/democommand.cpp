// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/democommand.h"

namespace terrarium {

namespace {
constexpr int kTimedOut = 124;
}

DemoCommand::DemoCommand(const SandboxId& id, const Events& events, const Result<DemoOutcome>& outcome, const ExecRequest& request)
    : DemoSession(id, events), inputClosed_(!request.openStdin) {
  wait_.setSingleShot(true);
  wait_.setTimerType(Qt::PreciseTimer);
  connect(&wait_, &QTimer::timeout, this, [this] {
    ++next_;
    idle();
  });
  limit_.setSingleShot(true);
  connect(&limit_, &QTimer::timeout, this, [this] { endWith(kTimedOut); });
  if (request.timeout) limit_.start(*request.timeout);
  if (outcome) outcome_ = *outcome;
  begin(outcome ? std::nullopt : std::optional<Error>(outcome.error()));
}

void DemoCommand::write(const QByteArray& bytes) {
  if (hasEnded() || inputClosed_) return;
  input_ += bytes;
  idle();
}

void DemoCommand::closeInput() {
  inputClosed_ = true;
  if (!hasEnded()) idle();
}

void DemoCommand::idle() {
  while (next_ < outcome_.steps.size()) {
    const auto& step = outcome_.steps[next_];
    if (step.kind == DemoStep::Kind::Wait) {
      if (!wait_.isActive()) wait_.start(step.wait);
      return;
    }
    if (step.kind == DemoStep::Kind::CopyInput) {
      output(step.channel, std::exchange(input_, {}));
      if (!inputClosed_) return;
    } else {
      output(step.channel, step.bytes);
    }
    ++next_;
  }
  endWith(outcome_.exitCode);
}

}  // namespace terrarium
