// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/stream.h"

#include <algorithm>

#include "backend/guest/agentprotocol.h"

namespace terrarium::agent {

namespace {

guest::Failure::Kind kindOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::BadRequest:
      return guest::Failure::BAD_REQUEST;
    case ErrorCode::NotFound:
      return guest::Failure::NOT_FOUND;
    case ErrorCode::FileSystem:
      return guest::Failure::FILE_SYSTEM;
    case ErrorCode::StorageFull:
      return guest::Failure::STORAGE_FULL;
    case ErrorCode::TooLarge:
      return guest::Failure::TOO_LARGE;
    default:
      return guest::Failure::INTERNAL;
  }
}

}  // namespace

guest::Failure toFailure(const Error& error, int errorNumber) {
  guest::Failure failure;
  failure.set_kind(kindOf(error.code));
  failure.set_error_number(errorNumber);
  failure.set_message(error.message);
  failure.set_field(error.field);
  return failure;
}

void Stream::receive(const guest::HostFrame& frame) {
  using Body = guest::HostFrame::BodyCase;
  switch (frame.body_case()) {
    case Body::kData:
      return dataReceived(frame.data());
    case Body::kEnd:
      return endReceived();
    case Body::kSignal:
      return signalReceived(frame.signal());
    case Body::kResize:
      return resized(frame.resize().columns(), frame.resize().rows());
    case Body::kCredit:
      window_ += frame.credit();
      pump();
      return;
    case Body::kCancel:
      return finish();
    default:
      return;
  }
}

std::size_t Stream::allowance() const { return std::min({window_, channel_.room(), guest::kChunk}); }

void Stream::sendContent(guest::GuestFrame& frame, std::size_t contentBytes) {
  window_ -= std::min(window_, contentBytes);
  sendFrame(frame);
}

void Stream::sendFrame(guest::GuestFrame& frame) {
  frame.set_stream(id_);
  channel_.send(frame);
}

void Stream::fail(const Error& error, int errorNumber) {
  guest::GuestFrame frame;
  *frame.mutable_failure() = toFailure(error, errorNumber);
  sendFrame(frame);
  finish();
}

void Stream::giveCredit(std::size_t bytes) {
  owedCredit_ += bytes;
  if (owedCredit_ < guest::kCreditPortion) return;
  guest::GuestFrame frame;
  frame.set_credit(static_cast<std::uint32_t>(owedCredit_));
  owedCredit_ = 0;
  sendFrame(frame);
}

}  // namespace terrarium::agent
