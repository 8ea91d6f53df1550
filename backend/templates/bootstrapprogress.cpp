// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/bootstrapprogress.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace terrarium {

namespace {

struct Stage {
  const char* announced;
  const char* title;
  double from, to;
  bool installing;
};

// Shares of the time that a base root file system takes.
constexpr std::array kStages{
    Stage{"I: running apt-get update", "Reading package lists", 0.0, 0.08, false},
    Stage{"I: downloading packages with apt", "Fetching packages", 0.08, 0.2, false},
    Stage{"I: extracting archives", "Unpacking packages", 0.2, 0.25, false},
    Stage{"I: installing essential packages", "Installing essential packages", 0.25, 0.55, true},
    Stage{"I: installing remaining packages", "Installing packages", 0.55, 0.95, true},
    Stage{"I: creating tarball", "Packing the root file system", 0.95, 1.0, false},
};

}  // namespace

std::optional<ImageProgress> BootstrapProgress::read(const QString& line) {
  for (const auto& stage : kStages) {
    if (!line.startsWith(QLatin1String(stage.announced))) continue;
    from_ = stage.from;
    to_ = stage.to;
    installing_ = stage.installing;
    handled_ = 0;
    furthest_ = std::max(furthest_, from_);
    return ImageProgress{stage.title, furthest_, {}};
  }
  return step(line);
}

std::optional<ImageProgress> BootstrapProgress::step(const QString& line) {
  static const QRegularExpression announced(QStringLiteral("^\\d+ upgraded, (\\d+) newly installed"));
  if (const auto match = announced.match(line); match.hasMatch()) {
    packages_ = match.captured(1).toInt();
    return {};
  }
  const bool counts = installing_ ? line.startsWith(QLatin1String("Unpacking ")) || line.startsWith(QLatin1String("Setting up "))
                                  : line.startsWith(QLatin1String("Get:"));
  if (!counts || packages_ <= 0) return {};
  ++handled_;
  const double share = std::min(1.0, double(handled_) / (installing_ ? 2 * packages_ : packages_));
  furthest_ = std::max(furthest_, from_ + (to_ - from_) * share);
  return ImageProgress{{}, furthest_, {}};
}

}  // namespace terrarium
