// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/processgateway.h"

#include <QHostInfo>
#include <QLoggingCategory>
#include <QPointer>
#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <utility>

namespace terrarium {

Q_LOGGING_CATEGORY(gatewayLog, "terrarium.gateway")

namespace {

using namespace std::chrono_literals;

/// Rules are in force within milliseconds; whatever takes this long hangs.
constexpr auto kPatience = 10s;
constexpr auto kFirstWait = 50ms;
constexpr auto kLongestWait = 5s;
/// Holds a packet with every list at its longest.
constexpr int kChannelBuffer = 512 * 1024;

std::optional<std::array<Descriptor, 2>> channel() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) return std::nullopt;
  for (const int end : ends) ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &kChannelBuffer, sizeof(kChannelBuffer));
  return std::array{Descriptor(ends[0]), Descriptor(ends[1])};
}

std::vector<Descriptor> both(Descriptor first, Descriptor second) {
  std::vector<Descriptor> list;
  list.push_back(std::move(first));
  list.push_back(std::move(second));
  return list;
}

Error unreachable() {
  return {ErrorCode::Unavailable,
          "The gateway of this sandbox does not answer. Its network stays closed until the gateway has been started again.",
          {},
          {}};
}

}  // namespace

ProcessGateway::ProcessGateway(GatewayPrograms programs, HostAddressWatch& host, const GatewayPlan& plan)
    : programs_(std::move(programs)),
      host_(host),
      name_(plan.name),
      frames_(::fcntl(plan.frames, F_DUPFD_CLOEXEC, 0)),
      rules_(plan.rules) {
  startAgain_.setSingleShot(true);
  patience_.setSingleShot(true);
  connect(&startAgain_, &QTimer::timeout, this, &ProcessGateway::start);
  connect(&patience_, &QTimer::timeout, this, &ProcessGateway::giveUp);
  connect(&host, &HostAddressWatch::changed, this, [this] {
    if (link_) link_->send(egress::HostAddresses{host_.addresses()});
  });
  start();
}

ProcessGateway::~ProcessGateway() {
  for (const auto& wish : std::exchange(wishes_, {})) wish.answer.resolve(failure(unreachable()));
}

void ProcessGateway::start() {
  ++startsInARow_;
  auto flows = channel();
  auto control = channel();
  if (!flows || !control) return onEnded(QStringLiteral("No channel could be made."));
  link_ = std::make_unique<GatewayLink>(std::move((*control)[0]));
  connectLink();
  egress_ =
      std::make_unique<GatewayProgram>(programs_.egress, both(std::move((*flows)[0]), std::move((*control)[1])), programs_.user);
  connect(egress_.get(), &GatewayProgram::ended, this, &ProcessGateway::onEnded);
  link_->send(egress::HostAddresses{host_.addresses()});
  sendRules();
  Descriptor frames(::fcntl(frames_.number(), F_DUPFD_CLOEXEC, 0));
  netstack_ = std::make_unique<GatewayProgram>(programs_.netstack, both(std::move(frames), std::move((*flows)[1])), programs_.user);
  connect(netstack_.get(), &GatewayProgram::ended, this, &ProcessGateway::onEnded);
}

void ProcessGateway::connectLink() {
  connect(link_.get(), &GatewayLink::received, this, &ProcessGateway::onReceived);
  connect(link_.get(), &GatewayLink::closed, this, [this] { onEnded(QStringLiteral("It hung up.")); });
}

// Late in the event loop, because what ended may be what tells of it.
void ProcessGateway::onEnded(const QString& reason) {
  if (startAgain_.isActive()) return;
  qCWarning(gatewayLog, "the gateway of %s is started again: %s", qPrintable(name_), qPrintable(reason));
  const auto wait = std::min<std::chrono::milliseconds>(kFirstWait * (1 << std::min(startsInARow_ - 1, 8)), kLongestWait);
  startAgain_.start(wait);
}

Pending<void> ProcessGateway::apply(const EgressRules& rules) {
  rules_ = rules;
  ++version_;
  Wish wish;
  wish.version = version_;
  const auto answer = wish.answer.pending();
  wishes_.push_back(std::move(wish));
  patience_.start(kPatience);
  sendRules();
  return answer;
}

void ProcessGateway::sendRules() {
  if (link_) link_->send(egress::SetPolicy{version_, rules_.allowOut(), rules_.denyOut()});
}

void ProcessGateway::onReceived(const egress::FromGateway& message) {
  if (const auto* applied = std::get_if<egress::PolicyApplied>(&message)) {
    startsInARow_ = 0;
    settle(applied->version, {});
  } else if (const auto* refused = std::get_if<egress::PolicyRefused>(&message)) {
    settle(refused->version, failure(ErrorCode::Internal, "The gateway refused the rules: " + refused->message));
  } else if (const auto* question = std::get_if<egress::ResolveName>(&message)) {
    resolve(*question);
  }
}

// A later version contains what an earlier one asked for.
void ProcessGateway::settle(std::uint64_t version, const Result<void>& result) {
  std::vector<Wish> done;
  const auto fits = [version](const Wish& wish) { return wish.version <= version; };
  std::copy_if(wishes_.begin(), wishes_.end(), std::back_inserter(done), fits);
  wishes_.erase(std::remove_if(wishes_.begin(), wishes_.end(), fits), wishes_.end());
  if (wishes_.empty()) patience_.stop();
  for (const auto& wish : done) wish.answer.resolve(result);
}

void ProcessGateway::giveUp() {
  // One that hangs might obey older rules.
  netstack_.reset();
  egress_.reset();
  link_.reset();
  onEnded(QStringLiteral("It does not answer."));
  settle(version_, failure(unreachable()));
}

void ProcessGateway::resolve(const egress::ResolveName& question) {
  const QPointer<GatewayLink> asker(link_.get());
  QHostInfo::lookupHost(QString::fromStdString(question.name), this, [asker, id = question.id](const QHostInfo& info) {
    if (!asker) return;
    egress::NameResolved answer{id, egress::ResolveOutcome::Found, {}};
    if (info.error() == QHostInfo::HostNotFound) answer.outcome = egress::ResolveOutcome::NoSuchName;
    if (info.error() == QHostInfo::UnknownError) answer.outcome = egress::ResolveOutcome::Failed;
    const auto addresses = info.addresses();
    for (const auto& address : addresses) {
      const auto parsed = egress::IpAddress::parse(address.toString().toStdString());
      if (parsed && answer.addresses.size() < egress::kMaxResolvedAddresses) answer.addresses.push_back(*parsed);
    }
    asker->send(answer);
  });
}

}  // namespace terrarium
