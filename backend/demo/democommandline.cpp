// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/democommandline.h"

#include <algorithm>
#include <optional>

namespace terrarium {

namespace {

bool isNameCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// Reads one line from left to right.
class Reader {
 public:
  Reader(std::string_view line, const std::function<std::string(std::string_view)>& variable) : rest_(line), variable_(variable) {}

  Result<std::vector<DemoCommandLine>> read() {
    while (!rest_.empty() && !problem_) step();
    finishCommand(DemoCommandLine::When::Always);
    if (problem_) return failure(ErrorCode::BadRequest, *problem_);
    return commands_;
  }

 private:
  bool take(std::string_view token) {
    if (rest_.substr(0, token.size()) != token) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  void step() {
    if (take("&&")) return finishCommand(DemoCommandLine::When::AfterSuccess);
    if (take("||")) return finishCommand(DemoCommandLine::When::AfterFailure);
    if (take(";") || take("\n")) return finishCommand(DemoCommandLine::When::Always);
    if (takeRedirection()) return;
    const char c = rest_.front();
    if (c == ' ' || c == '\t') {
      finishWord();
      rest_.remove_prefix(1);
    } else if (c == '#' && !inWord_) {
      rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    } else if (std::string_view("|&<`()").find(c) != std::string_view::npos || rest_.substr(0, 2) == "$(") {
      problem_ = std::string("the demonstration shell does not know '") + c + "'";
    } else {
      readWordPart();
    }
  }

  bool takeRedirection() {
    if (inWord_) return false;
    if (take(">&2") || take("1>&2")) return current_.stdoutToStderr = true;
    if (take("2>&1")) return current_.stderrToStdout = true;
    const bool append = take(">>");
    if (!append && !take(">")) return false;
    current_.append = append;
    fileFollows_ = true;
    return true;
  }

  void readWordPart() {
    inWord_ = true;
    const char c = rest_.front();
    if (c == '$') return expand();
    rest_.remove_prefix(1);
    if (c == '\'') {
      const auto end = rest_.find('\'');
      if (end == std::string_view::npos) return unfinishedQuote();
      word_ += rest_.substr(0, end);
      rest_.remove_prefix(end + 1);
    } else if (c == '"') {
      readDoubleQuoted();
    } else if (c == '\\' && !rest_.empty()) {
      word_ += rest_.front();
      rest_.remove_prefix(1);
    } else {
      word_ += c;
    }
  }

  void readDoubleQuoted() {
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '$') {
        expand();
        continue;
      }
      if (rest_.front() == '\\' && rest_.size() > 1 && std::string_view("\"\\$`").find(rest_[1]) != std::string_view::npos) {
        rest_.remove_prefix(1);
      }
      word_ += rest_.front();
      rest_.remove_prefix(1);
    }
    if (!take("\"")) unfinishedQuote();
  }

  void expand() {
    rest_.remove_prefix(1);
    if (take("?")) {
      word_ += variable_("?");
      return;
    }
    const bool braces = take("{");
    const auto end = static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), isNameCharacter) - rest_.begin());
    const auto name = rest_.substr(0, end);
    word_ += name.empty() ? "$" : variable_(name);
    rest_.remove_prefix(end);
    if (braces && !take("}")) problem_ = "syntax error: '}' is missing";
  }

  void unfinishedQuote() {
    problem_ = "syntax error: unterminated quoted string";
    rest_ = {};
  }

  void finishWord() {
    if (!inWord_) return;
    if (fileFollows_) {
      current_.outputFile = std::move(word_);
    } else {
      current_.words.push_back(std::move(word_));
    }
    word_.clear();
    inWord_ = fileFollows_ = false;
  }

  void finishCommand(DemoCommandLine::When nextOne) {
    finishWord();
    if (!current_.words.empty()) commands_.push_back(std::move(current_));
    current_ = {};
    current_.when = nextOne;
  }

  std::string_view rest_;
  const std::function<std::string(std::string_view)>& variable_;
  std::vector<DemoCommandLine> commands_;
  DemoCommandLine current_;
  std::string word_;
  bool inWord_ = false;
  bool fileFollows_ = false;
  std::optional<std::string> problem_;
};

}  // namespace

Result<std::vector<DemoCommandLine>> parseDemoLine(std::string_view line,
                                                   const std::function<std::string(std::string_view)>& variable) {
  return Reader(line, variable).read();
}

}  // namespace terrarium
