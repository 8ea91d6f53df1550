// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/channel/flowchannel.h"

#include <algorithm>
#include <concepts>
#include <utility>

namespace terrarium::egress {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeader = 4;

enum class Type : std::uint8_t {
  Open = 1,
  Reset = 2,
  Closed = 3,
  Datagram = 4,
  Note = 5,
  Tuples = 6,
  Accept = 16,
  Refuse = 17,
  DatagramRefused = 18,
  Poke = 19,
  TuplesWanted = 20,
};

bool isNoteCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

class Writer {
 public:
  explicit Writer(Type type) {
    number(kVersion);
    number(static_cast<std::uint8_t>(type));
    number(std::uint16_t{0});
  }

  template <std::unsigned_integral T>
  void number(T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) out_ += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
  }
  void tuple(const FlowTuple& tuple) {
    number(tuple.guestPort);
    number(tuple.peer.address);
    number(tuple.peer.port);
  }
  void list(const std::vector<FlowTuple>& tuples) {
    const auto count = std::min(tuples.size(), kMaxTuples);
    number(static_cast<std::uint32_t>(count));
    for (std::size_t i = 0; i < count; ++i) tuple(tuples[i]);
  }
  void text(std::string_view bytes) { out_ += bytes; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Takes fields from the front; whoever asks for more than there is gets zeros and a reader that has failed.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <std::unsigned_integral T>
  [[nodiscard]] T number() {
    if (rest_.size() < sizeof(T)) {
      failed_ = true;
      rest_ = {};
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    rest_.remove_prefix(sizeof(T));
    return static_cast<T>(value);
  }
  [[nodiscard]] FlowId id() {
    const auto id = number<std::uint64_t>();
    failed_ |= id == 0;
    return id;
  }
  [[nodiscard]] FlowTuple tuple() {
    FlowTuple tuple;
    tuple.guestPort = number<std::uint16_t>();
    tuple.peer.address = number<std::uint32_t>();
    tuple.peer.port = number<std::uint16_t>();
    failed_ |= tuple.guestPort == 0 || tuple.peer.port == 0;
    return tuple;
  }
  [[nodiscard]] std::vector<FlowTuple> list() {
    const auto count = number<std::uint32_t>();
    failed_ |= count > kMaxTuples || rest_.size() != std::size_t{count} * 8;
    std::vector<FlowTuple> tuples;
    if (failed_) return tuples;
    tuples.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) tuples.push_back(tuple());
    return tuples;
  }
  [[nodiscard]] std::string_view text(std::size_t longest) {
    failed_ |= rest_.size() > longest;
    return std::exchange(rest_, {});
  }

  /// The message, if everything was there and nothing is left.
  template <class Message, class Value>
  [[nodiscard]] std::optional<Message> whole(Value value) const {
    if (failed_ || !rest_.empty()) return std::nullopt;
    return std::optional<Message>(std::in_place, std::move(value));
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

struct Encoder {
  std::string operator()(const Open& open) const {
    Writer out(Type::Open);
    out.number(open.id);
    out.tuple(open.tuple);
    return out.take();
  }
  std::string operator()(const Reset& reset) const { return idOnly(Type::Reset, reset.id); }
  std::string operator()(const Closed& closed) const {
    Writer out(Type::Closed);
    out.number(closed.id);
    out.number(closed.bytesUp);
    out.number(closed.bytesDown);
    return out.take();
  }
  std::string operator()(const Datagram& datagram) const {
    Writer out(Type::Datagram);
    out.tuple(datagram.tuple);
    out.text(datagram.payload.substr(0, kMaxPayload));
    return out.take();
  }
  std::string operator()(const Note& note) const {
    Writer out(Type::Note);
    std::string code(note.code.substr(0, kMaxNote));
    std::erase_if(code, [](char c) { return !isNoteCharacter(c); });
    out.text(code);
    return out.take();
  }
  std::string operator()(const Tuples& tuples) const { return listOnly(Type::Tuples, tuples.list); }
  std::string operator()(const Accept& accept) const { return idOnly(Type::Accept, accept.id); }
  std::string operator()(const Refuse& refuse) const {
    Writer out(Type::Refuse);
    out.number(refuse.id);
    out.number(static_cast<std::uint8_t>(refuse.how));
    return out.take();
  }
  std::string operator()(const DatagramRefused& refused) const {
    Writer out(Type::DatagramRefused);
    out.tuple(refused.tuple);
    return out.take();
  }
  std::string operator()(const Poke& poke) const { return listOnly(Type::Poke, poke.list); }
  std::string operator()(const TuplesWanted&) const { return Writer(Type::TuplesWanted).take(); }

 private:
  static std::string idOnly(Type type, FlowId id) {
    Writer out(type);
    out.number(id);
    return out.take();
  }
  static std::string listOnly(Type type, const std::vector<FlowTuple>& tuples) {
    Writer out(type);
    out.list(tuples);
    return out.take();
  }
};

/// The message's type and a reader behind the header.
std::optional<Type> readHeader(Reader& reader, std::size_t size) {
  const auto version = reader.number<std::uint8_t>();
  const auto type = reader.number<std::uint8_t>();
  const auto zero = reader.number<std::uint16_t>();
  if (size < kHeader || size > kMaxFlowMessage || version != kVersion || zero != 0) return std::nullopt;
  return static_cast<Type>(type);
}

template <class Message>
std::optional<Message> readDatagram(Reader& reader) {
  Datagram datagram{reader.tuple(), {}};
  datagram.payload = reader.text(kMaxPayload);
  return reader.whole<Message>(datagram);
}

std::optional<FromNetstack> readClosed(Reader& reader) {
  Closed closed{reader.id(), 0, 0};
  closed.bytesUp = reader.number<std::uint64_t>();
  closed.bytesDown = reader.number<std::uint64_t>();
  return reader.whole<FromNetstack>(closed);
}

std::optional<FromNetstack> readNote(Reader& reader) {
  const Note note{reader.text(kMaxNote)};
  if (note.code.empty() || !std::all_of(note.code.begin(), note.code.end(), isNoteCharacter)) return std::nullopt;
  return reader.whole<FromNetstack>(note);
}

std::optional<FromEgress> readRefuse(Reader& reader) {
  Refuse refuse{reader.id(), static_cast<Refusal>(reader.number<std::uint8_t>())};
  if (refuse.how != Refusal::Reset && refuse.how != Refusal::Unreachable) return std::nullopt;
  return reader.whole<FromEgress>(refuse);
}

}  // namespace

std::string encoded(const FlowMessage& message) { return std::visit(Encoder{}, message); }

std::optional<FromNetstack> parseFromNetstack(std::string_view bytes) {
  Reader reader(bytes);
  const auto type = readHeader(reader, bytes.size());
  if (!type) return std::nullopt;
  switch (*type) {
    case Type::Open: {
      const auto id = reader.id();
      return reader.whole<FromNetstack>(Open{id, reader.tuple()});
    }
    case Type::Reset:
      return reader.whole<FromNetstack>(Reset{reader.id()});
    case Type::Closed:
      return readClosed(reader);
    case Type::Datagram:
      return readDatagram<FromNetstack>(reader);
    case Type::Note:
      return readNote(reader);
    case Type::Tuples:
      return reader.whole<FromNetstack>(Tuples{reader.list()});
    default:
      return std::nullopt;
  }
}

std::optional<FromEgress> parseFromEgress(std::string_view bytes) {
  Reader reader(bytes);
  const auto type = readHeader(reader, bytes.size());
  if (!type) return std::nullopt;
  switch (*type) {
    case Type::Accept:
      return reader.whole<FromEgress>(Accept{reader.id()});
    case Type::Refuse:
      return readRefuse(reader);
    case Type::Reset:
      return reader.whole<FromEgress>(Reset{reader.id()});
    case Type::Datagram:
      return readDatagram<FromEgress>(reader);
    case Type::DatagramRefused:
      return reader.whole<FromEgress>(DatagramRefused{reader.tuple()});
    case Type::Poke:
      return reader.whole<FromEgress>(Poke{reader.list()});
    case Type::TuplesWanted:
      return reader.whole<FromEgress>(TuplesWanted{});
    default:
      return std::nullopt;
  }
}

}  // namespace terrarium::egress
