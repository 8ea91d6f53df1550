// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <optional>
#include <sys/socket.h>

#include "backend/qemu/childprocess.h"
#include "backend/qemu/machinedirectory.h"
#include "backend/qemu/qemucommandline.h"
#include "backend/qemu/qemumachine.h"

namespace terrarium {

constexpr int kTestLimit = 20000;
const char* const kGreeting =
    "send {\"QMP\":{\"version\":{\"qemu\":{\"micro\":22,\"minor\":2,\"major\":7},\"package\":\"\"},\"capabilities\":[]}}\n"
    "answer qmp_capabilities\n";

template <class T>
Result<T> wait(const Pending<T>& pending) {
  QObject context;
  std::optional<Result<T>> answer;
  whenDone(pending, &context, [&answer](const Result<T>& result) { answer = result; });
  [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), kTestLimit); }();
  return answer ? *answer : Result<T>(failure(ErrorCode::TimedOut, "no answer in time"));
}

/// tests/fakeqemu, confined and started like QEMU, obeying a script.
struct FakeQemuProcess {
  explicit FakeQemuProcess(const QByteArray& script) {
    auto opened = MachineDirectory::open(home.filePath(QStringLiteral("work")));
    if (!opened) qFatal("%s", opened.error().message.c_str());
    directory.emplace(std::move(*opened));
    QFile file(directory->file("script"));
    if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size()) qFatal("no script");
    file.setPermissions(QFile::permissions(file.fileName()) | QFileDevice::ReadOther);
    const auto control = directory->listen(MachineDirectory::kControl);
    const auto confinement = Confinement::make(program());
    if (!control || !confinement) qFatal("no socket or no confinement");
    if (confinement->user()) (void)directory->giveTo(*confinement->user(), {});
    const auto rules = confinement->rulesFor(directory->descriptor(), {});
    auto launched = ChildProcess::launch({program(),
                                          {QStringLiteral("fake")},
                                          directory->descriptor(),
                                          {{control->number(), QemuCommandLine::kControlDescriptor}},
                                          rules.descriptor()},
                                         *confinement);
    if (!launched) qFatal("%s", launched.error().message.c_str());
    process = std::move(*launched);
  }

  static QString program() { return QStringLiteral(TERRARIUM_BINARY_DIR "/tests/fakeqemu/fakeqemu"); }

  std::unique_ptr<QmpClient> talk() {
    auto stream = UnixStream::connectTo(directory->socket(MachineDirectory::kControl));
    if (!stream) qFatal("%s", stream.error().message.c_str());
    return std::make_unique<QmpClient>(std::move(*stream));
  }
  /// This cannot be used any more afterwards, except for `home`.
  std::shared_ptr<QemuMachine> asMachine() {
    return std::make_shared<QemuMachine>(std::move(*directory), std::move(process), Descriptor());
  }

  QTemporaryDir home;
  std::optional<MachineDirectory> directory;
  std::unique_ptr<ChildProcess> process;
};

}  // namespace terrarium
