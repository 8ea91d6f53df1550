// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demosession.h"

#include <array>
#include <utility>

namespace terrarium {

namespace {

constexpr qint64 kChunkBytes = 32LL * 1024;
constexpr qint64 kWindowBytes = 256LL * 1024;
constexpr int kSignalBase = 128;

constexpr std::array<std::pair<const char*, int>, 7> kSignals{
    {{"SIGHUP", 1}, {"SIGINT", 2}, {"SIGQUIT", 3}, {"SIGKILL", 9}, {"SIGUSR1", 10}, {"SIGUSR2", 12}, {"SIGTERM", 15}}};

}  // namespace

DemoSession::DemoSession(const SandboxId& id, const Events& events) : presence_(id, events) {
  elapsed_.start();
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &DemoSession::step);
  connect(&presence_, &DemoPresence::ended, this, &DemoSession::failWith);
}

void DemoSession::begin(std::optional<Error> problem) {
  problem_ = std::move(problem);
  timer_.start(0);
}

void DemoSession::consumed(qint64 bytes) {
  unconsumed_ -= bytes;
  if (!ended_ && !timer_.isActive()) timer_.start(0);
}

void DemoSession::sendSignal(const QByteArray& name) {
  for (const auto& [known, number] : kSignals) {
    if (name == known && !ended_) return signalled(number);
  }
}

void DemoSession::resize(int /*columns*/, int /*rows*/) {}

void DemoSession::signalled(int number) {
  chunks_.clear();
  endWith(kSignalBase + number);
}

void DemoSession::output(OutputChannel channel, const QByteArray& bytes) {
  for (qint64 begin = 0; begin < bytes.size(); begin += kChunkBytes) chunks_.push_back({channel, bytes.mid(begin, kChunkBytes)});
  if (!ended_ && !timer_.isActive()) timer_.start(0);
}

void DemoSession::endWith(int exitCode) {
  if (!exitCode_) exitCode_ = exitCode;
  if (!ended_ && !timer_.isActive()) timer_.start(0);
}

void DemoSession::failWith(const Error& error) {
  if (ended_) return;
  ended_ = true;
  timer_.stop();
  emit failed(error);
}

void DemoSession::step() {
  if (ended_) return;
  if (problem_) return failWith(*problem_);
  if (!started_) {
    started_ = true;
    timer_.start(0);
    emit started();
    return;
  }
  if (!chunks_.empty()) {
    if (unconsumed_ >= kWindowBytes) return;  // consumed() goes on
    const auto chunk = std::move(chunks_.front());
    chunks_.pop_front();
    unconsumed_ += chunk.bytes.size();
    timer_.start(0);
    emit outputReceived(chunk.channel, chunk.bytes);
    return;
  }
  if (exitCode_) {
    ended_ = true;
    emit finished(ExecResult{*exitCode_, std::chrono::milliseconds(elapsed_.elapsed())});
    return;
  }
  idle();
}

}  // namespace terrarium
