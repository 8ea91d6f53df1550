// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewrequest.h"

#include <QByteArrayList>
#include <algorithm>
#include <array>

namespace terrarium {

namespace {

constexpr std::array kHopByHop{
    "connection",        "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",    "content-length"};
/// Ours, or set anew below.
constexpr std::array kNotForSandboxes{"x-api-key",
                                      "x-access-token",
                                      "x-superserve-sandbox-id",
                                      "x-forwarded-for",
                                      "x-forwarded-host",
                                      "x-forwarded-proto",
                                      "x-forwarded-port",
                                      "forwarded",
                                      "x-real-ip",
                                      "x-superserve-preview-token",
                                      "expect"};

bool isOneOf(const auto& names, const QByteArray& name) {
  return std::any_of(names.begin(), names.end(), [&name](const char* each) { return name == each; });
}

bool isTokenItem(const QByteArray& item, const QByteArray& name) { return item == name || item.startsWith(name + '='); }

bool isTokenCookie(const QByteArray& item) {
  return isTokenItem(item, kPreviewTokenCookie) || isTokenItem(item, kPreviewTokenHostCookie);
}

QByteArray cookiesWithoutToken(const QByteArray& value) {
  QByteArrayList kept;
  for (const auto& item : value.split(';')) {
    if (!isTokenCookie(item.trimmed())) kept << item.trimmed();
  }
  return kept.join("; ");
}

void addLine(QByteArray& head, const QByteArray& name, const QByteArray& value) { head += name + ": " + value + "\r\n"; }

void addFraming(QByteArray& head, const HttpRequest& request) {
  if (request.isWebSocket) {
    addLine(head, "Connection", "Upgrade");
    addLine(head, "Upgrade", "websocket");
    return;
  }
  addLine(head, "Connection", "close");
  if (isChunked(request))
    addLine(head, "Transfer-Encoding", "chunked");
  else if (request.contentLength >= 0)
    addLine(head, "Content-Length", QByteArray::number(request.contentLength));
}

}  // namespace

PreviewToken previewTokenOf(const HttpRequest& request) {
  using Source = PreviewToken::Source;
  if (const auto value = request.header(kPreviewTokenHeader); !value.isEmpty()) return {Source::Header, value};
  if (const auto value = request.queryValue(QString::fromLatin1(kPreviewTokenQuery))) return {Source::Query, value->toUtf8()};
  for (const auto& [name, value] : request.headers) {
    if (name != "cookie") continue;
    for (const auto& item : value.split(';')) {
      const auto cookie = item.trimmed();
      if (isTokenCookie(cookie)) return {Source::Cookie, cookie.mid(cookie.indexOf('=') + 1)};
    }
  }
  return {};
}

QByteArray targetWithoutToken(const QByteArray& target) {
  const auto question = target.indexOf('?');
  if (question < 0) return target;
  QByteArrayList kept;
  for (const auto& item : target.mid(question + 1).split('&')) {
    // Escaped spellings name the same parameter.
    const auto name = QByteArray::fromPercentEncoding(item.split('=').first());
    if (name != kPreviewTokenQuery) kept << item;
  }
  const auto path = target.left(question);
  return kept.isEmpty() ? path : path + '?' + kept.join('&');
}

bool isHopByHop(const QByteArray& name, const QByteArray& connection) {
  if (isOneOf(kHopByHop, name)) return true;
  for (const auto& named : connection.split(',')) {
    if (named.trimmed().toLower() == name) return true;
  }
  return false;
}

QByteArray forwardedHead(const HttpRequest& request) {
  auto head = request.method + ' ' + targetWithoutToken(request.target) + " HTTP/1.1\r\n";
  QByteArray connection;
  for (const auto& [name, value] : request.headers) {
    if (name == "connection") connection += value + ',';
  }
  // The host stays as the browser wrote it: programs compare it with Origin, and take names below localhost for this machine.
  for (const auto& [name, value] : request.headers) {
    if (name != "host" && (isHopByHop(name, connection) || isOneOf(kNotForSandboxes, name))) continue;
    const auto passed = name == "cookie" ? cookiesWithoutToken(value) : value;
    if (!passed.isEmpty() || name != "cookie") addLine(head, name, passed);
  }
  addLine(head, "X-Forwarded-For", request.peer);
  addLine(head, "X-Forwarded-Host", request.header("host"));
  addLine(head, "X-Forwarded-Proto", "http");
  addFraming(head, request);
  return head + "\r\n";
}

bool isChunked(const HttpRequest& request) { return !request.header("transfer-encoding").isEmpty(); }

}  // namespace terrarium
