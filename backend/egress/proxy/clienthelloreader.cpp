// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/clienthelloreader.h"

#include "backend/egress/policy/hostname.h"

namespace terrarium::egress {

namespace {

constexpr std::size_t kRecordHeader = 5;
constexpr std::size_t kMaxRecord = std::size_t{16} * 1024;
constexpr unsigned char kHandshake = 22;
constexpr unsigned char kClientHello = 1;
constexpr std::size_t kHandshakeHeader = 4;
constexpr std::size_t kServerName = 0;

/// Takes length-prefixed fields from the front; a field that is not whole makes it fail.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : rest_(bytes) {}

  std::size_t number(std::size_t bytes) {
    const auto field = take(bytes);
    std::size_t value = 0;
    for (const char c : field) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  std::string_view take(std::size_t count) {
    if (failed_ || count > rest_.size()) {
      failed_ = true;
      return {};
    }
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  /// A field with its length, of so many bytes, before it.
  std::string_view vector(std::size_t lengthBytes) { return take(number(lengthBytes)); }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool isEmpty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

ClientHelloReader::Step ClientHelloReader::bad(std::string reason) {
  name_.clear();
  reason_ = std::move(reason);
  return step_ = Step::Bad;
}

ClientHelloReader::Step ClientHelloReader::feed(std::string_view bytes) {
  if (step_ != Step::NeedMore) return step_;
  seen_ += bytes.size();
  if (seen_ > kMaxBytes) return bad("its TLS greeting is too long");
  unread_.append(bytes);
  return step_ = takeRecords();
}

ClientHelloReader::Step ClientHelloReader::takeRecords() {
  std::size_t at = 0;
  auto step = Step::NeedMore;
  while (step == Step::NeedMore && unread_.size() - at >= kRecordHeader) {
    Fields header(std::string_view(unread_).substr(at, kRecordHeader));
    const auto type = header.number(1);
    const auto major = header.number(1);
    (void)header.number(1);
    const auto length = header.number(2);
    if (type != kHandshake || major != 3) return bad("it does not begin with a TLS greeting");
    if (length == 0 || length > kMaxRecord) return bad("its TLS record has an invalid length");
    if (unread_.size() - at - kRecordHeader < length) break;
    step = takeRecord(std::string_view(unread_).substr(at + kRecordHeader, length));
    at += kRecordHeader + length;
  }
  unread_.erase(0, at);
  return step;
}

ClientHelloReader::Step ClientHelloReader::takeRecord(std::string_view record) {
  if (handshake_.size() + record.size() > kMaxHello + kMaxRecord) return bad("its TLS greeting is too long");
  handshake_.append(record);
  if (static_cast<unsigned char>(handshake_.front()) != kClientHello) return bad("it does not begin with a TLS greeting");
  if (handshake_.size() < kHandshakeHeader) return Step::NeedMore;
  const auto length = Fields(std::string_view(handshake_).substr(1, 3)).number(3);
  if (length > kMaxHello) return bad("its TLS greeting is too long");
  if (handshake_.size() < kHandshakeHeader + length) return Step::NeedMore;
  return readHello(std::string_view(handshake_).substr(kHandshakeHeader, length));
}

ClientHelloReader::Step ClientHelloReader::readHello(std::string_view body) {
  Fields hello(body);
  (void)hello.take(2 + 32);  // version, random
  (void)hello.vector(1);     // session
  (void)hello.vector(2);     // cipher suites
  (void)hello.vector(1);     // compression
  if (hello.failed()) return bad("its TLS greeting is damaged");
  if (hello.isEmpty()) return Step::Done;
  const auto extensions = hello.vector(2);
  if (hello.failed() || !hello.isEmpty()) return bad("its TLS greeting is damaged");
  return readExtensions(extensions);
}

ClientHelloReader::Step ClientHelloReader::readExtensions(std::string_view extensions) {
  Fields fields(extensions);
  bool named = false;
  while (!fields.isEmpty()) {
    const auto type = fields.number(2);
    const auto content = fields.vector(2);
    if (fields.failed()) return bad("its TLS greeting is damaged");
    if (type != kServerName) continue;
    if (named) return bad("its TLS greeting names its host twice");
    named = true;
    if (const auto step = readServerName(content); step != Step::Done) return step;
  }
  return Step::Done;
}

ClientHelloReader::Step ClientHelloReader::readServerName(std::string_view content) {
  Fields outer(content);
  Fields list(outer.vector(2));
  const auto kind = list.number(1);
  const auto name = list.vector(2);
  if (outer.failed() || list.failed() || !outer.isEmpty() || !list.isEmpty() || kind != 0) {
    return bad("its TLS greeting names its host in an unknown way");
  }
  const auto canonical = canonicalHostName(name);
  if (!canonical) return bad("its TLS greeting names a host that is not a domain");
  name_ = *canonical;
  return Step::Done;
}

}  // namespace terrarium::egress
