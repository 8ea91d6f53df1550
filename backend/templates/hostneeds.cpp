// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/hostneeds.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <pwd.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

namespace terrarium {

namespace {

constexpr qint64 kMib = 1024 * 1024;
constexpr qint64 kNeededRange = 65536;
constexpr qint64 kCacheSpace = 2048 * kMib;
constexpr qint64 kTemporarySpace = 1536 * kMib;
constexpr qint64 kSpareMemory = 3072 * kMib;

// Program, and the Debian package that has it.
constexpr std::array<std::pair<const char*, const char*>, 11> kPrograms{{{"mmdebstrap", "mmdebstrap"},
                                                                         {"unshare", "util-linux"},
                                                                         {"newuidmap", "uidmap"},
                                                                         {"mke2fs", "e2fsprogs"},
                                                                         {"apt-get", "apt"},
                                                                         {"dpkg-deb", "dpkg"},
                                                                         {"curl", "curl"},
                                                                         {"tar", "tar"},
                                                                         {"xz", "xz-utils"},
                                                                         {"sha512sum", "coreutils"},
                                                                         {"fallocate", "util-linux"}}};

QString contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

bool isThere(const QString& program) {
  return !QStandardPaths::findExecutable(program).isEmpty() ||
         !QStandardPaths::findExecutable(program, {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")}).isEmpty();
}

qint64 freeBytes(const QString& path) {
  struct statvfs found {};
  if (::statvfs(QFile::encodeName(path).constData(), &found) != 0) return 0;
  return static_cast<qint64>(found.f_bavail * found.f_frsize);
}

std::optional<Error> missingProgram() {
  const bool root = ::geteuid() == 0;
  for (const auto& [program, package] : kPrograms) {
    if (root && std::string_view(program) == "newuidmap") continue;
    if (isThere(QString::fromLatin1(program))) continue;
    return Error{ErrorCode::Unavailable,
                 std::string(program) + " is not installed. Install it with: sudo apt-get install " + package,
                 {},
                 {}};
  }
  return {};
}

std::optional<Error> missingRange() {
  if (::geteuid() == 0) return {};
  const auto uid = QString::number(::getuid());
  const auto* entry = ::getpwuid(::getuid());
  const auto account = entry ? QString::fromLocal8Bit(entry->pw_name) : uid;
  const auto users = contentOf(QStringLiteral("/etc/subuid"));
  const auto groups = contentOf(QStringLiteral("/etc/subgid"));
  if (HostNeeds::hasRange(users, account, uid) && HostNeeds::hasRange(groups, account, uid)) return {};
  const auto from = std::max(HostNeeds::firstFreeId(users), HostNeeds::firstFreeId(groups));
  const auto range = QStringLiteral("%1-%2").arg(from).arg(from + kNeededRange - 1);
  const auto sentence = QStringLiteral(
      "The account %1 has no range of subordinate ids, which root file systems without root need. "
      "Add one with: sudo usermod --add-subuids %2 --add-subgids %2 %1");
  return Error{ErrorCode::Unavailable, sentence.arg(account, range).toStdString(), {}, {}};
}

std::optional<Error> missingSpace(const QString& path, qint64 needed) {
  const auto free = freeBytes(path);
  if (free >= needed) return {};
  const auto sentence =
      QStringLiteral("Making a template needs %1 MiB of free space in %2 and there are %3 MiB. Free some, then try again.");
  return Error{ErrorCode::StorageFull, sentence.arg(needed / kMib).arg(path).arg(free / kMib).toStdString(), {}, {}};
}

qint64 availableMemory() {
  static const QRegularExpression line(QStringLiteral("MemAvailable:\\s+(\\d+) kB"));
  return line.match(contentOf(QStringLiteral("/proc/meminfo"))).captured(1).toLongLong() * 1024;
}

struct Symptom {
  const char* pattern;
  ErrorCode code;
  const char* sentence;
};

const std::array kSymptoms{
    Symptom{"computed checksum did NOT match", ErrorCode::Unavailable,
            "An npm archive does not have the integrity hash that the template states, so it was thrown away. Build the template "
            "again; if "
            "this stays, the registry (npm config get registry) serves something else."},
    Symptom{"No space left on device|not enough free space", ErrorCode::StorageFull,
            "The disk is full. Free some space, then build the template again."},
    Symptom{"Could not resolve|failure resolving|Could not connect|Network is unreachable|Connection timed out|Connection refused|"
            "Connection failed|curl: \\((5|6|7|28)\\)",
            ErrorCode::Unavailable,
            "The package servers cannot be reached. Check the network connection (sudo apt-get update shows the same), then try "
            "again."},
    Symptom{"404 +Not Found", ErrorCode::Unavailable,
            "A package is no longer on the server. Fetch the current package lists with: sudo apt-get update"},
    Symptom{
        "unshare: unshare failed: Operation not permitted|unshare failed: No space|unprivileged_userns_clone",
        ErrorCode::Unavailable,
        "This machine does not let users make user namespaces. Allow it with: sudo sysctl -w kernel.unprivileged_userns_clone=1"},
    Symptom{
        "newuidmap: |newgidmap: |uid_map failed|failed to find mapping", ErrorCode::Unavailable,
        "The subordinate ids of this account cannot be used. Install what maps them with: sudo apt-get install --reinstall uidmap"},
};

/// What a person should read of a tool's output. mmdebstrap's own word where it says something, else the first complaint of a
/// program that it ran ("tar: base.tar: Cannot open"), else the last line.
QString tellingLine(const QStringList& lines, const QString& problem) {
  static const QRegularExpression complaint(
      QStringLiteral("^[a-z][\\w.-]*: .*(cannot|error|denied|failed|no such|not found|unable)"),
      QRegularExpression::CaseInsensitiveOption);
  QString own;
  for (const auto& line : lines) {
    const bool empty = line.contains(QLatin1String("failed to run")) || line.contains(QLatin1String("command failed"));
    if (line.startsWith(QLatin1String("E: ")) && !empty) own = line.mid(3);
  }
  if (!own.isEmpty()) return own;
  const auto found = std::find_if(lines.begin(), lines.end(), [](const QString& line) { return complaint.match(line).hasMatch(); });
  if (found != lines.end()) return *found;
  return lines.isEmpty() ? problem : lines.last();
}

}  // namespace

std::optional<Error> HostNeeds::firstMissing(const QString& cacheDirectory, const QString& temporaryDirectory) {
  if (auto missing = missingProgram()) return missing;
  if (auto missing = missingRange()) return missing;
  if (auto missing = missingSpace(cacheDirectory, kCacheSpace)) return missing;
  return missingSpace(temporaryDirectory, kTemporarySpace);
}

bool HostNeeds::hasRange(const QString& text, const QString& account, const QString& id) {
  for (const auto& line : text.split(QLatin1Char('\n'))) {
    const auto parts = line.split(QLatin1Char(':'));
    if (parts.size() == 3 && (parts[0] == account || parts[0] == id) && parts[2].toLongLong() >= kNeededRange) return true;
  }
  return false;
}

qint64 HostNeeds::firstFreeId(const QString& text) {
  qint64 free = 100000;  // SUB_UID_MIN of Debian's login.defs
  for (const auto& line : text.split(QLatin1Char('\n'))) {
    const auto parts = line.split(QLatin1Char(':'));
    if (parts.size() == 3) free = std::max(free, parts[1].toLongLong() + parts[2].toLongLong());
  }
  return free;
}

Error HostNeeds::explain(const QString& stage, const QString& problem, const QStringList& lastLines) {
  const auto log = lastLines.join(QLatin1Char('\n'));
  const auto detail = (problem + QLatin1Char('\n') + log).toStdString();
  for (const auto& symptom : kSymptoms) {
    if (QRegularExpression(QLatin1String(symptom.pattern)).match(log).hasMatch())
      return {symptom.code, symptom.sentence, detail, {}};
  }
  auto last = tellingLine(lastLines, problem);
  while (last.endsWith(QLatin1Char('.'))) last.chop(1);
  const auto sentence = QStringLiteral("%1 failed: %2. The build log tells more.").arg(stage, last);
  return {ErrorCode::Internal, sentence.toStdString(), detail, {}};
}

QString HostNeeds::roomyTemporaryDirectory() {
  const auto memory = QStringLiteral("/dev/shm");
  struct statvfs found {};
  // Without user namespaces device nodes are made for real, which "nodev" would make useless.
  const unsigned long unusable = ST_NOEXEC | (::geteuid() == 0 ? ST_NODEV : 0);
  const bool fits = ::statvfs("/dev/shm", &found) == 0 && (found.f_flag & unusable) == 0 && QFileInfo(memory).isWritable() &&
                    freeBytes(memory) >= kTemporarySpace && availableMemory() >= kSpareMemory;
  return fits ? memory : QStringLiteral("/var/tmp");
}

}  // namespace terrarium
