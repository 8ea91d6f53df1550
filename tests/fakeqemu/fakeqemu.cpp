// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A program that takes QEMU's place in tests: it is started like QEMU, speaks QMP on the listening socket it inherits, and does
// what the file `script` in its current directory says, one order per line:
//
//   send TEXT             sends TEXT and a line end
//   part TEXT             sends TEXT without a line end
//   answer COMMAND        waits for that command and returns {}
//   return COMMAND JSON   waits for that command and returns JSON
//   refuse COMMAND TEXT   waits for that command and answers with an error
//   ignore COMMAND        waits for that command and does not answer
//   write TEXT            writes TEXT into the descriptor that came last with a command
//   read                  reads from that descriptor and sends an event READ with what it read
//   complain TEXT         writes to the log
//   flood COUNT           sends COUNT bytes without a line end
//   hang up               closes the control socket
//   die CODE              ends
//   signal NUMBER         ends by that signal
//
// After the last line it answers every command with {}.

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

constexpr int kControlSocket = 4;

struct Command {
  std::string name;
  std::string id;
};

class Conversation {
 public:
  explicit Conversation(int connection) : connection_(connection) {}

  void send(const std::string& text) const {
    if (::send(connection_, text.data(), text.size(), MSG_NOSIGNAL) < 0) std::exit(0);
  }
  void hangUp() const { ::shutdown(connection_, SHUT_RDWR); }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  Command next() {
    std::string::size_type end;
    while ((end = pending_.find('\n')) == std::string::npos) receive();
    const auto line = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    return {valueOf(line, "\"execute\":\"", '"'), valueOf(line, "\"id\":", '}')};
  }

 private:
  static std::string valueOf(const std::string& line, const std::string& key, char end) {
    const auto at = line.find(key);
    if (at == std::string::npos) return {};
    const auto from = at + key.size();
    return line.substr(from, line.find_first_of(std::string(1, end) + ",", from) - from);
  }

  void receive() {
    char bytes[4096];
    iovec part{bytes, sizeof(bytes)};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    const auto count = ::recvmsg(connection_, &message, 0);
    if (count <= 0) std::exit(0);
    if (const auto* header = CMSG_FIRSTHDR(&message)) std::memcpy(&descriptor_, CMSG_DATA(header), sizeof(descriptor_));
    pending_.append(bytes, std::size_t(count));
  }

  int connection_;
  int descriptor_ = -1;
  std::string pending_;
};

void answer(const Conversation& conversation, const Command& command, const std::string& body) {
  conversation.send("{" + body + ",\"id\":" + command.id + "}\n");
}

Command awaitCommand(Conversation& conversation, const std::string& name) {
  const auto command = conversation.next();
  if (command.name == name) return command;
  std::cerr << "expected the command " << name << " but got " << command.name << std::endl;
  std::exit(99);
}

void sendRead(const Conversation& conversation) {
  char bytes[256];
  const auto count = ::read(conversation.descriptor(), bytes, sizeof(bytes));
  conversation.send("{\"event\":\"READ\",\"data\":{\"text\":\"" + std::string(bytes, std::size_t(count < 0 ? 0 : count)) +
                    "\"}}\n");
}

void obey(Conversation& conversation, const std::string& line) {
  const auto space = line.find(' ');
  const auto order = line.substr(0, space);
  const auto rest = space == std::string::npos ? std::string() : line.substr(space + 1);
  const auto first = rest.substr(0, rest.find(' '));
  const auto second = rest.size() > first.size() ? rest.substr(first.size() + 1) : std::string();
  if (order == "send") conversation.send(rest + "\n");
  if (order == "part") conversation.send(rest);
  if (order == "answer") answer(conversation, awaitCommand(conversation, first), "\"return\":{}");
  if (order == "return") answer(conversation, awaitCommand(conversation, first), "\"return\":" + second);
  if (order == "refuse") {
    answer(conversation, awaitCommand(conversation, first), R"("error":{"class":"GenericError","desc":")" + second + "\"}");
  }
  if (order == "ignore") awaitCommand(conversation, first);
  if (order == "write" && ::write(conversation.descriptor(), rest.data(), rest.size()) < 0) std::exit(98);
  if (order == "read") sendRead(conversation);
  if (order == "complain") std::cerr << rest << std::endl;
  if (order == "flood") conversation.send(std::string(std::strtoul(rest.c_str(), nullptr, 10), 'x'));
  if (order == "hang") conversation.hangUp();
  if (order == "die") ::_exit(std::atoi(rest.c_str()));
  if (order == "signal") std::raise(std::atoi(rest.c_str()));
}

}  // namespace

int main() {
  std::ifstream script("script");
  Conversation conversation(::accept(kControlSocket, nullptr, nullptr));
  for (std::string line; std::getline(script, line);) obey(conversation, line);
  for (;;) answer(conversation, conversation.next(), "\"return\":{}");
}
