// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <string>

#include "backend/demo/demofiletree.h"

namespace terrarium {

/// The directory as a zip archive whose entries are stored uncompressed under the directory's base name.
[[nodiscard]] QByteArray zipOf(const DemoFileTree& tree, const std::string& directory);

}  // namespace terrarium
