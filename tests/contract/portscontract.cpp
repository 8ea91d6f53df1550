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

void PortsContract::portsArePublishedAndUnpublished() {
  const auto info = made(sandboxSpec("web"));
  const auto port = *PreviewPort::parse(kListening);
  auto& ports = facade().ports();
  const auto published = await(ports.publish(info.id, port, PreviewAccess::Private));
  VERIFY_WENT_WELL(published);
  QVERIFY(published->access == PreviewAccess::Private);
  const auto settings = await(ports.previews(info.id));
  VERIFY_WENT_WELL(settings);
  QVERIFY(settings->access() == PreviewAccess::Public);
  QVERIFY(settings->ports() == std::vector<PublishedPort>{*published});
  VERIFY_WENT_WELL(await(ports.unpublish(info.id, port)));
  VERIFY_WENT_WELL(await(ports.unpublish(info.id, port)));
  COMPARE_PROBLEM(await(ports.rotateToken(info.id, port)), ErrorCode::NotFound);
  const auto again = await(ports.publish(info.id, port, PreviewAccess::Private));
  VERIFY_WENT_WELL(again);
  QVERIFY(again->tokenVersion > published->tokenVersion);
  COMPARE_PROBLEM(await(ports.publish(sandboxId(), port, {})), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(ports.previews(sandboxId())), ErrorCode::NotFound);
}

void PortsContract::previewAccessIsSetAndChanged() {
  auto request = sandboxRequest("web");
  request.previewAccess = "private";
  const auto info = made(sandboxSpec(request));
  QVERIFY(info.previews.access() == PreviewAccess::Private);
  PatchRequest patch;
  patch.previewAccess = "public";
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, sandboxPatch(patch))));
  const auto changed = await(facade().sandboxes().get(info.id));
  VERIFY_WENT_WELL(changed);
  QVERIFY(changed->previews.access() == PreviewAccess::Public);
}

void PortsContract::aCloneShowsNoMoreThanItsSource() {
  auto request = sandboxRequest("web");
  request.previewAccess = "private";
  const auto info = made(sandboxSpec(request));
  VERIFY_WENT_WELL(await(facade().ports().publish(info.id, *PreviewPort::parse(kListening), {})));
  const auto clones = await(facade().sandboxes().fork(info.id, *ForkSpec::parse({}), {}));
  VERIFY_WENT_WELL(clones);
  const auto settings = await(facade().ports().previews(clones->front().id));
  VERIFY_WENT_WELL(settings);
  QVERIFY(settings->access() == PreviewAccess::Private);
  QVERIFY(settings->accessTo(kListening) == PreviewAccess::Private);
  QVERIFY(!settings->accessTo(kListening + 1));
}

}  // namespace terrarium
