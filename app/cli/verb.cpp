// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verb.h"

#include <CLI/CLI.hpp>
#include <charconv>

#include "app/cli/printable.h"

namespace terrarium {

VerbOption& VerbOption::required() {
  option_->required();
  return *this;
}

VerbOption& VerbOption::within(std::int64_t least, std::int64_t most) {
  option_->check([least, most](const std::string& text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec == std::errc() && read.ptr == end && number >= least && number <= most) return std::string();
    return "a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is accepted, not '" +
           printable(text) + "'.";
  });
  return *this;
}

VerbOption& VerbOption::oneOf(const std::vector<std::string>& words) {
  option_->check(CLI::IsMember(words));
  return *this;
}

VerbOption& VerbOption::excludes(const VerbOption& other) {
  option_->excludes(other.option_);
  return *this;
}

VerbOption& VerbOption::fromEnvironment(const std::string& variable) {
  option_->envname(variable);
  return *this;
}

Verb Verb::verb(const std::string& name, const std::string& help) {
  auto* app = app_->add_subcommand(name, help);
  app->fallthrough();
  return Verb(app);
}

Verb& Verb::alias(const std::string& name) {
  app_->alias(name);
  return *this;
}

Verb& Verb::hidden() {
  app_->group("");
  return *this;
}

Verb& Verb::needsVerb() {
  app_->require_subcommand(1);
  return *this;
}

VerbOption Verb::option(const std::string& names, std::string& value, const std::string& help) {
  return VerbOption(app_->add_option(names, value, help));
}

VerbOption Verb::option(const std::string& names, std::vector<std::string>& values, const std::string& help) {
  return VerbOption(app_->add_option(names, values, help));
}

VerbOption Verb::option(const std::string& names, std::int64_t& value, const std::string& help) {
  return VerbOption(app_->add_option(names, value, help));
}

VerbOption Verb::flag(const std::string& names, bool& value, const std::string& help) {
  return VerbOption(app_->add_flag(names, value, help));
}

bool Verb::given() const { return app_->parsed(); }

bool Verb::given(const std::string& option) const { return app_->count(option) > 0; }

}  // namespace terrarium
