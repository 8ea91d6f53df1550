// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The edge of HTTP: heads of requests, JSON bodies and answers. What is accepted once has to be accepted again in the form in which
// we write it.

#include <QJsonDocument>
#include <QJsonObject>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdint>
#include <cstdlib>

#include "backend/client/responsebody.h"
#include "backend/client/sseparser.h"
#include "backend/client/websocketframes.h"
#include "backend/httpapi/httpmessage.h"
#include "backend/httpapi/listquery.h"
#include "backend/httpapi/requestorigin.h"
#include "backend/httpapi/utf8cutter.h"
#include "backend/wire/errorjson.h"
#include "backend/wire/eventjson.h"
#include "backend/wire/hostjson.h"
#include "backend/wire/requestjson.h"
#include "backend/wire/sandboxjson.h"
#include "backend/wire/templatejson.h"

using namespace terrarium;
namespace http = boost::beast::http;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

QByteArray bytesOf(boost::string_view text) { return {text.data(), static_cast<qsizetype>(text.size())}; }

QByteArray jsonOf(const QJsonObject& object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

QJsonObject objectIn(const QByteArray& text) { return QJsonDocument::fromJson(text).object(); }

bool isOurs(const QByteArray& host) {
  const auto name = host.startsWith('[') ? host.left(host.indexOf(']') + 1) : host.split(':').first();
  return name == "127.0.0.1" || name == "[::1]" || name == "localhost" || name.endsWith(".localhost") || name == "engine.example";
}

void judge(HttpRequest& request) {
  if (!parseTarget(request.target, request)) return;
  for (const auto& segment : request.segments) require(!segment.isEmpty());
  for (const bool dataPlane : {false, true}) {
    const bool admitted = checkOrigin(request, dataPlane, {"engine.example"}).has_value();
    // Names that are not ours never get to the control plane.
    require(!admitted || dataPlane || isOurs(request.header("host").toLower()));
  }
  static_cast<void>(sandboxIdOf(request));
  static_cast<void>(accessTokenOf(request));
  const auto query = readListQuery(request);
  require(query || !query.error().message.empty());
}

void readHead(const QByteArray& input) {
  boost::beast::error_code error;
  http::request_parser<http::buffer_body> parser;
  parser.header_limit(16 * 1024);
  parser.body_limit(boost::none);
  parser.put(boost::asio::buffer(input.constData(), static_cast<std::size_t>(input.size())), error);
  if (error || !parser.is_header_done()) return;
  HttpRequest request;
  request.method = bytesOf(parser.get().method_string());
  request.target = bytesOf(parser.get().target());
  for (const auto& field : parser.get()) request.headers.append({bytesOf(field.name_string()).toLower(), bytesOf(field.value())});
  judge(request);
}

void readTarget(const QByteArray& input) {
  HttpRequest request;
  request.target = input;
  judge(request);
}

void readCreate(const QByteArray& input) {
  const auto spec = readCreateRequest(input);
  if (!spec) return require(!spec.error().message.empty());
  const auto written = jsonOf(toJson(*spec));
  const auto again = readCreateRequest(written);
  require(again && jsonOf(toJson(*again)) == written);
}

void readPatch(const QByteArray& input) {
  const auto patch = readPatchRequest(input);
  if (!patch) return require(!patch.error().message.empty());
  const auto written = jsonOf(toJson(*patch));
  const auto again = readPatchRequest(written);
  require(again && jsonOf(toJson(*again)) == written);
}

void readExec(const QByteArray& input) {
  const auto exec = readExecRequest(input);
  require(exec ? !exec->command.empty() : !exec.error().message.empty());
}

/// A sandbox or template that another side, which need not be one of ours, answers with.
void readAnswers(const QByteArray& input) {
  const auto object = objectIn(input);
  if (const auto sandbox = sandboxFromJson(object)) {
    const auto written = jsonOf(toJson(*sandbox));
    const auto again = sandboxFromJson(objectIn(written));
    require(again && jsonOf(toJson(*again)) == written);
  }
  if (const auto found = templateFromJson(object)) {
    const auto written = jsonOf(toJson(*found));
    const auto again = templateFromJson(objectIn(written));
    require(again && jsonOf(toJson(*again)) == written);
  }
  if (const auto progress = operationFromJson(object)) require(operationFromJson(toJson(*progress)).has_value());
  static_cast<void>(toJson(statisticsFromJson(object)));
  static_cast<void>(toJson(hostFromJson(object)));
  const auto error = errorFromBody(500, input);
  require(!error.message.empty());
}

/// Calls `feed` with pieces whose lengths the input itself chooses.
template <class Feed>
void inPieces(const QByteArray& input, Feed feed) {
  for (qsizetype at = 0; at < input.size();) {
    const auto length = static_cast<unsigned char>(input.at(at)) % 7 + 1;
    feed(input.mid(at, length));
    at += length;
  }
}

void cutUtf8(const QByteArray& input) {
  Utf8Cutter cutter;
  QString cut;
  inPieces(input, [&](const QByteArray& piece) { cut += QString::fromUtf8(cutter.feed(piece)); });
  cut += QString::fromUtf8(cutter.rest());
  const auto whole = QString::fromUtf8(input);
  // What is text at all must not depend on where it is cut.
  if (!whole.contains(QChar::ReplacementCharacter)) require(cut == whole);
}

void readStreams(const QByteArray& input) {
  SseParser whole, pieces;
  QList<SseEvent> events;
  inPieces(input, [&](const QByteArray& piece) { events += pieces.feed(piece); });
  require(events == whole.feed(input));
  WebSocketFrames frames;
  inPieces(input, [&](const QByteArray& piece) {
    frames.feed(piece);
    while (const auto message = frames.next()) require(message->payload.size() <= WebSocketFrames::kMaxMessageBytes);
  });
}

}  // namespace

// The first byte chooses what the rest is read as.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  constexpr void (*kReaders[])(const QByteArray&) = {readHead, readTarget,  readCreate, readPatch,
                                                     readExec, readAnswers, cutUtf8,    readStreams};
  const QByteArray input(reinterpret_cast<const char*>(data + 1), static_cast<qsizetype>(size - 1));
  kReaders[data[0] % std::size(kReaders)](input);
  return 0;
}
