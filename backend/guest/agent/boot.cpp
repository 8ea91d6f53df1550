// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/boot.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <sstream>
#include <string>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backend/guest/agent/smallfile.h"

namespace terrarium::agent {

namespace {

constexpr const char* kDisk = "/dev/vda";
constexpr const char* kNewRoot = "/newroot";
constexpr std::string_view kPortName = "terrarium.agent\n";
// Devices appear a moment after their driver was loaded. Nothing else runs yet, so waiting is simple.
constexpr int kDeviceTries = 5000;
constexpr long kTryEveryNanoseconds = 2'000'000;

void waitAMoment() {
  const timespec moment{0, kTryEveryNanoseconds};
  nanosleep(&moment, nullptr);
}

Failure problem(const std::string& what, int error) { return failure(ErrorCode::Internal, what + ": " + strerror(error)); }

void mountHere(const char* type, const char* target, unsigned long flags, const char* options, mode_t mode = 0755) {
  mkdir(target, mode);
  // One that is missing harms less than a sandbox that does not start.
  if (mount(type, target, type, flags, options) != 0) dprintf(2, "terrarium-agent: %s: %s\n", target, strerror(errno));
}

void loadModules() {
  std::istringstream order(readSmallFile("/modules/order"));
  std::string name;
  while (std::getline(order, name)) {
    if (name.empty()) continue;
    const int fd = open(("/modules/" + name).c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) != 0 && errno != EEXIST)) {
      dprintf(2, "terrarium-agent: module %s: %s\n", name.c_str(), strerror(errno));
    }
    if (fd >= 0) close(fd);
  }
}

// The initramfs lives in memory: what is no longer needed there would be paid for by every snapshot.
void emptyInitramfs() {
  DIR* modules = opendir("/modules");
  if (modules != nullptr) {
    while (const dirent* entry = readdir(modules)) unlinkat(dirfd(modules), entry->d_name, 0);
    closedir(modules);
  }
  rmdir("/modules");
  unlink("/init");
}

Result<void> mountRoot() {
  mkdir(kNewRoot, 0755);
  int error = ENOENT;
  for (int i = 0; i < kDeviceTries; ++i) {
    if (mount(kDisk, kNewRoot, "ext4", MS_NOATIME, "") == 0) return {};
    error = errno;
    if (error != ENOENT && error != ENXIO) break;
    waitAMoment();
  }
  return problem(std::string("The root file system on ") + kDisk + " cannot be mounted", error);
}

Result<void> switchRoot() {
  for (const char* folder : {"/proc", "/sys", "/dev"}) {
    const auto target = kNewRoot + std::string(folder);
    mkdir(target.c_str(), 0755);
    if (mount(folder, target.c_str(), nullptr, MS_MOVE, nullptr) != 0) return problem("Moving " + target, errno);
  }
  emptyInitramfs();
  if (chdir(kNewRoot) != 0 || mount(".", "/", nullptr, MS_MOVE, nullptr) != 0 || chroot(".") != 0 || chdir("/") != 0) {
    return problem("The root file system cannot take over", errno);
  }
  return {};
}

void useConsole() {
  const int console = open("/dev/console", O_RDWR | O_NOCTTY);
  if (console < 0) return;
  for (int fd = 0; fd < 3; ++fd) dup2(console, fd);
  if (console > 2) close(console);
}

void linkDevice(const char* target, const char* name) {
  if (symlink(target, name) != 0) errno = 0;
}

void mountTheRest() {
  mountHere("devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, "mode=620,gid=5,ptmxmode=666");
  mountHere("tmpfs", "/dev/shm", MS_NOSUID | MS_NODEV, "mode=1777", 01777);
  mountHere("tmpfs", "/run", MS_NOSUID | MS_NODEV, "mode=755");
  mountHere("cgroup2", "/sys/fs/cgroup", MS_NOSUID | MS_NODEV | MS_NOEXEC, "");
  mkdir("/run/lock", 01777);
  mkdir("/tmp", 01777);
  chmod("/tmp", 01777);
  linkDevice("/proc/self/fd", "/dev/fd");
  linkDevice("/proc/self/fd/0", "/dev/stdin");
  linkDevice("/proc/self/fd/1", "/dev/stdout");
  linkDevice("/proc/self/fd/2", "/dev/stderr");
}

void raiseLimits() {
  constexpr rlim_t kDescriptors = 65536;
  const rlimit limit{kDescriptors, kDescriptors};
  setrlimit(RLIMIT_NOFILE, &limit);
  writeInto("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");
}

std::string portDevice() {
  DIR* ports = opendir("/sys/class/virtio-ports");
  if (ports == nullptr) return {};
  std::string device;
  while (const dirent* entry = readdir(ports)) {
    const std::string name = entry->d_name;
    if (name.front() == '.') continue;
    if (readSmallFile("/sys/class/virtio-ports/" + name + "/name") == kPortName) device = "/dev/" + name;
  }
  closedir(ports);
  return device;
}

}  // namespace

Result<void> bootSystem() {
  clearenv();
  umask(0);
  mountHere("proc", "/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "");
  mountHere("sysfs", "/sys", MS_NOSUID | MS_NODEV | MS_NOEXEC, "");
  mountHere("devtmpfs", "/dev", MS_NOSUID, "mode=755");
  useConsole();
  loadModules();
  if (auto mounted = mountRoot(); !mounted) return mounted;
  if (auto switched = switchRoot(); !switched) return switched;
  mountTheRest();
  umask(022);
  raiseLimits();
  return {};
}

Result<int> openAgentPort() {
  for (int i = 0; i < kDeviceTries; ++i) {
    const auto device = portDevice();
    const int port = device.empty() ? -1 : open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (port >= 0) return port;
    waitAMoment();
  }
  return failure(ErrorCode::Internal, "The machine has no port named terrarium.agent.");
}

}  // namespace terrarium::agent
