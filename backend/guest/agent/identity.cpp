// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/identity.h"

#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <linux/random.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "backend/guest/agent/smallfile.h"

extern char** environ;

namespace terrarium::agent {

namespace {

constexpr const char* kDefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
constexpr const char* kLastResort = "/home/user";
constexpr long kNanosecondsPerSecond = 1'000'000'000;

Result<void> stirRandom(const std::string& entropy) {
  if (entropy.empty()) return {};
  std::vector<char> buffer(sizeof(rand_pool_info) + entropy.size());
  auto* info = reinterpret_cast<rand_pool_info*>(buffer.data());
  info->entropy_count = static_cast<int>(entropy.size() * 8);
  info->buf_size = static_cast<int>(entropy.size());
  std::memcpy(buffer.data() + offsetof(rand_pool_info, buf), entropy.data(), entropy.size());
  const int fd = open("/dev/urandom", O_WRONLY | O_CLOEXEC);
  const bool stirred = fd >= 0 && ioctl(fd, RNDADDENTROPY, info) == 0 && ioctl(fd, RNDRESEEDCRNG) == 0;
  const int error = errno;
  if (fd >= 0) close(fd);
  if (!stirred) return failure(ErrorCode::Internal, std::string("The random generator could not be reseeded: ") + strerror(error));
  return {};
}

Result<void> setClock(std::int64_t nanoseconds) {
  if (nanoseconds <= 0) return {};
  timespec time{};
  time.tv_sec = nanoseconds / kNanosecondsPerSecond;
  time.tv_nsec = nanoseconds % kNanosecondsPerSecond;
  if (clock_settime(CLOCK_REALTIME, &time) == 0) return {};
  return failure(ErrorCode::Internal, std::string("The clock could not be set: ") + strerror(errno));
}

std::string hostsFor(const std::string& hostname) {
  return "127.0.0.1\tlocalhost\n127.0.1.1\t" + hostname + "\n::1\tlocalhost ip6-localhost ip6-loopback\n";
}

// Files of the length that they will have, so that assume() can write over them.
void prepareFiles() {
  const auto fill = [](const char* path, std::string_view content) {
    if (readSmallFile(path).size() != content.size()) writeSmallFile(path, content);
  };
  const std::string hostname = "sandbox-00000000";
  fill("/etc/hostname", hostname + "\n");
  fill("/etc/hosts", hostsFor(hostname));
  fill("/etc/machine-id", std::string(32, '0') + "\n");
}

// A root file system may be read-only or lack /etc: the kernel's name is what counts, the files are a courtesy.
Result<void> setHostname(const std::string& hostname) {
  if (hostname.empty()) return {};
  if (sethostname(hostname.data(), hostname.size()) != 0) {
    return failure(ErrorCode::Internal, std::string("The host name could not be set: ") + strerror(errno));
  }
  refreshSmallFile("/etc/hostname", hostname + "\n");
  refreshSmallFile("/etc/hosts", hostsFor(hostname));
  return {};
}

void renewMachineId(const std::string& entropy) {
  constexpr std::size_t kBytes = 16;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string random(kBytes, '\0');
  const int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  const bool complete = read(fd, random.data(), random.size()) == static_cast<ssize_t>(kBytes);
  close(fd);
  if (entropy.empty() || !complete) return;
  std::string id;
  for (const char c : random) {
    id += kDigits[static_cast<unsigned char>(c) >> 4];
    id += kDigits[static_cast<unsigned char>(c) & 15];
  }
  refreshSmallFile("/etc/machine-id", id + "\n");
}

bool isDirectory(const std::string& path) {
  struct stat status {};
  return !path.empty() && stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

void addAll(Identity::Environment& to, const google::protobuf::RepeatedPtrField<guest::EnvVar>& from) {
  for (const auto& variable : from) to[variable.name()] = variable.value();
}

}  // namespace

Result<void> Identity::assume(const guest::Assume& assume) {
  if (auto known = knowAccount(assume.user()); !known) return known;
  if (ownsSystem_) {
    // The clock first, so that files written below carry the right time.
    if (auto set = setClock(assume.wall_time_ns()); !set) return set;
    if (auto stirred = stirRandom(assume.entropy()); !stirred) return stirred;
    if (auto named = setHostname(assume.hostname()); !named) return named;
    renewMachineId(assume.entropy());
  }
  env_.clear();
  addAll(env_, assume.env());
  workingDirectory_ = assume.working_directory();
  return {};
}

// Right after a restore every path that is walked costs: what was known when the sandbox settled still holds.
Result<void> Identity::knowAccount(const std::string& user) {
  if (known_ && user == user_) return {};
  const auto account = findAccount(user);
  if (!account) return failure(ErrorCode::BadRequest, "The sandbox has no user named \"" + user + "\".");
  account_ = *account;
  user_ = user;
  known_ = true;
  return {};
}

void Identity::settle() {
  known_ = false;
  if (!knowAccount(user_)) known_ = false;
  if (ownsSystem_) prepareFiles();
}

Identity::Environment Identity::environment(const google::protobuf::RepeatedPtrField<guest::EnvVar>& request) const {
  Environment env;
  // Null after clearenv().
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) env[std::string(text.substr(0, equals))] = std::string(text.substr(equals + 1));
  }
  env["PATH"] = kDefaultPath;
  env["HOME"] = account_.home;
  env["USER"] = account_.name;
  for (const auto& [name, value] : env_) env[name] = value;
  addAll(env, request);
  return env;
}

Result<std::string> Identity::directory(const std::string& requested) const {
  if (!requested.empty()) {
    if (isDirectory(requested)) return requested;
    return failure(badRequest("working_dir", "working_dir must be an existing directory; \"" + requested + "\" is none"));
  }
  if (isDirectory(workingDirectory_)) return workingDirectory_;
  if (isDirectory(account_.home)) return account_.home;
  mkdir("/home", 0755);
  if (mkdir(kLastResort, 0755) == 0 && chown(kLastResort, account_.uid, account_.gid) != 0) return std::string("/");
  return std::string(isDirectory(kLastResort) ? kLastResort : "/");
}

}  // namespace terrarium::agent
