// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/system/support/guestshell.h"

namespace terrarium {

GuestShell::GuestShell(const QString& socket) { socket_.connectToServer(socket); }

QByteArray GuestShell::ask(const QByteArray& line) {
  heard_.clear();
  say(line);
  [&] { QTRY_VERIFY_WITH_TIMEOUT((heard_ += socket_.readAll()).contains('\n'), kLong); }();
  return heard_.trimmed();
}

void GuestShell::say(const QByteArray& line) {
  socket_.write(line + '\n');
  socket_.flush();
}

}  // namespace terrarium
