// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/statistics.h"

#include <cstdio>
#include <dirent.h>
#include <set>
#include <sstream>
#include <string>
#include <sys/statvfs.h>

#include "backend/guest/agent/smallfile.h"

namespace terrarium::agent {

namespace {

constexpr std::size_t kMostPorts = 256;

std::int64_t memoryField(const std::string& text, const std::string& name) {
  const auto at = text.find(name);
  if (at == std::string::npos) return 0;
  long long kilobytes = 0;
  if (std::sscanf(text.c_str() + at + name.size(), " %lld", &kilobytes) != 1) return 0;
  return kilobytes * 1024;
}

unsigned countProcesses() {
  DIR* folder = opendir("/proc");
  if (folder == nullptr) return 0;
  unsigned count = 0;
  while (const dirent* entry = readdir(folder)) {
    if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9') ++count;
  }
  closedir(folder);
  return count;
}

void addListeningPorts(const std::string& table, std::set<unsigned>& ports) {
  constexpr unsigned kListening = 0x0A;
  std::istringstream lines(table);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && ports.size() < kMostPorts) {
    unsigned port = 0;
    unsigned state = 0;
    if (std::sscanf(line.c_str(), " %*d: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x", &port, &state) == 2 && state == kListening) {
      ports.insert(port);
    }
  }
}

}  // namespace

guest::Statistics StatisticsSource::measure() {
  guest::Statistics result;
  unsigned long long user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softirq = 0, steal = 0;
  const auto stat = readSmallFile("/proc/stat");
  if (std::sscanf(stat.c_str(), "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &system, &idle, &wait, &irq, &softirq,
                  &steal) == 8) {
    const std::uint64_t busy = user + nice + system + irq + softirq + steal;
    const std::uint64_t total = busy + idle + wait;
    if (total > total_ && total_ > 0 && busy >= busy_) {
      result.set_cpu_percent(100.0 * static_cast<double>(busy - busy_) / static_cast<double>(total - total_));
    }
    busy_ = busy;
    total_ = total;
  }
  const auto memory = readSmallFile("/proc/meminfo");
  result.set_memory_total(memoryField(memory, "MemTotal:"));
  result.set_memory_used(result.memory_total() - memoryField(memory, "MemAvailable:"));
  struct statvfs disk {};
  if (statvfs("/", &disk) == 0) {
    result.set_disk_total(static_cast<std::int64_t>(disk.f_blocks * disk.f_frsize));
    result.set_disk_used(static_cast<std::int64_t>((disk.f_blocks - disk.f_bfree) * disk.f_frsize));
  }
  result.set_processes(countProcesses());
  std::set<unsigned> ports;
  addListeningPorts(readSmallFile("/proc/net/tcp"), ports);
  addListeningPorts(readSmallFile("/proc/net/tcp6"), ports);
  for (const auto port : ports) result.add_listening_ports(port);
  return result;
}

}  // namespace terrarium::agent
