// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "backend/demo/demoshell.h"

namespace terrarium {

namespace {

/// Programs whose answer never changes.
const std::map<std::string, const char*>& fixedAnswers() {
  static const std::map<std::string, const char*> answers{
      {"df",
       "Filesystem      Size  Used Avail Use% Mounted on\n"
       "/dev/vda        3.9G  612M  3.1G  17% /\n"
       "tmpfs           492M     0  492M   0% /tmp\n"},
      {"free",
       "               total        used        free      shared  buff/cache   available\n"
       "Mem:         1005036      183420      611884         740      209732      703212\n"
       "Swap:              0           0           0\n"},
      {"git", "git version 2.39.5\n"},
      {"id", "uid=1000(user) gid=1000(user) groups=1000(user),27(sudo)\n"},
      {"node", "v22.12.0\n"},
      {"nproc", "1\n"},
      {"ps",
       "    PID TTY          TIME CMD\n"
       "      1 ?        00:00:00 init\n"
       "    214 ?        00:00:02 python3\n"
       "    301 pts/0    00:00:00 bash\n"},
      {"python3", "Python 3.11.2\n"},
      {"uptime", " 09:41:22 up 38 min,  1 user,  load average: 0.12, 0.08, 0.02\n"},
      {"whoami", "user\n"},
  };
  return answers;
}

std::optional<double> number(const std::string& text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string longLine(const FileEntry& entry) {
  std::string line = entry.isDirectory ? "d" : "-";
  for (int bit = 8; bit >= 0; --bit) {
    line += ((entry.mode >> static_cast<unsigned>(bit)) & 1U) != 0U ? "xwr"[bit % 3] : '-';
  }
  auto size = std::to_string(entry.size);
  if (size.size() < 8) size.insert(0, 8 - size.size(), ' ');
  return line + " 1 user user " + size + " Jan  5 09:12 ";
}

/// `%s`, `%d`, `%%` and the escapes of printf.
std::string formatted(const std::string& format, const std::vector<std::string>& values) {
  std::string text;
  std::size_t used = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    const char following = i + 1 < format.size() ? format[i + 1] : '\0';
    if (c == '%' && (following == 's' || following == 'd')) {
      if (used < values.size()) text += values[used++];
    } else if (c == '%' && following == '%') {
      text += '%';
    } else if (c == '\\' && (following == 'n' || following == 't' || following == '\\')) {
      text += following == 'n' ? '\n' : following == 't' ? '\t' : '\\';
    } else {
      text += c;
      continue;
    }
    ++i;
  }
  return text;
}

}  // namespace

const std::map<std::string, DemoShell::Program>& DemoShell::programs() {
  static const std::map<std::string, Program> known = [] {
    std::map<std::string, Program> table{{"bash", &DemoShell::bash},
                                         {"sh", &DemoShell::bash},
                                         {"cat", &DemoShell::cat},
                                         {"cd", &DemoShell::cd},
                                         {"date", &DemoShell::date},
                                         {"echo", &DemoShell::echo},
                                         {"env", &DemoShell::env},
                                         {"exit", &DemoShell::exit},
                                         {"export", &DemoShell::exportVariable},
                                         {"false", &DemoShell::fail},
                                         {"help", &DemoShell::help},
                                         {"hostname", &DemoShell::uname},
                                         {"ls", &DemoShell::listFiles},
                                         {"mkdir", &DemoShell::makeDirectories},
                                         {"printenv", &DemoShell::env},
                                         {"printf", &DemoShell::printFormatted},
                                         {"pwd", &DemoShell::print},
                                         {"rm", &DemoShell::removeFiles},
                                         {"seq", &DemoShell::seq},
                                         {"sleep", &DemoShell::sleep},
                                         {"top", &DemoShell::top},
                                         {"touch", &DemoShell::touch},
                                         {"true", &DemoShell::succeed},
                                         {"uname", &DemoShell::uname}};
    for (const auto& [name, answer] : fixedAnswers()) table.emplace(name, &DemoShell::print);
    return table;
  }();
  return known;
}

void DemoShell::bash(const Words& words) {
  if (words.size() < 3) return complain(words.front() + ": the demonstration shell takes only -c and a command", 2);
  DemoShell inner(here_);
  auto inside = inner.run(words.back());
  std::move(inside.steps.begin(), inside.steps.end(), std::back_inserter(outcome_.steps));
  outcome_.exitCode = inside.exitCode;
}

void DemoShell::cat(const Words& words) {
  if (words.size() == 1) outcome_.steps.push_back({DemoStep::Kind::CopyInput});
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto* node = here_.files->find(resolved(words[i]));
    if (node == nullptr) {
      complain("cat: " + words[i] + ": No such file or directory");
    } else if (node->isDirectory) {
      complain("cat: " + words[i] + ": Is a directory");
    } else {
      out(node->content.toStdString());
    }
  }
}

