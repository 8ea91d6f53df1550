// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/architecture/sourcetext.h"

#include <algorithm>

namespace terrarium::architecture {

namespace {

/// Walks over a source once and copies what is wanted into both results.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  SourceText walk() {
    while (at_ < text_.size()) step();
    finishLine();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool sees(std::string_view token) const { return text_.substr(at_, token.size()) == token; }

  void step() {
    if (sees("//")) return skipTo(std::min(text_.find('\n', at_), text_.size()));
    if (sees("/*")) return skipTo(endBehind("*/", at_ + 2));
    if (sees("R\"") && !followsIdentifier()) return literal(rawEnd());
    if (text_[at_] == '"' || (text_[at_] == '\'' && !followsIdentifier())) return literal(quotedEnd(text_[at_]));
    keep(text_[at_], text_[at_]);
  }

  /// A digit separator, or the prefix of something longer.
  [[nodiscard]] bool followsIdentifier() const {
    if (at_ == 0) return false;
    const char before = text_[at_ - 1];
    return (before >= '0' && before <= '9') || (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
           before == '_';
  }

  [[nodiscard]] std::size_t endBehind(std::string_view token, std::size_t from) const {
    const auto found = text_.find(token, from);
    return found == std::string_view::npos ? text_.size() : found + token.size();
  }

  [[nodiscard]] std::size_t rawEnd() const {
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos) return text_.size();
    const auto delimiter = text_.substr(at_ + 2, open - at_ - 2);
    return endBehind(")" + std::string(delimiter) + "\"", open);
  }

  [[nodiscard]] std::size_t quotedEnd(char quote) const {
    for (auto i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote || text_[i] == '\n') {
        return i + 1;
      }
    }
    return text_.size();
  }

  void skipTo(std::size_t end) {
    while (at_ < end) keep(' ', ' ');
  }

  void literal(std::size_t end) {
    while (at_ < end) keep(text_[at_], text_[at_] == '"' ? '"' : ' ');
  }

  void keep(char code, char bare) {
    if (text_[at_++] == '\n') return finishLine();
    codeLine_ += code;
    bareLine_ += bare;
  }

  void finishLine() {
    result_.code.push_back(std::move(codeLine_));
    result_.bare.push_back(std::move(bareLine_));
    codeLine_.clear();
    bareLine_.clear();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string codeLine_;
  std::string bareLine_;
  SourceText result_;
};

}  // namespace

SourceText readSource(std::string_view text) { return Walker(text).walk(); }

}  // namespace terrarium::architecture
