// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/dnsfront.h"

#include "backend/egress/policy/hostname.h"

namespace terrarium::egress {

namespace {

constexpr std::uint16_t kPort = 53;
constexpr std::size_t kStreamLimit = 65535;
constexpr std::uint32_t kSecondsToLive = 30;

/// Service records ("_http._tcp.example.org") belong to the name behind their labels.
std::optional<std::string> nameAsked(const DnsQuestion& question) {
  std::string_view name = question.name;
  if (question.type != DnsQuestion::kA && question.type != DnsQuestion::kAaaa) {
    while (!name.empty() && name.front() == '_' && name.find('.') != std::string_view::npos) name.remove_prefix(name.find('.') + 1);
  }
  return canonicalHostName(name);
}

/// What was asked, for a person; it may hold anything.
std::string printable(std::string_view name) {
  std::string text(name.substr(0, 253));
  for (auto& c : text) {
    if (c < 0x21 || c > 0x7e) c = '?';
  }
  return text;
}

}  // namespace

bool DnsFront::isTooMuch(Time now) {
  if (now - second_ >= std::chrono::seconds(1)) {
    second_ = now;
    inSecond_ = 0;
  }
  return ++inSecond_ > kQuestionsPerSecond;
}

void DnsFront::ask(std::string_view message, bool isStream, Time now, const Answer& answer) {
  if (isTooMuch(now))
    return tell(FlowEvent::Kind::Deny, {}, kGatewayLimit, "more than 200 questions to the name service in a second", now);
  const auto request = parseDnsRequest(message);
  if (!request.question) {
    if (!request.errorAnswer.empty()) answer(request.errorAnswer);
    return;
  }
  const auto& question = *request.question;
  if (const auto name = nameAsked(question)) return judge(question, *name, isStream, now, answer);
  const auto text = printable(question.name);
  tell(FlowEvent::Kind::Deny, text, kProtocol, "\"" + text + "\" is not a domain", now);
  answer(dnsAnswer(question, DnsCode::Refused, {}, 0, kStreamLimit));
}

void DnsFront::judge(const DnsQuestion& question, const std::string& name, bool isStream, Time now, const Answer& answer) {
  const auto judged = judge_.lookup(name);
  if (judged.outcome != Outcome::Allow) {
    tell(FlowEvent::Kind::Deny, name, judged.rule, judged.reason, now);
    return answer(dnsAnswer(question, DnsCode::Refused, {}, 0, kStreamLimit));
  }
  // Guests have no IPv6. Without records for services no hints for QUIC or encrypted greetings arrive either.
  if (question.type != DnsQuestion::kA) return answer(dnsAnswer(question, DnsCode::Ok, {}, kSecondsToLive, kStreamLimit));
  const auto limit = isStream ? kStreamLimit : udpAnswerLimit(question);
  resolver_.resolve(name, now, [this, question, name, limit, now, answer](const Resolution& resolution) {
    answer(answerTo(question, name, resolution, limit, now));
  });
}

std::string DnsFront::answerTo(const DnsQuestion& question, const std::string& name, const Resolution& resolution,
                               std::size_t limit, Time now) {
  const auto with = [&](DnsCode code, const std::vector<std::uint32_t>& addresses) {
    return dnsAnswer(question, code, addresses, kSecondsToLive, limit);
  };
  // The rules may have changed meanwhile.
  const auto judged = judge_.lookup(name);
  if (judged.outcome != Outcome::Allow) {
    tell(FlowEvent::Kind::Deny, name, judged.rule, judged.reason, now);
    return with(DnsCode::Refused, {});
  }
  if (resolution.outcome == ResolveOutcome::NoSuchName) return with(DnsCode::NoSuchName, {});
  if (resolution.outcome == ResolveOutcome::Failed) {
    tell(FlowEvent::Kind::Fail, name, judged.rule, "the resolver of this computer does not answer for " + name, now);
    return with(DnsCode::ServerFailed, {});
  }
  Judgement blocked;
  const auto addresses = usable(resolution, name, now, blocked);
  if (!addresses.empty()) {
    tell(FlowEvent::Kind::Open, name, judged.rule, {}, now);
  } else if (!blocked.reason.empty()) {
    tell(FlowEvent::Kind::Deny, name, blocked.rule, blocked.reason, now);
  }
  return with(DnsCode::Ok, addresses);
}

std::vector<std::uint32_t> DnsFront::usable(const Resolution& resolution, const std::string& name, Time now, Judgement& blocked) {
  std::vector<std::uint32_t> addresses;
  bool needsAlias = false;
  for (const auto& address : resolution.addresses) {
    const auto target = judge_.target(address, name);
    if (target.outcome != Outcome::Allow) {
      blocked = target;
    } else if (address.isV4()) {
      addresses.push_back(address.v4());
      judge_.pins().add(address, name, now);
    } else {
      needsAlias = true;
    }
  }
  if (addresses.empty() && needsAlias) addresses.push_back(judge_.pins().aliasOf(name, now).v4());
  return addresses;
}

void DnsFront::tell(FlowEvent::Kind kind, const std::string& name, const std::string& rule, const std::string& reason, Time now) {
  FlowEvent event;
  event.kind = kind;
  event.protocol = FlowEvent::Protocol::Dns;
  event.host = name;
  event.port = kPort;
  event.rule = rule;
  event.reason = reason;
  log_.add(std::move(event), now);
}

}  // namespace terrarium::egress
