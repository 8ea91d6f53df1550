// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/qemuinquiry.h"

#include <QJsonArray>
#include <QVersionNumber>

#include "backend/qemu/qmpmessage.h"

namespace terrarium {

namespace {

using namespace std::chrono_literals;

constexpr qint64 kMachinesQuestion = 2;
/// The first with sockets of datagrams as network cables.
const QVersionNumber kOldest(7, 2);

}  // namespace

QemuInquiry::QemuInquiry(const QString& program) : program_(program) {
  process_.setProcessChannelMode(QProcess::SeparateChannels);
  connect(&process_, &QProcess::readyReadStandardOutput, this, &QemuInquiry::onReadable);
  connect(&process_, &QProcess::finished, this, &QemuInquiry::onEnded);
  connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) onEnded();
  });
  limit_.setSingleShot(true);
  connect(&limit_, &QTimer::timeout, this, [this] {
    conclude(
        failure(ErrorCode::TimedOut, "QEMU did not say within 20 s what it offers. Check the installed package qemu-system-x86."));
  });
}

QemuInquiry::~QemuInquiry() {
  process_.disconnect(this);
  process_.kill();
}

Pending<QemuInquiry::Offer> QemuInquiry::ask() {
  limit_.start(20s);
  process_.start(program_, {QStringLiteral("-machine"), QStringLiteral("none"), QStringLiteral("-nodefaults"),
                            QStringLiteral("-no-user-config"), QStringLiteral("-display"), QStringLiteral("none"),
                            QStringLiteral("-qmp"), QStringLiteral("stdio")});
  process_.write(QmpMessage::command(1, QStringLiteral("qmp_capabilities"), {}));
  process_.write(QmpMessage::command(kMachinesQuestion, QStringLiteral("query-machines"), {}));
  process_.write(QmpMessage::command(3, QStringLiteral("quit"), {}));
  return answer_.pending();
}

QString QemuInquiry::newestQ35(const QStringList& names) {
  const QString prefix = QStringLiteral("pc-q35-");
  QVersionNumber newest;
  QString found;
  for (const auto& name : names) {
    if (!name.startsWith(prefix)) continue;
    const auto version = QVersionNumber::fromString(name.mid(prefix.size()));
    if (version <= newest) continue;
    newest = version;
    found = name;
  }
  return found;
}

void QemuInquiry::onReadable() {
  if (!lines_.append(process_.readAllStandardOutput())) return onEnded();
  const auto lines = lines_.takeLines();
  for (const auto& line : lines) onLine(line);
}

void QemuInquiry::onLine(const QByteArray& line) {
  const auto message = QmpMessage::parse(line);
  if (!message) return;
  if (message->kind == QmpMessage::Kind::Greeting) version_ = message->description;
  if (message->kind != QmpMessage::Kind::Return || message->id != kMachinesQuestion) return;
  QStringList names;
  const auto machines = message->value.toArray();
  for (const auto& machine : machines) names << machine.toObject().value(QLatin1String("name")).toString();
  const auto newest = newestQ35(names);
  if (!newest.isEmpty()) offer_ = Offer{version_, newest};
}

void QemuInquiry::onEnded() {
  if (offer_ && QVersionNumber::fromString(offer_->version) < kOldest) {
    return conclude(failure(ErrorCode::Unavailable, "The QEMU \"" + program_.toStdString() + "\" is of version " +
                                                        offer_->version.toStdString() +
                                                        ", which is too old: 7.2 or newer is needed. " + advice()));
  }
  if (offer_) return conclude(*offer_);
  conclude(failure(ErrorCode::Unavailable,
                   "QEMU for x86-64 is missing or does not start (\"" + program_.toStdString() + "\"). " + advice(),
                   process_.readAllStandardError().left(2000).toStdString()));
}

std::string QemuInquiry::advice() {
  if (!qEnvironmentVariableIsEmpty("TERRARIUM_QEMU"))
    return "TERRARIUM_QEMU chose it: unset that and start the engine again, or let it name a QEMU that works.";
  return "Install it with \"sudo apt-get install qemu-system-x86\".";
}

void QemuInquiry::conclude(Result<Offer> offer) {
  limit_.stop();
  answer_.resolve(std::move(offer));
}

}  // namespace terrarium
