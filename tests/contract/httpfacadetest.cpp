// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpfacade.h"
#include "backend/demo/demofacade.h"
#include "backend/httpapi/httpserver.h"
#include "tests/contract/facadecontract.h"

using namespace terrarium;

namespace {

/// The client over a real socket of this machine to the server, behind which the demonstration works.
class HttpFixture final : public FacadeFixture {
 public:
  HttpFixture() : server_(demo_, config()) {
    const auto port = server_.start();
    if (!port) qFatal("the server does not listen: %s", port.error().message.c_str());
    client_ = std::make_unique<HttpFacade>(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*port)), config().apiKey);
    // The first call connects.
    (void)client_->events();
  }
  [[nodiscard]] Facade& facade() override { return *client_; }
  [[nodiscard]] bool connectsPorts() const override { return false; }

 private:
  static HttpConfig config() {
    HttpConfig config;
    config.apiKey = QStringLiteral("ss_live_contract");
    config.tokenSeed = "seed of the contract";
    return config;
  }

  DemoFacade demo_{DemoOptions{std::chrono::milliseconds(10), std::chrono::milliseconds(20), false, nullptr}};
  HttpServer server_;
  std::unique_ptr<HttpFacade> client_;
};

}  // namespace

int main(int argc, char** argv) {
  return runFacadeContract(argc, argv, [] { return std::make_unique<HttpFixture>(); });
}
