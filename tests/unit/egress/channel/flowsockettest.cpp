// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QTest>
#include <array>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

#include "backend/egress/channel/flowchannel.h"
#include "backend/egress/channel/flowsocket.h"

using namespace terrarium;
using namespace terrarium::egress;

namespace {

auto openDescriptors() { return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size(); }

struct Pair {
  Pair() {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) qFatal("no socketpair");
    left.emplace(Descriptor(ends[0]));
    right.emplace(Descriptor(ends[1]));
  }
  std::optional<FlowSocket> left;
  std::optional<FlowSocket> right;
};

bool sendWithDescriptors(int socket, std::size_t count) {
  std::array<int, 8> numbers{};
  iovec content{const_cast<char*>("hello"), 5};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(numbers))> control{};
  msghdr header{};
  header.msg_iov = &content;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = CMSG_SPACE(count * sizeof(int));
  auto* part = CMSG_FIRSTHDR(&header);
  part->cmsg_level = SOL_SOCKET;
  part->cmsg_type = SCM_RIGHTS;
  part->cmsg_len = CMSG_LEN(count * sizeof(int));
  std::memcpy(CMSG_DATA(part), numbers.data(), count * sizeof(int));
  return ::sendmsg(socket, &header, 0) == 5;
}

}  // namespace

class FlowSocketTest : public QObject {
  Q_OBJECT

 private slots:
  void messagesKeepTheirBounds() {
    Pair pair;
    QCOMPARE(pair.left->send("one"), FlowSocket::Sent::Yes);
    QCOMPARE(pair.left->send("two!"), FlowSocket::Sent::Yes);
    QCOMPARE(pair.right->receive().bytes, std::string_view("one"));
    QCOMPARE(pair.right->receive().bytes, std::string_view("two!"));
    QCOMPARE(pair.right->receive().step, FlowSocket::Step::Empty);
  }

  void theLongestMessagePassesAndALongerOneIsBad() {
    Pair pair;
    const std::string longest(kMaxFlowMessage, 'x');
    QCOMPARE(pair.left->send(longest), FlowSocket::Sent::Yes);
    QCOMPARE(pair.right->receive().bytes, std::string_view(longest));
    QCOMPARE(pair.left->send(longest + 'x'), FlowSocket::Sent::Yes);
    QCOMPARE(pair.right->receive().step, FlowSocket::Step::Bad);
    QCOMPARE(pair.left->send("next"), FlowSocket::Sent::Yes);
    QCOMPARE(pair.right->receive().bytes, std::string_view("next"));
  }

  void aDescriptorComesAlongAndDoesNotOutliveAnExec() {
    Pair pair;
    Descriptor file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    QCOMPARE(pair.left->send("take this", file.number()), FlowSocket::Sent::Yes);
    const auto received = pair.right->receive();
    QCOMPARE(received.bytes, std::string_view("take this"));
    QVERIFY(received.descriptor.isOpen());
    QVERIFY(received.descriptor.number() != file.number());
    QVERIFY((::fcntl(received.descriptor.number(), F_GETFD) & FD_CLOEXEC) != 0);
  }

  void descriptorsThatNobodyAskedForAreClosed() {
    Pair pair;
    const auto before = openDescriptors();
    QVERIFY(sendWithDescriptors(pair.left->number(), 5));
    {
      const auto received = pair.right->receive();
      QVERIFY(received.descriptor.isOpen());
      QCOMPARE(openDescriptors(), before + 1);
    }
    QCOMPARE(openDescriptors(), before);
  }

  void aFullChannelSaysSo() {
    Pair pair;
    auto sent = FlowSocket::Sent::Yes;
    int messages = 0;
    for (; sent == FlowSocket::Sent::Yes && messages < 100000; ++messages) sent = pair.left->send(std::string(1000, 'x'));
    QCOMPARE(sent, FlowSocket::Sent::Full);
    for (; pair.right->receive().step == FlowSocket::Step::Message;) {
    }
    QCOMPARE(pair.left->send("room again"), FlowSocket::Sent::Yes);
  }

  void theOtherSidesEndIsSeenByBothDoors() {
    Pair pair;
    QCOMPARE(pair.left->send("last words"), FlowSocket::Sent::Yes);
    pair.left.reset();
    QCOMPARE(pair.right->receive().bytes, std::string_view("last words"));
    QCOMPARE(pair.right->receive().step, FlowSocket::Step::Gone);
    QCOMPARE(pair.right->send("anybody?"), FlowSocket::Sent::Gone);
  }
};

QTEST_GUILESS_MAIN(FlowSocketTest)
#include "flowsockettest.moc"
