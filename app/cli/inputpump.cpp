// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/inputpump.h"

#include <cerrno>
#include <unistd.h>

namespace terrarium {

namespace {
constexpr qint64 kHigh = 256 * 1024;
constexpr qsizetype kPiece = 32 * 1024;
}  // namespace

InputPump::InputPump(ExecSession& session, QObject* parent)
    : QObject(parent), session_(session), notifier_(STDIN_FILENO, QSocketNotifier::Read) {
  connect(&notifier_, &QSocketNotifier::activated, this, &InputPump::read);
  connect(&session_, &ExecSession::inputDrained, this, [this] { notifier_.setEnabled(true); });
}

void InputPump::read() {
  QByteArray bytes(kPiece, Qt::Uninitialized);
  const auto length = ::read(STDIN_FILENO, bytes.data(), static_cast<std::size_t>(bytes.size()));
  if (length < 0 && (errno == EINTR || errno == EAGAIN)) return;
  hasRead_ = true;
  if (length <= 0) {
    notifier_.setEnabled(false);
    session_.closeInput();
    return;
  }
  bytes.truncate(length);
  session_.write(bytes);
  if (session_.inputPending() > kHigh) notifier_.setEnabled(false);
}

}  // namespace terrarium
