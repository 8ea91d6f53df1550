// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace terrarium {

/// One option of a verb: a handle that the command line keeps alive.
class VerbOption {
 public:
  explicit VerbOption(CLI::Option* option) : option_(option) {}
  VerbOption& required();
  /// Whole numbers from `least` to `most`.
  VerbOption& within(std::int64_t least, std::int64_t most);
  VerbOption& oneOf(const std::vector<std::string>& words);
  VerbOption& excludes(const VerbOption& other);
  VerbOption& fromEnvironment(const std::string& variable);

 private:
  CLI::Option* option_;
};

/// One verb with its options: a handle that the command line keeps alive. Commands describe themselves with it, so that only one
/// file compiles CLI11, whose headers cost more time than all commands together. Option names are written as CLI11 takes them:
/// "-t,--tag" for options, "name" for arguments in their order.
class Verb {
 public:
  Verb() = default;
  explicit Verb(CLI::App* app) : app_(app) {}

  /// A verb below this one. Global options may follow it.
  Verb verb(const std::string& name, const std::string& help);
  Verb& alias(const std::string& name);
  /// Left out of the help.
  Verb& hidden();
  Verb& needsVerb();

  VerbOption option(const std::string& names, std::string& value, const std::string& help);
  VerbOption option(const std::string& names, std::vector<std::string>& values, const std::string& help);
  VerbOption option(const std::string& names, std::int64_t& value, const std::string& help);
  VerbOption flag(const std::string& names, bool& value, const std::string& help);

  /// Whether this verb was given.
  [[nodiscard]] bool given() const;
  /// Whether that option was given.
  [[nodiscard]] bool given(const std::string& option) const;

 private:
  CLI::App* app_ = nullptr;
};

}  // namespace terrarium
