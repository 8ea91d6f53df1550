// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/portscontract.h"

#include "tests/support/builders.h"

namespace terrarium {

namespace {
constexpr int kListening = 8000;
constexpr int kSilent = 8001;
}  // namespace

void PortsContract::follow(PortConnection& connection, Log& log) {
  connect(&connection, &PortConnection::opened, this, [&] { log.opened = true; });
  connect(&connection, &PortConnection::received, this, [&](const QByteArray& bytes) {
    log.received += bytes;
    connection.consumed(bytes.size());
  });
  connect(&connection, &PortConnection::ended, this, [&] { log.ended = true; });
  connect(&connection, &PortConnection::closed, this, [&] { log.closed = true; });
  connect(&connection, &PortConnection::failed, this, [&](const Error& error) { log.error = error; });
}

std::optional<ErrorCode> PortsContract::refusal(const SandboxId& id, int port) {
  Log log;
  const auto connection = facade().ports().connectPort(id, port);
  follow(*connection, log);
  (void)waitFor([&] { return log.opened || log.error; });
  return log.error ? std::optional<ErrorCode>(log.error->code) : std::nullopt;
}

void PortsContract::whatListensAnswers() {
  if (!fixture().connectsPorts()) QSKIP("has no raw connections");
  const auto info = made(sandboxSpec("web"));
  Log log;
  const auto connection = facade().ports().connectPort(info.id, kListening);
  follow(*connection, log);
  QVERIFY(waitFor([&] { return log.opened; }));
  connection->write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  QVERIFY(waitFor([&] { return log.ended; }));
  QVERIFY(log.received.startsWith("HTTP/1.1 200 "));
  QVERIFY(!log.closed);
  connection->closeWrite();
  QVERIFY(waitFor([&] { return log.closed; }));
  QVERIFY(!log.error);
}

void PortsContract::whereNothingListensIsNotFound() {
  const auto info = made(sandboxSpec("web"));
  QCOMPARE(refusal(info.id, kSilent), ErrorCode::NotFound);
}

void PortsContract::aPausedSandboxTakesNoConnection() {
  if (!fixture().connectsPorts()) QSKIP("has no raw connections");
  const auto info = madePaused(sandboxSpec("web"));
  QCOMPARE(refusal(info.id, kListening), ErrorCode::NotRunning);
}

void PortsContract::aPauseEndsConnections() {
  if (!fixture().connectsPorts()) QSKIP("has no raw connections");
  const auto info = made(sandboxSpec("web"));
  Log log;
  const auto connection = facade().ports().connectPort(info.id, kListening);
  follow(*connection, log);
  QVERIFY(waitFor([&] { return log.opened; }));
  VERIFY_WENT_WELL(await(facade().sandboxes().pause(info.id)));
  QVERIFY(waitFor([&] { return log.error.has_value(); }));
  QCOMPARE(log.error->code, ErrorCode::NotRunning);
}

void PortsContract::anUnknownSandboxIsNotFound() { QCOMPARE(refusal(sandboxId(), kListening), ErrorCode::NotFound); }

}  // namespace terrarium
