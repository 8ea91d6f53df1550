// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/httpmessage.h"

namespace terrarium {

namespace {
constexpr qsizetype kMaxSegments = 32;
constexpr qsizetype kMaxQueryItems = 128;

int hexDigit(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return -1;
}

/// Nothing when an escape is broken or the result is not UTF-8.
std::optional<QString> decoded(const QByteArray& text, bool plusIsSpace) {
  QByteArray bytes;
  for (qsizetype i = 0; i < text.size(); ++i) {
    const char character = text.at(i);
    if (character == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hexDigit(text.at(i + 1));
      const int low = hexDigit(text.at(i + 2));
      if (high < 0 || low < 0) return std::nullopt;
      bytes += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      bytes += plusIsSpace && character == '+' ? ' ' : character;
    }
  }
  const auto result = QString::fromUtf8(bytes);
  if (result.toUtf8() != bytes) return std::nullopt;
  return result;
}

bool parseQuery(const QByteArray& text, HttpRequest& request) {
  for (const auto& item : text.split('&')) {
    if (item.isEmpty()) continue;
    const auto equals = item.indexOf('=');
    const auto key = decoded(equals < 0 ? item : item.left(equals), true);
    const auto value = decoded(equals < 0 ? QByteArray() : item.mid(equals + 1), true);
    if (!key || !value || request.query.size() >= kMaxQueryItems) return false;
    request.query.append({*key, *value});
  }
  return true;
}
}  // namespace

bool parseTarget(const QByteArray& target, HttpRequest& request) {
  if (!target.startsWith('/') || target.contains('#')) return false;
  const auto question = target.indexOf('?');
  const auto path = question < 0 ? target : target.left(question);
  for (const auto& segment : path.split('/')) {
    if (segment.isEmpty()) continue;
    const auto text = decoded(segment, false);
    if (!text || request.segments.size() >= kMaxSegments) return false;
    request.segments << *text;
  }
  return question < 0 || parseQuery(target.mid(question + 1), request);
}

QByteArray reasonPhrase(int status) {
  switch (status) {
    case 101:
      return "Switching Protocols";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 416:
      return "Range Not Satisfiable";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 507:
      return "Insufficient Storage";
    default:
      return "Status";
  }
}

}  // namespace terrarium
