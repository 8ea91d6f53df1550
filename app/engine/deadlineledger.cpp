// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/deadlineledger.h"

#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <sys/types.h>

namespace terrarium {

namespace {
bool isMachine(const DeadlineLedger::Entry& entry) {
  std::ifstream commandLine("/proc/" + std::to_string(entry.processId) + "/cmdline", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(commandLine), {}};
  return text.find(entry.cookie) != std::string::npos;
}
}  // namespace

bool DeadlineLedger::write(const std::vector<Entry>& entries) const {
  const auto beside = file_ + ".new";
  {
    std::ofstream out(beside, std::ios::trunc);
    for (const auto& entry : entries) out << entry.deadlineUnix << ' ' << entry.processId << ' ' << entry.cookie << '\n';
    if (!out.flush()) return false;
  }
  return std::rename(beside.c_str(), file_.c_str()) == 0;
}

std::vector<DeadlineLedger::Entry> DeadlineLedger::read() const {
  std::vector<Entry> entries;
  std::ifstream in(file_);
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    Entry entry;
    if (fields >> entry.deadlineUnix >> entry.processId >> entry.cookie && entry.processId > 1 && entry.cookie.size() >= 8) {
      entries.push_back(entry);
    }
  }
  return entries;
}

int DeadlineLedger::endOverdueMachines(WallTime now) const {
  const auto unixNow = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  int ended = 0;
  for (const auto& entry : read()) {
    if (entry.deadlineUnix > unixNow || !isMachine(entry)) continue;
    if (::kill(static_cast<pid_t>(entry.processId), SIGKILL) == 0) ++ended;
  }
  return ended;
}

}  // namespace terrarium
