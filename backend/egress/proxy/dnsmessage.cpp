// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/dnsmessage.h"

#include <algorithm>

namespace terrarium::egress {

namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestLabel = 63;
constexpr std::uint16_t kClassIn = 1;
constexpr std::uint16_t kOpt = 41;
constexpr std::size_t kMinUdp = 512;
constexpr std::size_t kMaxUdp = 1232;

constexpr std::uint16_t kResponse = 0x8000;
constexpr std::uint16_t kOpcode = 0x7800;
constexpr std::uint16_t kTruncated = 0x0200;
constexpr std::uint16_t kRecursionDesired = 0x0100;
constexpr std::uint16_t kRecursionAvailable = 0x0080;

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool atEnd() const { return at_ == bytes_.size(); }
  [[nodiscard]] std::size_t position() const { return at_; }

  std::uint8_t byte() {
    if (at_ >= bytes_.size()) {
      failed_ = true;
      return 0;
    }
    return static_cast<std::uint8_t>(bytes_[at_++]);
  }
  std::uint16_t number() {
    const auto high = byte();
    return static_cast<std::uint16_t>(high << 8 | byte());
  }
  std::string_view take(std::size_t count) {
    if (count > bytes_.size() - at_) {
      failed_ = true;
      return {};
    }
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }

  /// A name without compression; pointers in a question have no honest use.
  std::string name() {
    std::string name;
    const auto begin = at_;
    for (auto length = byte(); length != 0 && !failed_; length = byte()) {
      if (length > kLongestLabel || at_ - begin + length >= kLongestName) {
        failed_ = true;
        break;
      }
      if (!name.empty()) name += '.';
      name += take(length);
    }
    return name;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::string header(std::uint16_t id, bool recursionDesired, DnsCode code) {
  std::string out;
  put(out, id, 2);
  put(out,
      static_cast<std::uint32_t>(kResponse | kRecursionAvailable | (recursionDesired ? kRecursionDesired : 0)) |
          static_cast<std::uint32_t>(code),
      2);
  return out;
}

std::string errorOnly(std::uint16_t id, bool recursionDesired, DnsCode code) {
  auto out = header(id, recursionDesired, code);
  put(out, 0, 4);
  put(out, 0, 4);
  return out;
}

struct Counts {
  std::uint16_t questions, answers, authorities, additional;
};

bool readExtension(Reader& reader, DnsQuestion& question) {
  if (reader.byte() != 0 || reader.number() != kOpt) return false;
  question.udpSize = reader.number();
  (void)reader.take(4);
  (void)reader.take(reader.number());
  return !reader.failed();
}

/// Whether everything behind the header is as it should be.
bool readBody(Reader& reader, const Counts& counts, DnsQuestion& question, std::string_view message) {
  if (counts.questions != 1 || counts.answers != 0 || counts.authorities != 0 || counts.additional > 1) return false;
  question.name = reader.name();
  if (reader.failed()) return false;
  question.encodedName = message.substr(kHeader, reader.position() - kHeader);
  question.type = reader.number();
  if (reader.number() != kClassIn || reader.failed()) return false;
  if (counts.additional == 1 && !readExtension(reader, question)) return false;
  return reader.atEnd();
}

}  // namespace

DnsRequest parseDnsRequest(std::string_view message) {
  DnsRequest request;
  if (message.size() < kHeader) return request;
  Reader reader(message);
  DnsQuestion question;
  question.id = reader.number();
  const auto flags = reader.number();
  if ((flags & kResponse) != 0) return request;
  question.recursionDesired = (flags & kRecursionDesired) != 0;
  if ((flags & kOpcode) != 0) {
    request.errorAnswer = errorOnly(question.id, question.recursionDesired, DnsCode::NotImplemented);
    return request;
  }
  Counts counts{};
  for (auto* count : {&counts.questions, &counts.answers, &counts.authorities, &counts.additional}) *count = reader.number();
  if (message.size() > DnsQuestion::kMaxBytes || !readBody(reader, counts, question, message)) {
    request.errorAnswer = errorOnly(question.id, question.recursionDesired, DnsCode::BadFormat);
    return request;
  }
  request.question = std::move(question);
  return request;
}

std::string dnsAnswer(const DnsQuestion& question, DnsCode code, const std::vector<std::uint32_t>& addresses,
                      std::uint32_t secondsToLive, std::size_t limit) {
  constexpr std::size_t kRecord = 16;
  constexpr std::size_t kOptRecord = 11;
  const auto fixed = kHeader + question.encodedName.size() + 4 + (question.udpSize ? kOptRecord : 0);
  const auto room = limit > fixed ? (limit - fixed) / kRecord : 0;
  const auto count = std::min(addresses.size(), room);
  auto out = header(question.id, question.recursionDesired, code);
  if (count < addresses.size()) out[2] = static_cast<char>(out[2] | (kTruncated >> 8));
  put(out, 1, 2);
  put(out, static_cast<std::uint32_t>(count), 2);
  put(out, 0, 2);
  put(out, question.udpSize ? 1 : 0, 2);
  out += question.encodedName;
  put(out, question.type, 2);
  put(out, kClassIn, 2);
  for (std::size_t i = 0; i < count; ++i) {
    put(out, 0xc000 | kHeader, 2);  // the name of the question
    put(out, DnsQuestion::kA, 2);
    put(out, kClassIn, 2);
    put(out, secondsToLive, 4);
    put(out, 4, 2);
    put(out, addresses[i], 4);
  }
  if (question.udpSize) {
    put(out, 0, 1);
    put(out, kOpt, 2);
    put(out, kMaxUdp, 2);
    put(out, 0, 4);
    put(out, 0, 2);
  }
  return out;
}

std::size_t udpAnswerLimit(const DnsQuestion& question) {
  return std::clamp<std::size_t>(question.udpSize.value_or(kMinUdp), kMinUdp, kMaxUdp);
}

}  // namespace terrarium::egress
