// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/console.h"

#include <QJsonDocument>
#include <array>
#include <cerrno>
#include <cstdio>
#include <unistd.h>

#include "app/cli/printable.h"
#include "backend/wire/errorjson.h"

namespace terrarium {

namespace {
void writeAll(int descriptor, const char* data, std::size_t size) {
  while (size > 0) {
    const auto written = ::write(descriptor, data, size);
    if (written < 0 && errno == EINTR) continue;
    // Nobody reads any more or the disk is full: there is nobody left to tell.
    if (written <= 0) ::_exit(1);
    data += written;
    size -= static_cast<std::size_t>(written);
  }
}

void writeAll(int descriptor, const std::string& text) { writeAll(descriptor, text.data(), text.size()); }

// Messages may hold several lines (candidates), but nothing else that moves the cursor.
std::string printableLines(const std::string& text) {
  std::string result;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    if (begin > 0) result += '\n';
    result += printable(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}
}  // namespace

Console::Console() {
  errorIsTerminal_ = ::isatty(STDERR_FILENO) == 1 && qgetenv("TERM") != "dumb";
  outputIsTerminal_ = ::isatty(STDOUT_FILENO) == 1;
  colour_ = outputIsTerminal_ && qEnvironmentVariableIsEmpty("NO_COLOR");
}

void Console::out(const std::string& text) {
  clearStatus();
  writeAll(STDOUT_FILENO, text);
}

void Console::outRaw(const QByteArray& bytes) {
  writeAll(STDOUT_FILENO, bytes.constData(), static_cast<std::size_t>(bytes.size()));
}
void Console::errRaw(const QByteArray& bytes) {
  writeAll(STDERR_FILENO, bytes.constData(), static_cast<std::size_t>(bytes.size()));
}
void Console::out(const QJsonObject& object) { out(QJsonDocument(object).toJson(QJsonDocument::Indented).toStdString()); }
void Console::out(const QJsonArray& array) { out(QJsonDocument(array).toJson(QJsonDocument::Indented).toStdString()); }

void Console::outMade(const std::string& id, const std::string& name) {
  out(id + (outputIsTerminal_ ? "  " + printable(name) : std::string()) + "\n");
}

void Console::note(const std::string& text) {
  clearStatus();
  writeAll(STDERR_FILENO, printableLines(text) + "\n");
}

void Console::problem(const Error& error, bool json) {
  if (!json) return note("terrariumctl: " + error.message);
  const QJsonObject object{{QStringLiteral("error"), toJson(error)}};
  writeAll(STDERR_FILENO, QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + "\n");
}

void Console::status(const std::string& text) {
  if (!errorIsTerminal_) return;
  writeAll(STDERR_FILENO, "\r\x1b[K" + printable(text));
  hasStatus_ = true;
}

void Console::clearStatus() {
  if (!hasStatus_) return;
  writeAll(STDERR_FILENO, "\r\x1b[K");
  hasStatus_ = false;
}

bool Console::confirm(const std::string& question) {
  if (::isatty(STDIN_FILENO) != 1) return false;
  writeAll(STDERR_FILENO, printableLines(question) + " [y/N] ");
  std::array<char, 64> answer{};
  const auto length = ::read(STDIN_FILENO, answer.data(), answer.size());
  return length > 0 && (answer[0] == 'y' || answer[0] == 'Y');
}

}  // namespace terrarium