void DemoShell::cd(const Words& words) {
  const auto target = resolved(words.size() > 1 ? words[1] : here_.env.at("HOME"));
  const auto* node = here_.files->find(target);
  if (node == nullptr || !node->isDirectory) return complain("sh: 1: cd: can't cd to " + words.back(), 2);
  here_.workingDirectory = target;
}

void DemoShell::date(const Words& /*words*/) { out("Mon Jan  5 09:41:22 UTC 2026\n"); }

void DemoShell::echo(const Words& words) {
  const bool bare = words.size() > 1 && words[1] == "-n";
  std::string text;
  for (std::size_t i = bare ? 2 : 1; i < words.size(); ++i) {
    if (!text.empty()) text += ' ';
    text += words[i];
  }
  out(bare ? text : text + "\n");
}

void DemoShell::env(const Words& words) {
  for (const auto& [name, value] : here_.env) {
    if (words.size() == 1) out(std::string(name).append("=").append(value).append("\n"));
    if (words.size() > 1 && words[1] == name) return out(value + "\n");
  }
  if (words.size() > 1) outcome_.exitCode = 1;
}

void DemoShell::exit(const Words& words) {
  outcome_.left = true;
  outcome_.exitCode = words.size() > 1 ? static_cast<int>(number(words[1]).value_or(2)) & 0xFF : lastExitCode_;
}

void DemoShell::exportVariable(const Words& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    if (equals != std::string::npos) here_.env[words[i].substr(0, equals)] = words[i].substr(equals + 1);
  }
}

void DemoShell::fail(const Words& /*words*/) { outcome_.exitCode = 1; }

void DemoShell::help(const Words& /*words*/) {
  std::string names;
  for (const auto& [name, program] : programs()) names.append(1, ' ').append(name);
  out("This is the demonstration shell: nothing runs. It answers" + names + ".\n");
}

void DemoShell::listFiles(const Words& words) {
  bool isLong = false;
  std::string path = here_.workingDirectory;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].front() == '-') {
      isLong = isLong || words[i].find('l') != std::string::npos;
    } else {
      path = resolved(words[i]);
    }
  }
  const auto entries = here_.files->list(path);
  if (!entries) return complain("ls: cannot access '" + path + "': No such file or directory", 2);
  std::string text;
  for (const auto& entry : *entries) {
    const bool coloured = here_.terminal && entry.isDirectory;
    if (isLong) text += longLine(entry);
    text += (coloured ? "\x1b[1;34m" : "") + entry.name + (coloured ? "\x1b[0m" : "");
    text += isLong || !here_.terminal ? "\n" : "  ";
  }
  if (!text.empty() && text.back() != '\n') text += '\n';
  out(text);
}

void DemoShell::makeDirectories(const Words& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "-p") continue;
    const auto made = here_.files->makeDirectory(resolved(words[i]));
    if (!made && words[1] != "-p") complain("mkdir: cannot create directory '" + words[i] + "': File exists");
  }
}

