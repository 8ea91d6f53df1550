// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/qemumachine.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <cerrno>
#include <csignal>
#include <fcntl.h>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

using namespace std::chrono_literals;

/// Device state is half a megabyte; whatever takes this long hangs.
constexpr auto kMigrationLimit = 30s;
/// Between QEMU hanging up its control socket and its end.
constexpr auto kLastBreath = 5s;
/// What device state takes at most.
constexpr qint64 kStateRoom = qint64(4) << 20;
/// Until a write that found no room is tried again.
constexpr auto kRoomAgain = 2s;

QJsonObject capability(const char* name) {
  return {{QStringLiteral("capability"), QLatin1String(name)}, {QStringLiteral("state"), true}};
}

/// Passes a value-less answer on.
template <class T>
void forward(const Pending<T>& from, QObject* context, const Resolver<void>& to) {
  whenDone(from, context, [to](const Result<T>& result) { to.resolve(result ? Result<void>() : failure(result.error())); });
}

}  // namespace

QemuMachine::QemuMachine(MachineDirectory directory, std::unique_ptr<ChildProcess> process, Descriptor nic)
    : directory_(std::move(directory)),
      process_(std::move(process)),
      nic_(std::move(nic)),
      console_(directory_.file(MachineDirectory::kConsoleLog)) {
  connect(process_.get(), &ChildProcess::exited, this, &QemuMachine::onExited);
  roomAgain_.setSingleShot(true);
  connect(&roomAgain_, &QTimer::timeout, this, &QemuMachine::run);
  migrationLimit_.setSingleShot(true);
  connect(&migrationLimit_, &QTimer::timeout, this, [this] {
    settleMigration(failure(ErrorCode::TimedOut, "QEMU did not finish with the machine's state in time; it may hang."));
  });
}

QemuMachine::~QemuMachine() {
  if (!process_->isRunning()) return;
  process_->kill();
  directory_.removeTraces();
}

Pending<void> QemuMachine::connectControl(std::chrono::milliseconds limit) {
  auto stream = UnixStream::connectTo(directory_.socket(MachineDirectory::kControl));
  if (!stream) return settled<void>(failure(stream.error()));
  control_ = std::make_unique<QmpClient>(std::move(*stream));
  connect(control_.get(), &QmpClient::eventReceived, this, &QemuMachine::onEvent);
  connect(control_.get(), &QmpClient::closed, this, &QemuMachine::onControlClosed);
  if (auto console = UnixStream::connectTo(directory_.socket(MachineDirectory::kConsole))) console_.follow(std::move(*console));
  Resolver<void> answer;
  forward(control_->greet(limit), this, answer);
  return answer.pending();
}

Pending<void> QemuMachine::command(const QString& name, const QJsonObject& arguments, int descriptor) {
  if (!control_) return settled<void>(failure(ErrorCode::Gone, "The machine's QEMU process is not connected."));
  Resolver<void> answer;
  forward(control_->execute(name, arguments, descriptor), this, answer);
  return answer.pending();
}

Pending<void> QemuMachine::run() {
  standing_ = false;
  return command(QStringLiteral("cont"));
}

Pending<void> QemuMachine::standStill() {
  standing_ = true;
  roomAgain_.stop();
  return command(QStringLiteral("stop"));
}

Pending<void> QemuMachine::saveState(const QString& file) {
  const Descriptor target(::open(QFile::encodeName(file).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!target.isOpen()) return settled<void>(failure(systemError("The file for the machine's state could not be made.")));
  Resolver<void> answer;
  whenDone(migrate(Direction::Saving, target.number()), this, [file, answer](const Result<void>& saved) {
    if (saved) return answer.resolve(saved);
    // QEMU does not say why.
    const bool full = freeBytesAt(QFileInfo(file).absolutePath()) < kStateRoom;
    QFile::remove(file);
    answer.resolve(full ? failure(systemError("The machine's state could not be saved.", ENOSPC)) : saved);
  });
  return answer.pending();
}

Pending<void> QemuMachine::loadState(const QString& file) {
  const Descriptor source(::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC));
  if (!source.isOpen()) return settled<void>(failure(systemError("The machine's saved state could not be opened.")));
  return migrate(Direction::Loading, source.number());
}

Pending<void> QemuMachine::migrate(Direction direction, int file) {
  if (migration_) return settled<void>(failure(ErrorCode::Conflict, "The machine's state is being saved or loaded already."));
  migration_.emplace();
  direction_ = direction;
  migrationLimit_.start(kMigrationLimit);
  const auto answer = migration_->pending();
  const auto orFail = [this](const Pending<void>& step) {
    whenDone(step, this, [this](const Result<void>& result) {
      if (!result) settleMigration(failure(result.error()));
    });
  };
  // Sent at one go: QEMU works them off in order. RAM stays in its file (x-ignore-shared), for which the capability is set each
  // time, since QEMU forgets it with a load.
  orFail(command(QStringLiteral("migrate-set-capabilities"),
                 {{QStringLiteral("capabilities"), QJsonArray{capability("x-ignore-shared"), capability("events")}}}));
  orFail(command(QStringLiteral("getfd"), {{QStringLiteral("fdname"), QStringLiteral("state")}}, file));
  orFail(command(direction == Direction::Saving ? QStringLiteral("migrate") : QStringLiteral("migrate-incoming"),
                 {{QStringLiteral("uri"), QStringLiteral("fd:state")}}));
  return answer;
}

