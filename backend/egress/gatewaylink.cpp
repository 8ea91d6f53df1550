// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/gatewaylink.h"

#include <QPointer>
#include <utility>

namespace terrarium {

namespace {
/// Messages that are read before others get their turn.
constexpr int kReadAtOnce = 64;
}  // namespace

GatewayLink::GatewayLink(Descriptor socket)
    : socket_(std::move(socket), egress::kMaxControlMessage),
      readable_(socket_.number(), QSocketNotifier::Read),
      writable_(socket_.number(), QSocketNotifier::Write) {
  writable_.setEnabled(false);
  connect(&readable_, &QSocketNotifier::activated, this, &GatewayLink::read);
  connect(&writable_, &QSocketNotifier::activated, this, &GatewayLink::flush);
}

void GatewayLink::send(const egress::ToGateway& message) {
  if (!open_) return;
  waiting_.push_back(egress::encoded(message));
  flush();
}

void GatewayLink::flush() {
  using Sent = egress::FlowSocket::Sent;
  while (!waiting_.empty()) {
    const auto sent = socket_.send(waiting_.front());
    if (sent == Sent::Gone) return close();
    if (sent == Sent::Full) break;
    waiting_.pop_front();
  }
  writable_.setEnabled(!waiting_.empty());
}

void GatewayLink::read() {
  using Step = egress::FlowSocket::Step;
  const QPointer<GatewayLink> self(this);
  for (int i = 0; i < kReadAtOnce && self && open_; ++i) {
    const auto got = socket_.receive();
    if (got.step == Step::Empty) return;
    if (got.step != Step::Message) return close();
    const auto message = egress::parseFromGateway(got.bytes);
    if (!message) return close();
    emit received(*message);
  }
}

void GatewayLink::close() {
  if (!std::exchange(open_, false)) return;
  readable_.setEnabled(false);
  writable_.setEnabled(false);
  waiting_.clear();
  emit closed();
}

}  // namespace terrarium
