// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demofacade.h"
#include "tests/contract/facadecontract.h"

using namespace terrarium;

namespace {

class DemoFixture final : public FacadeFixture {
 public:
  [[nodiscard]] Facade& facade() override { return facade_; }

 private:
  DemoFacade facade_{DemoOptions{std::chrono::milliseconds(10), std::chrono::milliseconds(20), false, nullptr}};
};

}  // namespace

int main(int argc, char** argv) {
  return runFacadeContract(argc, argv, [] { return std::make_unique<DemoFixture>(); });
}
