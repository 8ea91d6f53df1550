// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/architecture/layerrules.h"

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>

#include "tests/architecture/sourcetext.h"

namespace terrarium::architecture {

namespace {

using Names = std::vector<std::string>;

constexpr std::size_t kMaxLines = 600;

/// Files that are longer, each with the reason.
const std::map<std::string, std::string>& longFiles() {
  static const std::map<std::string, std::string> files{};
  return files;
}

struct Exception {
  std::string folder;
  std::string rule;
  std::string reason;
};

/// Where a ban does not hold for a reason of that place alone.
const std::vector<Exception>& exceptions() {
  static const std::vector<Exception> list{
      {"backend/qemu/machinedirectory", "no listening socket", "QEMU inherits its own sockets, so that nobody waits for them"},
      {"backend/qemu/machinelaunch", "no listening socket", "asks the machine's directory for them"},
  };
  return list;
}

/// Who may include whom; the longest folder that fits counts. Everybody may include itself.
const std::map<std::string, Names>& includeTable() {
  const Names adapter{"backend/engine/ports", "backend/domain", "backend/support"};
  const Names door{"backend/api", "backend/domain", "backend/support"};
  static const std::map<std::string, Names> table{
      {"backend/support", {}},
      {"backend/domain", {"backend/support"}},
      {"backend/api", {"backend/domain", "backend/support"}},
      {"backend/engine/ports", door},
      {"backend/engine", {"backend/engine/ports", "backend/api", "backend/domain", "backend/support"}},
      {"backend/qemu", adapter},
      {"backend/guest", adapter},
      {"backend/guest/agent", {"backend/guest", "backend/domain", "backend/support"}},
      {"backend/egress",
       {"backend/egress/channel", "backend/egress/control", "backend/egress/policy", "backend/engine/ports", "backend/domain",
        "backend/support"}},
      {"backend/egress/channel", {"backend/support"}},
      {"backend/egress/control", {"backend/egress/channel", "backend/egress/policy", "backend/domain", "backend/support"}},
      {"backend/egress/netstack", {"backend/egress/channel", "backend/support"}},
      {"backend/egress/policy", {"backend/domain", "backend/support"}},
      {"backend/egress/proxy",
       {"backend/egress/channel", "backend/egress/control", "backend/egress/policy", "backend/domain", "backend/support"}},
      {"backend/store", adapter},
      {"backend/vault", adapter},
      {"backend/templates", adapter},
      {"backend/wire", door},
      {"backend/httpapi", {"backend/wire", "backend/api", "backend/domain", "backend/support"}},
      {"backend/client", {"backend/wire", "backend/api", "backend/domain", "backend/support"}},
      {"backend/demo", door},
      {"ui", door},
  };
  return table;
}

/// A word that only some folders may use.
struct Ban {
  std::regex pattern;
  Names within;  ///< where the ban holds
  Names except;  ///< where it does not
  std::string rule;
  bool inLiterals = false;
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> list{
      {std::regex(R"(<Qt?Widgets?(/|>)|<Q(Application|Dialog|MainWindow|MessageBox|Label|Menu)>|\bQWidget\b|\bQtWidgets\b)"),
       {"backend"},
       {},
       "no widget below ui"},
      {std::regex(R"(\bQSql\w*|<QtSql|\bsqlite3\w*)"), {"backend", "ui", "app"}, {"backend/store"}, "no SQL outside backend/store"},
      {std::regex(R"(\b(SELECT\b.*\bFROM|INSERT INTO|DELETE FROM|CREATE TABLE|UPDATE \w+ SET)\b)"),
       {"backend", "ui", "app"},
       {"backend/store"},
       "no SQL outside backend/store",
       true},
      {std::regex(
           R"(\bQProcess\b(?!Environment)|(^|[^.>:\w]|(^|[^\w>])::)(v?fork\s*\(\s*\)|(popen|system|exec(l|le|lp|v|ve|vp|vpe)|fexecve|posix_spawnp?)\s*\())"),
       {"backend", "ui", "app"},
       {"backend/qemu", "backend/egress", "backend/templates", "backend/guest/agent", "app"},
       "no process start outside qemu, egress, templates, app and the guest agent"},
      {std::regex(R"(\blisten\s*\()"),
       {"backend", "ui", "app"},
       {"backend/httpapi", "backend/guest/agent", "app"},
       "no listening socket outside httpapi, app and the guest agent"},
      {std::regex(
           R"(\bwaitFor(Started|Finished|ReadyRead|BytesWritten|Connected|Disconnected|NewConnection|Encrypted|Done)\w*\s*\(|\bQEventLoop\b|\bQThread::[mu]?sleep\b)"),
       {"backend", "ui", "app"},
       {},
       "no blocking wait outside tests"},
      {std::regex(
           R"(\bQMessageBox::(about|critical|information|question|warning)\s*\(|\bQFileDialog::get\w+\s*\(|\bQInputDialog::get\w+\s*\(|\bQColorDialog::get\w+\s*\()"),
       {"ui", "app"},
       {},
       "no dialog that runs its own event loop: open() it"},
      {std::regex(R"(#\s*include\s*<Q)"),
       {"backend/support", "backend/domain", "backend/guest/agent", "backend/egress/channel", "backend/egress/control",
        "backend/egress/netstack", "backend/egress/policy", "backend/egress/proxy", "app/egress", "app/netstack",
        "app/engine/supervisor"},
       {},
       "no Qt here: Qt begins in backend/api"},
  };
  return list;
}

bool isBelow(const std::string& path, const std::string& folder) { return path == folder || path.rfind(folder + "/", 0) == 0; }

/// Also true for the files `folder.cpp` and `folder.h`.
bool isBelowOrPair(const std::string& path, const std::string& folder) {
  return isBelow(path, folder) || path.rfind(folder + ".", 0) == 0;
}

bool isAnywhereBelow(const std::string& path, const Names& folders) {
  return std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) { return isBelowOrPair(path, folder); });
}

