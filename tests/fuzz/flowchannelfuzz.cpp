// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "backend/egress/channel/flowchannel.h"

using namespace terrarium::egress;

namespace {

/// Whatever is understood has exactly one spelling.
template <class Message>
void checkSpelling(const Message& message, std::string_view bytes) {
  if (message && std::visit([](const auto& each) { return encoded(each); }, *message) != bytes) std::abort();
}

}  // namespace

// The first byte belongs to the driver.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  checkSpelling(parseFromNetstack(bytes), bytes);
  checkSpelling(parseFromEgress(bytes), bytes);
  return 0;
}
