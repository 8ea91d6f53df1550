// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <string>

#include "backend/support/error.h"

namespace terrarium {

/// Standard output and error of the command line. Results go to output; progress and problems to error. Escape codes are used only
/// towards a terminal, colours only without NO_COLOR. Writing waits for a slow reader, which is how a pipe slows a producer down.
class Console {
 public:
  Console();

  void out(const std::string& text);
  void outRaw(const QByteArray& bytes);
  void errRaw(const QByteArray& bytes);
  void out(const QJsonObject& object);
  void out(const QJsonArray& array);
  /// What was made: on a terminal its identity with its name, for a script that reads it the identity alone.
  void outMade(const std::string& id, const std::string& name);
  /// A sentence on standard error, on a line of its own.
  void note(const std::string& text);
  void problem(const Error& error, bool json);

  /// A line that is written over by the next one; only towards a terminal.
  void status(const std::string& text);
  void clearStatus();

  [[nodiscard]] bool isInteractive() const { return errorIsTerminal_; }
  [[nodiscard]] bool hasColour() const { return colour_; }
  /// Asks on the terminal; false without one.
  [[nodiscard]] bool confirm(const std::string& question);

 private:
  bool outputIsTerminal_ = false;
  bool errorIsTerminal_ = false;
  bool colour_ = false;
  bool hasStatus_ = false;
};

}  // namespace terrarium
