// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a guest and the two neighbours of the gateway can say to it. Bytes mean the same however they are cut, and names come out in
// their one form or not at all.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "backend/egress/channel/flowchannel.h"
#include "backend/egress/control/controlchannel.h"
#include "backend/egress/policy/hostname.h"
#include "backend/egress/proxy/clienthelloreader.h"
#include "backend/egress/proxy/dnsmessage.h"
#include "backend/egress/proxy/requestscanner.h"
#include "backend/egress/proxy/upgradeanswer.h"

using namespace terrarium::egress;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void requireCanonical(const std::string& name) {
  if (!name.empty()) require(canonicalHostName(name) == name);
}

void readDns(std::string_view input) {
  const auto request = parseDnsRequest(input);
  require(request.errorAnswer.empty() || request.errorAnswer.size() == 12);
  if (!request.question) return;
  require(request.errorAnswer.empty());
  for (const auto limit : {udpAnswerLimit(*request.question), std::size_t{65535}}) {
    const auto answer = dnsAnswer(*request.question, DnsCode::Ok, {1, 2, 3, 4, 5}, 30, limit);
    require(answer.size() <= limit && (answer[2] & 0x80) != 0);
  }
}

void readHello(std::string_view input) {
  ClientHelloReader whole, pieces;
  const auto step = whole.feed(input);
  auto last = ClientHelloReader::Step::NeedMore;
  for (std::size_t at = 0; at < input.size(); ++at) last = pieces.feed(input.substr(at, 1));
  require(input.empty() || (last == step && pieces.name() == whole.name()));
  requireCanonical(whole.name());
}

std::string scanned(std::string_view input, std::size_t piece) {
  RequestScanner scanner;
  std::string told, body, pending;
  for (std::size_t at = 0; at < input.size(); at += piece) {
    pending += input.substr(at, piece);
    for (auto next = scanner.next(pending); next.kind != RequestScanner::Kind::NeedMore; next = scanner.next(pending)) {
      if (next.kind == RequestScanner::Kind::Bad) return told + body + "!";
      require(next.bytes > 0 && next.bytes <= pending.size());
      if (next.kind == RequestScanner::Kind::Head) {
        requireCanonical(scanner.head().host);
        require(!scanner.head().host.empty());
        told += std::exchange(body, {}) + "<" + scanner.head().host + ">";
      } else {
        body += pending.substr(0, next.bytes);
      }
      pending.erase(0, next.bytes);
    }
  }
  return told + body + "...";
}

void readRequests(std::string_view input) {
  const auto whole = scanned(input, input.size() + 1);
  require(scanned(input, 1) == whole && scanned(input, 7) == whole);
}

void readUpgrade(std::string_view input) {
  UpgradeAnswer whole, pieces;
  const auto step = whole.feed(input);
  auto last = UpgradeAnswer::Step::NeedMore;
  for (std::size_t at = 0; at < input.size(); ++at) last = pieces.feed(input.substr(at, 1));
  require(last == step);
}

void readName(std::string_view input) {
  if (const auto name = canonicalHostName(input)) requireCanonical(*name);
}

void readChannels(std::string_view input) {
  if (const auto message = parseToGateway(input)) require(parseToGateway(encoded(*message)) == message);
  if (const auto message = parseFromGateway(input)) require(parseFromGateway(encoded(*message)) == message);
  static_cast<void>(parseFromNetstack(input));
  static_cast<void>(parseFromEgress(input));
}

}  // namespace

// The first byte chooses what the rest is read as.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  constexpr void (*kReaders[])(std::string_view) = {readDns, readHello, readRequests, readUpgrade, readName, readChannels};
  kReaders[data[0] % std::size(kReaders)](std::string_view(reinterpret_cast<const char*>(data + 1), size - 1));
  return 0;
}