void DemoShell::print(const Words& words) {
  const auto name = words.front().substr(words.front().rfind('/') + 1);
  const auto fixed = fixedAnswers().find(name);
  out(fixed == fixedAnswers().end() ? here_.workingDirectory + "\n" : fixed->second);
}

void DemoShell::printFormatted(const Words& words) {
  if (words.size() > 1) out(formatted(words[1], Words(words.begin() + 2, words.end())));
}

void DemoShell::removeFiles(const Words& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].front() == '-') continue;
    if (!here_.files->remove(resolved(words[i]))) complain("rm: cannot remove '" + words[i] + "': No such file or directory");
  }
}

void DemoShell::seq(const Words& words) {
  constexpr int kMost = 1'000'000;
  const int last = words.size() > 1 ? static_cast<int>(std::min(number(words.back()).value_or(0), double{kMost})) : 0;
  const int first = words.size() > 2 ? static_cast<int>(number(words[1]).value_or(1)) : 1;
  std::string text;
  for (int i = first; i <= last; ++i) text += std::to_string(i) + "\n";
  out(text);
}

void DemoShell::sleep(const Words& words) {
  const auto seconds = words.size() > 1 ? number(words[1]) : std::nullopt;
  if (!seconds || *seconds < 0 || *seconds > 86400) return complain("sleep: invalid time interval");
  outcome_.steps.push_back(
      {DemoStep::Kind::Wait, OutputChannel::Stdout, {}, std::chrono::milliseconds(static_cast<std::int64_t>(*seconds * 1000))});
}

void DemoShell::succeed(const Words& /*words*/) { outcome_.exitCode = 0; }

void DemoShell::top(const Words& /*words*/) {
  if (here_.terminal) {
    outcome_.steps.push_back({DemoStep::Kind::WatchProcesses});
  } else {
    complain("top: failed tty get");
  }
}

void DemoShell::touch(const Words& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto path = resolved(words[i]);
    const auto* node = here_.files->find(path);
    if (node == nullptr && !here_.files->write(path, {})) complain("touch: cannot touch '" + words[i] + "'");
  }
}

void DemoShell::uname(const Words& words) {
  if (words.front().find("hostname") != std::string::npos) return out(here_.hostname + "\n");
  const bool all = words.size() > 1 && words[1] == "-a";
  const bool release = words.size() > 1 && words[1] == "-r";
  if (release) return out("6.1.0-28-cloud-amd64\n");
  out(all ? "Linux " + here_.hostname + " 6.1.0-28-cloud-amd64 #1 SMP Debian 6.1.119-1 x86_64 GNU/Linux\n" : "Linux\n");
}

QByteArray DemoShell::processScreen(int tick) const {
  const char* const names[] = {"python3", "node", "init", "bash", "git", "rg"};
  QByteArray screen("\x1b[H\x1b[2J");
  screen += "top - up 38 min,  1 user,  load average: 0." + QByteArray::number(10 + tick % 37) + ", 0.08, 0.02\r\n";
  screen += "Tasks: \x1b[1m6\x1b[0m total, \x1b[1;32m1 running\x1b[0m, 5 sleeping\r\n\r\n";
  screen += "\x1b[7m    PID USER      %CPU  %MEM COMMAND        \x1b[0m\r\n";
  int pid = 201;
  for (const auto* name : names) {
    const int load = (pid * 13 + tick * 7) % 97;
    const QByteArray colour = load > 70 ? "\x1b[31m" : load > 30 ? "\x1b[33m" : "\x1b[32m";
    screen += QByteArray::number(pid).rightJustified(7) + " user     " + colour +
              QByteArray::number(load / 10.0, 'f', 1).rightJustified(5) + "\x1b[0m" +
              QByteArray::number(2.1 + load / 40.0, 'f', 1).rightJustified(6) + " " + name + "\r\n";
    pid += 17;
  }
  return screen + "\r\nPress q to leave.";
}

}  // namespace terrarium