bool isExcepted(const std::string& path, const std::string& rule) {
  return std::any_of(exceptions().begin(), exceptions().end(),
                     [&](const Exception& each) { return isBelowOrPair(path, each.folder) && rule.rfind(each.rule, 0) == 0; });
}

bool endsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool isSource(const std::string& path) { return endsWith(path, ".cpp") || endsWith(path, ".h"); }

std::optional<std::string> layerOf(const std::string& path) {
  std::optional<std::string> longest;
  for (const auto& [folder, allowed] : includeTable()) {
    if (isBelow(path, folder) && (!longest || folder.size() > longest->size())) longest = folder;
  }
  return longest;
}

std::optional<std::string> includeProblem(const std::string& path, const std::string& included) {
  if (endsWith(included, ".moc") || endsWith(included, ".pb.h")) return std::nullopt;
  const bool fromRoot = isAnywhereBelow(included, {"backend", "ui", "app", "tests"});
  if (!fromRoot) return "includes are written from the root: \"" + included + "\"";
  if (isBelow(path, "tests")) return std::nullopt;
  if (isBelow(included, "tests")) return "only tests include tests: \"" + included + "\"";
  if (isBelow(path, "app")) return std::nullopt;
  const auto layer = layerOf(path);
  if (!layer) return "this folder is in no row of the table of layers";
  const auto target = layerOf(included);
  const auto& allowed = includeTable().at(*layer);
  if (target == layer || (target && std::find(allowed.begin(), allowed.end(), *target) != allowed.end())) return std::nullopt;
  return *layer + " must not include \"" + included + "\"";
}

/// Dialogs and menus are opened, never executed; the application object and the facade's exec() are not meant.
std::optional<std::string> execProblem(const std::string& line) {
  static const std::regex call(R"((\w+)(\(\))?\s*(->|\.)\s*exec\s*\()");
  static const std::regex innocent(R"(^(app|application|.*[fF]acade\w*|engine\w*|client\w*)$)");
  for (auto match = std::sregex_iterator(line.begin(), line.end(), call); match != std::sregex_iterator(); ++match) {
    if (!std::regex_match((*match)[1].str(), innocent)) return "no QDialog::exec(): open() it";
  }
  return std::nullopt;
}

class Judge {
 public:
  Judge(const std::string& path, std::string_view text) : path_(path), text_(text) {}

  std::vector<Violation> judge() {
    checkLicence();
    checkFolderName();
    if (isSource(path_)) {
      source_ = readSource(text_);
      checkSize();
      for (std::size_t i = 0; i < source_.code.size(); ++i) checkLine(i);
    }
    return std::move(found_);
  }

 private:
  void report(std::size_t index, std::string rule) { found_.push_back({path_, static_cast<int>(index) + 1, std::move(rule)}); }

  void checkLicence() {
    const auto head = text_.substr(0, 300);  // behind a #! line at most
    const bool good = head.find("SPDX-FileCopyrightText: 2026 The Terrarium authors\n") != std::string_view::npos &&
                      head.find("SPDX-License-Identifier: GPL-3.0-or-later\n") != std::string_view::npos;
    if (!good) report(0, "every file begins with the two SPDX lines");
  }

  void checkFolderName() {
    static const std::regex byKind(R"((^|/)(interfaces|utils?|common|helpers?|misc)/)");
    if (std::regex_search(path_, byKind)) report(0, "folders are named by subject, not by kind");
  }

  void checkSize() {
    const auto lines = static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
    if (lines > kMaxLines && longFiles().count(path_) == 0) {
      report(lines - 1, "a file has at most 600 lines, or a reason in tests/architecture");
    }
  }

  void checkLine(std::size_t index) {
    static const std::regex include(R"re(^\s*#\s*include\s*"([^"]+)")re");
    const auto& code = source_.code[index];
    std::smatch match;
    if (std::regex_search(code, match, include)) {
      if (auto problem = includeProblem(path_, match[1].str())) report(index, std::move(*problem));
    }
    for (const auto& ban : bans()) {
      if (!isAnywhereBelow(path_, ban.within) || isAnywhereBelow(path_, ban.except) || isExcepted(path_, ban.rule)) continue;
      if (std::regex_search(ban.inLiterals ? code : source_.bare[index], ban.pattern)) report(index, ban.rule);
    }
    if (isAnywhereBelow(path_, {"ui", "app"})) {
      if (auto problem = execProblem(source_.bare[index])) report(index, std::move(*problem));
    }
  }

  const std::string& path_;
  std::string_view text_;
  SourceText source_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> violationsIn(const std::string& path, std::string_view text) { return Judge(path, text).judge(); }

bool isJudged(const std::string& path) {
  if (!isAnywhereBelow(path, {"backend", "ui", "app", "tests", "packaging", "resources"})) return false;
  static const std::set<std::string> endings{".cpp", ".h", ".in", ".proto", ".sh", ".py", ".mjs", ".sql"};
  const auto name = path.substr(path.rfind('/') + 1);
  const auto dot = name.rfind('.');
  return name == "CMakeLists.txt" || (dot != std::string::npos && endings.count(name.substr(dot)) == 1);
}

}  // namespace terrarium::architecture
