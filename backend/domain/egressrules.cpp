// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/egressrules.h"

#include <algorithm>
#include <optional>

#include "backend/domain/domainpattern.h"
#include "backend/domain/ipv4range.h"

namespace terrarium {

namespace {

enum class Direction { Allow, Deny };

constexpr const char* kAllowAccepted = "an IPv4 address, an IPv4 range such as 203.0.113.0/24, a domain or *.domain";
constexpr const char* kDenyAccepted = "an IPv4 address or an IPv4 range such as 203.0.113.0/24";

Failure refused(std::string message) { return failure(badRequest({}, std::move(message))); }

bool hasAddressCharactersOnly(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool isIpv6Like(std::string_view text) { return text.front() == '[' || std::count(text.begin(), text.end(), ':') > 1; }

/// "https://user@host:443/path" -> "host".
std::string_view hostOf(std::string_view text) {
  if (const auto scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("/?#"));
  if (const auto user = text.rfind('@'); user != std::string_view::npos) text.remove_prefix(user + 1);
  return text.substr(0, text.find(':'));
}

std::string didYouMean(std::string_view text) { return text.empty() ? std::string() : " Did you mean " + std::string(text) + "?"; }

/// What people paste instead of a rule. Nothing when it may be one.
std::optional<Error> pastedSomethingElse(std::string_view text) {
  if (text.find_first_of(" \t\r\n") != std::string_view::npos)
    return badRequest({}, "contains blanks: one rule per entry is accepted.");
  if (text.find("://") != std::string_view::npos) {
    return badRequest({}, "is a URL: rules hold no scheme, port or path." + didYouMean(hostOf(text)));
  }
  if (isIpv6Like(text)) return badRequest({}, "is an IPv6 address: IPv6 is always blocked, only IPv4 is accepted.");
  if (text.find(':') != std::string_view::npos) {
    return badRequest({}, "has a port: rules hold for all ports." + didYouMean(hostOf(text)));
  }
  const auto slash = text.find('/');
  if (slash != std::string_view::npos && !hasAddressCharactersOnly(text.substr(0, slash))) {
    return badRequest({}, "has a path: rules hold for the whole host." + didYouMean(hostOf(text)));
  }
  return std::nullopt;
}

Result<std::string> checkedRule(const std::string& text, Direction direction) {
  if (text.empty())
    return refused(std::string("is empty: ") + (direction == Direction::Allow ? kAllowAccepted : kDenyAccepted) + " is accepted.");
  if (text == "*") {
    return direction == Direction::Allow
               ? refused("is a bare '*', which matches no name: leave allow_out empty to allow everything, or write *.example.com.")
               : refused("is a bare '*', which matches no address: write 0.0.0.0/0 to deny everything.");
  }
  if (auto other = pastedSomethingElse(text)) return failure(std::move(*other));
  if (hasAddressCharactersOnly(std::string_view(text).substr(0, text.find('/')))) {
    auto range = Ipv4Range::parse(text);
    if (!range) return failure(range.error());
    return text;
  }
  if (direction == Direction::Deny) {
    return refused(std::string("is a domain, which only allow_out takes: ") + kDenyAccepted + " is accepted.");
  }
  auto domain = DomainPattern::parse(text);
  if (!domain) return failure(domain.error());
  return domain->text();
}

/// The rules in their kept form; what is wrong with the others goes to `found`.
std::vector<std::string> checkedRules(const std::vector<std::string>& rules, Direction direction, std::vector<Error>& found) {
  const std::string list = direction == Direction::Allow ? "network.allow_out" : "network.deny_out";
  if (rules.size() > EgressRules::kMaxRules) {
    found.push_back(badRequest(list, list + " has " + std::to_string(rules.size()) + " rules: at most 256 are accepted."));
  }
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto rule = checkedRule(rules[i], direction);
    if (rule) {
      kept.push_back(std::move(*rule));
      continue;
    }
    const auto field = list + "[" + std::to_string(i) + "]";
    found.push_back(
        badRequest(field, field + (rules[i].empty() ? "" : " (\"" + rules[i].substr(0, 80) + "\")") + " " + rule.error().message));
  }
  return kept;
}

}  // namespace

std::vector<Error> EgressRules::problems(const std::vector<std::string>& allowOut, const std::vector<std::string>& denyOut) {
  std::vector<Error> found;
  (void)checkedRules(allowOut, Direction::Allow, found);
  (void)checkedRules(denyOut, Direction::Deny, found);
  return found;
}

Result<EgressRules> EgressRules::parse(const std::vector<std::string>& allowOut, const std::vector<std::string>& denyOut) {
  std::vector<Error> found;
  auto allowed = checkedRules(allowOut, Direction::Allow, found);
  auto denied = checkedRules(denyOut, Direction::Deny, found);
  if (!found.empty()) return failure(std::move(found.front()));
  return EgressRules(std::move(allowed), std::move(denied));
}

}  // namespace terrarium
