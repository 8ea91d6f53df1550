// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/fileupload.h"

#include <utility>

namespace terrarium {

FileUpload::FileUpload(AgentConversation& conversation, const std::string& path) : seat_(conversation) {
  guest::HostFrame first;
  first.mutable_write_file()->set_path(path);
  const auto taken = seat_.take(*this, std::move(first));
  if (taken) return;
  QMetaObject::invokeMethod(
      this, [this, error = taken.error()] { emit failed(error); }, Qt::QueuedConnection);
}

void FileUpload::write(const QByteArray& bytes) {
  if (!seat_.isTaken()) return;
  content_.add(bytes);
  sendContent();
}

void FileUpload::finish() {
  content_.end();
  sendContent();
}

void FileUpload::sendContent() {
  if (content_.sendTo(seat_)) QMetaObject::invokeMethod(this, &FileUpload::drained, Qt::QueuedConnection);
}

std::string FileUpload::receive(const guest::GuestFrame& frame) {
  using Body = guest::GuestFrame::BodyCase;
  switch (frame.body_case()) {
    case Body::kCredit:
      if (!content_.credited(frame.credit())) return "it gave credit for content that it never got";
      sendContent();
      return {};
    case Body::kEnd:
      if (frame.end().size() < 0) return "it stored less than nothing";
      seat_.leave();
      emit stored(frame.end().size());
      return {};
    case Body::kFailure:
      seat_.leave();
      emit failed(toError(frame.failure()));
      return {};
    default:
      return "it answered the storing of a file with something else";
  }
}

void FileUpload::brokenOff(const Error& error) {
  seat_.lose();
  emit failed(error);
}

}  // namespace terrarium
