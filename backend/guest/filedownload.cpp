// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/filedownload.h"

#include <utility>

namespace terrarium {

namespace {
constexpr std::size_t kLongestName = 1024;
constexpr std::uint32_t kPermissionBits = 07777;
}  // namespace

Result<FileEntry> toFileEntry(const guest::Entry& entry) {
  const bool isRoot = entry.name() == "/";
  if (entry.name().empty() || entry.name().size() > kLongestName || entry.size() < -1 ||
      (!isRoot && entry.name().find_first_of(std::string_view("/\0", 2)) != std::string::npos)) {
    return failure(ErrorCode::Internal, "The guest agent described a file that cannot be.");
  }
  return FileEntry{entry.name(),     entry.is_directory(),           entry.size(),
                   entry.modified(), entry.mode() & kPermissionBits, entry.is_symlink()};
}

FileDownload::FileDownload(AgentConversation& conversation, guest::HostFrame first) : seat_(conversation) {
  const auto taken = seat_.take(*this, std::move(first));
  if (taken) return;
  QMetaObject::invokeMethod(
      this, [this, error = taken.error()] { emit failed(error); }, Qt::QueuedConnection);
}

void FileDownload::consumed(qint64 bytes) { credit_.consumed(bytes, seat_); }

std::string FileDownload::receive(const guest::GuestFrame& frame) {
  using Body = guest::GuestFrame::BodyCase;
  switch (frame.body_case()) {
    case Body::kOpened:
      return receiveOpened(frame.opened());
    case Body::kData:
      return receiveData(frame.data());
    case Body::kEnd:
      if (!open_) return "it ended a file that it had not opened";
      seat_.leave();
      emit finished();
      return {};
    case Body::kFailure:
      seat_.leave();
      emit failed(toError(frame.failure()));
      return {};
    default:
      return "it answered a request for a file with something else";
  }
}

std::string FileDownload::receiveOpened(const guest::Entry& entry) {
  const auto checked = toFileEntry(entry);
  if (!checked || open_) return "it opened a file in a way that makes no sense";
  open_ = true;
  emit opened(*checked);
  return {};
}

std::string FileDownload::receiveData(const std::string& data) {
  if (!open_ || !credit_.received(data.size())) return "it sent more of a file than it was allowed to";
  emit chunkReceived(QByteArray(data.data(), static_cast<qsizetype>(data.size())));
  return {};
}

void FileDownload::brokenOff(const Error& error) {
  seat_.lose();
  emit failed(error);
}

}  // namespace terrarium
