// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/support/result.h"

namespace terrarium {

/// One simple command of a line for the make-believe shell.
struct DemoCommandLine {
  enum class When { Always, AfterSuccess, AfterFailure };
  When when = When::Always;
  std::vector<std::string> words;
  bool stdoutToStderr = false;
  bool stderrToStdout = false;
  std::string outputFile;  ///< of `>` and `>>`; empty: none
  bool append = false;
};

/// Splits a line at ; && || and newlines, understands quotes, $NAME, ${NAME} and the redirections above. Pipes, substitutions and
/// the like are refused with the sentence that the shell prints.
[[nodiscard]] Result<std::vector<DemoCommandLine>> parseDemoLine(std::string_view line,
                                                                 const std::function<std::string(std::string_view)>& variable);

}  // namespace terrarium
