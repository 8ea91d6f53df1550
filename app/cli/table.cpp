// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/table.h"

#include <algorithm>

#include "app/cli/printable.h"

namespace terrarium {

namespace {
constexpr std::size_t kGap = 2;

void appendRow(std::string& text, const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += cells[i];
    if (i + 1 < cells.size()) line.append(widths[i] - columnsOf(cells[i]) + kGap, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}
}  // namespace

std::string Table::text() const {
  std::vector<std::vector<std::string>> lines{headings_};
  for (const auto& row : rows_) {
    lines.emplace_back();
    std::transform(row.begin(), row.end(), std::back_inserter(lines.back()),
                   [](const std::string& cell) { return printable(cell); });
  }
  std::vector<std::size_t> widths(headings_.size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size() && i < widths.size(); ++i) widths[i] = std::max(widths[i], columnsOf(line[i]));
  }
  std::string text;
  for (const auto& line : lines) appendRow(text, line, widths);
  return text;
}

}  // namespace terrarium
