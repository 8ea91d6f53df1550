// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/terminaldevice.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace terrarium::agent {

namespace {
constexpr unsigned kMostCells = 1000;
}

Result<TerminalDevice> openTerminalDevice(unsigned columns, unsigned rows) {
  TerminalDevice device;
  device.outside = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  int locked = 0;
  if (device.outside >= 0 && ioctl(device.outside, TIOCSPTLCK, &locked) == 0) {
    device.inside = ioctl(device.outside, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  }
  if (device.inside < 0) {
    const int error = errno;
    if (device.outside >= 0) close(device.outside);
    return failure(ErrorCode::Internal, std::string("The sandbox could not open a terminal: ") + strerror(error));
  }
  setTerminalSize(device.outside, columns, rows);
  return device;
}

void setTerminalSize(int fd, unsigned columns, unsigned rows) {
  winsize size{};
  size.ws_col = static_cast<unsigned short>(std::clamp(columns, 1U, kMostCells));
  size.ws_row = static_cast<unsigned short>(std::clamp(rows, 1U, kMostCells));
  ioctl(fd, TIOCSWINSZ, &size);
}

}  // namespace terrarium::agent
