// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <functional>
#include <map>

#include "app/cli/mcp/toolcall.h"

namespace terrarium {

/// The tools that are offered: what resources/mcp/tools.json says of them, and the function behind each. A tool that the engine
/// cannot do is in neither.
class ToolSet {
 public:
  using Run = std::function<void(ToolCall&)>;
  ToolSet();

  /// As `tools/list` gives them.
  [[nodiscard]] const QJsonArray& descriptions() const { return descriptions_; }
  /// Null when there is none of that name.
  [[nodiscard]] const Run* find(const QString& name) const;

 private:
  std::map<QString, Run> runs_;
  QJsonArray descriptions_;
};

}  // namespace terrarium
