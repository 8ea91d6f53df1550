// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

namespace terrarium {

/// One server-sent event. `name` is empty when the stream gave none.
struct SseEvent {
  QByteArray name;
  QByteArray data;
  bool operator==(const SseEvent&) const = default;
};

/// Cuts a text/event-stream into events, however its bytes are split. Pure. Comments and unknown fields are skipped. An event that
/// grows beyond the limit is dropped as a whole and counted.
class SseParser {
 public:
  static constexpr qsizetype kMaxEventBytes = 8 * 1024 * 1024;

  [[nodiscard]] QList<SseEvent> feed(const QByteArray& bytes);
  [[nodiscard]] int droppedEvents() const { return dropped_; }

 private:
  void endLine(QList<SseEvent>& events);
  void endEvent(QList<SseEvent>& events);
  QByteArray line_;
  SseEvent event_;
  bool hasData_ = false;
  bool tooLarge_ = false;
  bool afterCarriageReturn_ = false;
  int dropped_ = 0;
};

}  // namespace terrarium
