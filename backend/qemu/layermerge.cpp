// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/layermerge.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/qcow2overlay.h"
#include "backend/qemu/sparsecopy.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

constexpr auto kLook = std::chrono::milliseconds(20);

QJsonObject fileNode(const QString& path) {
  return {{QStringLiteral("driver"), QStringLiteral("file")}, {QStringLiteral("filename"), path}};
}

/// Names everything that belongs to the image, so that nothing its header says leads to another file.
QString imageOnBase(const QString& image, const QString& base) {
  const QJsonObject bottom{{QStringLiteral("driver"), QStringLiteral("raw")}, {QStringLiteral("file"), fileNode(base)}};
  const QJsonObject node{{QStringLiteral("driver"), QStringLiteral("qcow2")},
                         {QStringLiteral("file"), fileNode(image)},
                         {QStringLiteral("backing"), bottom}};
  return QStringLiteral("json:") + QString::fromUtf8(QJsonDocument(node).toJson(QJsonDocument::Compact));
}

/// In the option syntax, where a comma is doubled.
QString escaped(QString path) { return path.replace(QLatin1Char(','), QStringLiteral(",,")); }

QString targetOptions(const QString& target, const QString& base) {
  return QStringLiteral(
             "driver=qcow2,discard=unmap,file.driver=file,file.filename=%1,backing.driver=raw,backing.file.driver=file,"
             "backing.file.filename=%2")
      .arg(escaped(target), escaped(base));
}

/// After the fork only system calls are allowed.
[[noreturn]] void becomeProgram(const std::vector<char*>& arguments) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int stream : {0, 1, 2}) ::dup2(nowhere, stream);
  ::close_range(3, ~0U, 0);
  ::execvp(arguments.front(), arguments.data());
  ::_exit(127);
}

}  // namespace

Result<void> LayerMerge::run(const QStringList& layers, const QString& target) const {
  auto done = copySparsely(layers.first(), target);
  if (done) unseal(target);
  if (done) done = checkPlainQcow2(target);
  for (qsizetype i = 1; done && i < layers.size(); ++i) done = pourInto(target, layers.at(i));
  if (done) done = gate_.pass();
  if (done) done = syncFile(target);
  if (done) done = seal(target);
  if (!done) QFile::remove(target);
  return done;
}

Result<void> LayerMerge::pourInto(const QString& target, const QString& layer) const {
  if (auto open = gate_.pass(); !open) return open;
  if (auto plain = checkPlainQcow2(layer); !plain) return plain;
  // With -B only what the layer itself holds is copied; -n keeps what the target holds already.
  return execute({QStringLiteral("qemu-img"), QStringLiteral("convert"), QStringLiteral("-n"), QStringLiteral("-B"), base_,
                  QStringLiteral("-F"), QStringLiteral("raw"), QStringLiteral("--target-image-opts"), imageOnBase(layer, base_),
                  targetOptions(target, base_)});
}

Result<void> LayerMerge::execute(const QStringList& arguments) const {
  std::vector<QByteArray> texts;
  for (const auto& argument : arguments) texts.push_back(QFile::encodeName(argument));
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) return failure(systemError("qemu-img could not be started."));
  if (child == 0) becomeProgram(pointers);
  const auto status = guide(child);
  if (!status) return failure(status.error());
  if (WIFEXITED(*status) && WEXITSTATUS(*status) == 0) return {};
  return failure(ErrorCode::Internal, "Disk layers could not be merged by qemu-img.", std::to_string(*status));
}

Result<int> LayerMerge::guide(pid_t child) const {
  using State = BackgroundGate::State;
  auto known = State::Open;
  int status = 0;
  while (true) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) break;
    if (ended < 0 && errno != EINTR) return failure(systemError("qemu-img could not be waited for."));
    const auto now = gate_.watch(known, kLook);
    if (now != known) ::kill(child, now == State::ShutDown ? SIGKILL : now == State::Closed ? SIGSTOP : SIGCONT);
    known = now;
  }
  if (known == State::ShutDown) return failure(ErrorCode::Cancelled, "The engine is stopping.");
  return status;
}

}  // namespace terrarium
