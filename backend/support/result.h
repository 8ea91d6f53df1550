// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "backend/support/error.h"

namespace terrarium {

/// A value or the reason why there is none. Nothing throws across a border, so every call that can fail returns one.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Failure = tl::unexpected<Error>;

/// `return failure(error);` from any function that returns a Result.
[[nodiscard]] inline Failure failure(Error error) { return Failure(std::move(error)); }

[[nodiscard]] inline Failure failure(ErrorCode code, std::string message, std::string detail = {}) {
  return Failure(Error{code, std::move(message), std::move(detail), {}});
}

}  // namespace terrarium
