// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/fileupload.h"

#include <utility>

namespace terrarium {

FileUpload::FileUpload(AgentConversation& conversation, const std::string& path) : conversation_(&conversation) {
  guest::HostFrame first;
  first.mutable_write_file()->set_path(path);
  const auto id = conversation_->begin(*this, std::move(first));
  if (id) {
    id_ = *id;
    return;
  }
  QMetaObject::invokeMethod(
      this, [this, error = id.error()] { emit failed(error); }, Qt::QueuedConnection);
}

FileUpload::~FileUpload() {
  if (id_ == 0 || !conversation_) return;
  guest::HostFrame frame;
  frame.mutable_cancel();
  conversation_->send(id_, std::move(frame));
  signOff();
}

void FileUpload::signOff() {
  if (conversation_ && id_ != 0) conversation_->signOff(id_);
  id_ = 0;
}

void FileUpload::write(const QByteArray& bytes) {
  if (id_ == 0) return;
  content_.add(bytes);
  sendContent();
}

void FileUpload::finish() {
  content_.end();
  sendContent();
}

void FileUpload::sendContent() {
  if (!conversation_ || id_ == 0) return;
  if (content_.sendTo(*conversation_, id_)) QMetaObject::invokeMethod(this, &FileUpload::drained, Qt::QueuedConnection);
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
      signOff();
      emit stored(frame.end().size());
      return {};
    case Body::kFailure:
      signOff();
      emit failed(toError(frame.failure()));
      return {};
    default:
      return "it answered the storing of a file with something else";
  }
}

void FileUpload::brokenOff(const Error& error) {
  id_ = 0;
  emit failed(error);
}

}  // namespace terrarium
