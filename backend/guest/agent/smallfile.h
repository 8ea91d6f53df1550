// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace terrarium::agent {

/// The content of a small file, also of one in /proc that has no size; empty when it cannot be read. At most 1 MiB.
[[nodiscard]] std::string readSmallFile(const std::string& path);

/// Replaces a file (also a symbolic link) by one with that content, mode 0644. False: it could not be written.
bool writeSmallFile(const std::string& path, std::string_view content);

/// The same, but a regular file of that very length is written over in place, which costs the file system far less.
void refreshSmallFile(const std::string& path, std::string_view content);

/// Writes to an existing file, for example one in /proc/sys.
bool writeInto(const std::string& path, std::string_view content);

}  // namespace terrarium::agent