void QemuMachine::onMigrationEvent(const QString& status) {
  if (!migration_) return;
  if (status == QLatin1String("completed")) return onMigrationCompleted();
  if (status == QLatin1String("failed") || status == QLatin1String("cancelled")) {
    settleMigration(failure(ErrorCode::Internal, direction_ == Direction::Saving ? "QEMU could not save the machine's state."
                                                                                 : "QEMU could not load the machine's state."));
  }
}

void QemuMachine::onMigrationCompleted() {
  if (direction_ == Direction::Loading) return settleMigration({});
  // The event comes a moment before QEMU has come to rest; a `cont` in between would be lost.
  awaitRest(*migration_);
}

void QemuMachine::awaitRest(const Resolver<void>& answer) {
  whenDone(control_->execute(QStringLiteral("query-status")), this, [this, answer](const Result<QJsonValue>& status) {
    if (answer.isResolved()) return;
    if (!status) return settleMigration(failure(status.error()));
    if (status->toObject().value(QLatin1String("status")) == QLatin1String("postmigrate")) return settleMigration({});
    awaitRest(answer);
  });
}

void QemuMachine::settleMigration(Result<void> result) {
  if (!migration_) return;
  migrationLimit_.stop();
  const auto answer = *std::exchange(migration_, std::nullopt);
  answer.resolve(result ? std::move(result) : failure(explained(result.error())));
}

Pending<void> QemuMachine::end() {
  if (!ending_) {
    ending_.emplace();
    if (process_->isRunning()) {
      process_->kill();
    } else {
      ending_->resolve({});
    }
  }
  return ending_->pending();
}

qint64 QemuMachine::residentBytes() const {
  QFile summary(QStringLiteral("/proc/%1/smaps_rollup").arg(processId()));
  if (!summary.open(QIODevice::ReadOnly)) return 0;
  const auto lines = summary.readAll().split('\n');
  for (const auto& line : lines) {
    if (line.startsWith("Pss:")) return line.simplified().split(' ').value(1).toLongLong() * 1024;
  }
  return 0;
}

void QemuMachine::onEvent(const QString& name, const QJsonObject& data) {
  if (name == QLatin1String("MIGRATION")) onMigrationEvent(data.value(QLatin1String("status")).toString());
  if (name == QLatin1String("BLOCK_IO_ERROR") && data.value(QLatin1String("nospace")).toBool()) onOutOfSpace();
  if (name == QLatin1String("GUEST_PANICKED")) shutdownReason_ = QStringLiteral("guest-panic");
  if (name == QLatin1String("SHUTDOWN") && shutdownReason_.isEmpty()) {
    shutdownReason_ = data.value(QLatin1String("reason")).toString();
  }
}

void QemuMachine::onOutOfSpace() {
  // Told to stand still meanwhile: the write is part of the machine's state and is tried when it runs again.
  if (!standing_ && !roomAgain_.isActive()) roomAgain_.start(kRoomAgain);
  emit outOfSpace();
}

void QemuMachine::onControlClosed() {
  settleMigration(failure(ErrorCode::Gone, "The machine's QEMU process ended."));
  // A QEMU that cannot be spoken to any more is of no use; usually it is on its way out already.
  QTimer::singleShot(kLastBreath, process_.get(), &ChildProcess::kill);
}

void QemuMachine::onExited(const ChildProcess::Exit& exit) {
  // What it said last says why.
  console_.drain();
  if (control_) control_->drain();
  directory_.removeTraces();
  if (ending_) return ending_->resolve({});
  settleMigration(failure(ErrorCode::Gone, "The machine's QEMU process ended."));
  announceEnd(exit);
}

void QemuMachine::announceEnd(const ChildProcess::Exit& exit) {
  const auto printed = console_.lastLines(3);
  const auto quoted = printed.isEmpty() ? QString() : QStringLiteral(" The last lines on its console: %1").arg(printed);
  if (shutdownReason_ == QLatin1String("guest-panic") || printed.contains(QLatin1String("Kernel panic"))) {
    emit ended(MachineEnd::GuestPanicked, QStringLiteral("The system in the sandbox crashed (kernel panic).") + quoted);
  } else if (shutdownReason_ == QLatin1String("guest-shutdown")) {
    emit ended(MachineEnd::Stopped, QStringLiteral("The system in the sandbox shut itself down."));
  } else if (shutdownReason_ == QLatin1String("guest-reset")) {
    emit ended(MachineEnd::Stopped,
               QStringLiteral("The system in the sandbox restarted itself, which ends the sandbox's machine."));
  } else if (exit.signal == SIGBUS) {
    // Memory is a file, and a page of it that finds no room on the disk is answered like this.
    emit ended(MachineEnd::DiskFull,
               QStringLiteral("The machine's memory could not grow, because the disk of this computer is full. Free some space."));
  } else if (exit.signal != 0) {
    emit ended(MachineEnd::Crashed, QStringLiteral("The machine's QEMU process was ended by signal %1.").arg(exit.signal));
  } else {
    const auto said = lastLinesOf(directory_.file(ChildProcess::kLogName), 3);
    emit ended(MachineEnd::Crashed, QStringLiteral("The machine's QEMU process ended unexpectedly.") +
                                        (said.isEmpty() ? QString() : QStringLiteral(" It said: ") + said));
  }
}

Error QemuMachine::explained(Error error) const {
  if (error.code != ErrorCode::Gone && error.code != ErrorCode::Internal) return error;
  if (error.message.find("QEMU said") != std::string::npos) return error;
  const auto said = lastLinesOf(directory_.file(ChildProcess::kLogName), 2);
  if (!said.isEmpty()) error.message += " QEMU said: " + said.toStdString();
  return error;
}

}  // namespace terrarium
