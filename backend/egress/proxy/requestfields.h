// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrarium::egress {

/// The fields of a request's head that decide where it goes and where it ends; each may stand there once.
struct RequestFields {
  std::optional<std::string_view> host;
  std::optional<std::uint64_t> length;
  std::optional<std::string> coding;
  std::optional<std::string> upgrade;
};

/// Takes "name: value" lines, each ended by CR LF, into `fields`. The reason why they are bad, or nothing.
[[nodiscard]] const char* readRequestFields(std::string_view lines, RequestFields& fields);

/// Of RFC 9110, what names of methods and fields are made of.
[[nodiscard]] bool isHttpToken(std::string_view text);

[[nodiscard]] std::string lowerCase(std::string_view text);

}  // namespace terrarium::egress
