// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/execstream.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace terrarium {

namespace {

constexpr int kMostCells = 1000;

template <class Message>
void addEnv(Message& message, const std::map<std::string, std::string>& env) {
  for (const auto& [name, value] : env) {
    auto& variable = *message.add_env();
    variable.set_name(name);
    variable.set_value(value);
  }
}

std::uint32_t milliseconds(std::chrono::seconds limit) {
  const auto value = std::chrono::milliseconds(limit).count();
  return static_cast<std::uint32_t>(
      std::clamp<std::chrono::milliseconds::rep>(value, 1, std::numeric_limits<std::uint32_t>::max()));
}

guest::HostFrame frameFor(const ExecRequest& request) {
  guest::HostFrame frame;
  auto& exec = *frame.mutable_exec();
  exec.set_command(request.command);
  exec.set_direct(request.args.has_value());
  if (request.args) {
    for (const auto& argument : *request.args) exec.add_args(argument);
  }
  addEnv(exec, request.env);
  exec.set_working_directory(request.workingDirectory);
  if (request.timeout) exec.set_timeout_ms(milliseconds(*request.timeout));
  exec.set_open_stdin(request.openStdin);
  return frame;
}

std::uint32_t cells(int value) { return static_cast<std::uint32_t>(std::clamp(value, 1, kMostCells)); }

guest::HostFrame frameFor(const TerminalRequest& request) {
  guest::HostFrame frame;
  auto& terminal = *frame.mutable_open_terminal();
  terminal.set_columns(cells(request.columns));
  terminal.set_rows(cells(request.rows));
  addEnv(terminal, request.env);
  terminal.set_working_directory(request.workingDirectory);
  return frame;
}

}  // namespace

ExecStream::ExecStream(AgentConversation& conversation, const ExecRequest& request) : seat_(conversation) {
  begin(frameFor(request));
}

ExecStream::ExecStream(AgentConversation& conversation, const TerminalRequest& request) : seat_(conversation) {
  begin(frameFor(request));
}

void ExecStream::begin(guest::HostFrame first) {
  const auto taken = seat_.take(*this, std::move(first));
  if (taken) return;
  QMetaObject::invokeMethod(
      this, [this, error = taken.error()] { emit failed(error); }, Qt::QueuedConnection);
}

void ExecStream::sendInput() {
  if (input_.sendTo(seat_)) QMetaObject::invokeMethod(this, &ExecStream::inputDrained, Qt::QueuedConnection);
}

void ExecStream::write(const QByteArray& bytes) {
  if (!seat_.isTaken()) return;
  input_.add(bytes);
  sendInput();
}

void ExecStream::closeInput() {
  input_.end();
  sendInput();
}

void ExecStream::sendSignal(const QByteArray& name) {
  guest::HostFrame frame;
  frame.set_signal(name.constData(), static_cast<std::size_t>(name.size()));
  seat_.send(std::move(frame));
}

void ExecStream::resize(int columns, int rows) {
  guest::HostFrame frame;
  frame.mutable_resize()->set_columns(cells(columns));
  frame.mutable_resize()->set_rows(cells(rows));
  seat_.send(std::move(frame));
}

void ExecStream::consumed(qint64 bytes) { output_.consumed(bytes, seat_); }

std::string ExecStream::receive(const guest::GuestFrame& frame) {
  using Body = guest::GuestFrame::BodyCase;
  switch (frame.body_case()) {
    case Body::kStarted:
      emit started();
      return {};
    case Body::kOutput:
      return receiveOutput(frame.output());
    case Body::kCredit:
      if (!input_.credited(frame.credit())) return "it gave credit for input that it never got";
      sendInput();
      return {};
    case Body::kExit: {
      seat_.leave();
      const std::chrono::microseconds duration(
          std::min<std::uint64_t>(frame.exit().duration_us(), std::numeric_limits<std::int64_t>::max()));
      emit finished({frame.exit().code() & 0xff, std::chrono::duration_cast<std::chrono::milliseconds>(duration)});
      return {};
    }
    case Body::kFailure:
      seat_.leave();
      emit failed(toError(frame.failure()));
      return {};
    default:
      return "it answered a command with something else";
  }
}

std::string ExecStream::receiveOutput(const guest::Output& output) {
  if (!output_.received(output.bytes().size())) return "it sent more output than it was allowed to";
  emit outputReceived(output.is_stderr() ? OutputChannel::Stderr : OutputChannel::Stdout,
                      QByteArray(output.bytes().data(), static_cast<qsizetype>(output.bytes().size())));
  return {};
}

void ExecStream::brokenOff(const Error& error) {
  seat_.lose();
  emit failed(error);
}

}  // namespace terrarium
