// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/sseparser.h"

namespace terrarium {

QList<SseEvent> SseParser::feed(const QByteArray& bytes) {
  QList<SseEvent> events;
  for (const char byte : bytes) {
    // CR, LF and CRLF all end a line; the LF of a CRLF may come with the next bytes.
    const bool second = afterCarriageReturn_ && byte == '\n';
    afterCarriageReturn_ = byte == '\r';
    if (second) continue;
    if (byte == '\n' || byte == '\r') {
      endLine(events);
    } else if (line_.size() + event_.data.size() < kMaxEventBytes) {
      line_.append(byte);
    } else {
      tooLarge_ = true;
    }
  }
  return events;
}

void SseParser::endLine(QList<SseEvent>& events) {
  if (line_.isEmpty()) return endEvent(events);
  const auto colon = line_.indexOf(':');
  const auto field = colon < 0 ? line_ : line_.left(colon);
  auto value = colon < 0 ? QByteArray() : line_.mid(colon + 1);
  if (value.startsWith(' ')) value.remove(0, 1);
  if (field == "data") {
    if (hasData_) event_.data.append('\n');
    event_.data.append(value);
    hasData_ = true;
  } else if (field == "event") {
    event_.name = value;
  }
  line_.clear();
}

void SseParser::endEvent(QList<SseEvent>& events) {
  if (tooLarge_) {
    ++dropped_;
  } else if (hasData_) {
    events.append(event_);
  }
  event_ = {};
  hasData_ = false;
  tooLarge_ = false;
}

}  // namespace terrarium
