// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <sys/resource.h>

#include "tests/unit/app/netstack/fakeegress.h"
#include "tests/unit/app/netstack/linuxguest.h"

using namespace terrarium;
using namespace terrarium::netstack;
using namespace terrarium::netstack::tests;

namespace {

using Deeds = int (*)();

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251 + i / 65521);
  return text;
}

/// Sends and receives at once, as a program with two threads does.
int echo(std::size_t size) {
  const int socket = LinuxGuest::connectTo(FakeEgress::Echo);
  if (socket < 0) return 2;
  const auto text = pattern(size);
  bool sent = false;
  std::thread writer([&] {
    sent = LinuxGuest::sendAll(socket, text);
    ::shutdown(socket, SHUT_WR);
  });
  const bool same = LinuxGuest::readAll(socket) == text;
  writer.join();
  return sent && same ? 0 : 3;
}

int manyConnections(int count) {
  for (int i = 0; i < count; ++i) {
    const int socket = LinuxGuest::connectTo(FakeEgress::Answer);
    if (socket < 0) return 2;
    const bool good = LinuxGuest::sendAll(socket, "x") && ::shutdown(socket, SHUT_WR) == 0 && LinuxGuest::readAll(socket) == "ok";
    ::close(socket);
    if (!good) return 3;
  }
  return 0;
}

int refusals() {
  if (LinuxGuest::connectTo(FakeEgress::Refused) != -ECONNREFUSED) return 2;
  if (LinuxGuest::connectTo(FakeEgress::Unreachable) != -EHOSTUNREACH) return 3;
  const int socket = LinuxGuest::connectTo(FakeEgress::ResetLater);
  if (socket < 0 || !LinuxGuest::sendAll(socket, "x")) return 4;
  return LinuxGuest::readAll(socket) == "error " + std::to_string(ECONNRESET) ? 0 : 5;
}

/// A program that ends without reading what it got, which its kernel tells by RST.
int brokenOff() {
  const int socket = LinuxGuest::connectTo(FakeEgress::Echo);
  char byte = 0;
  if (socket < 0 || !LinuxGuest::sendAll(socket, "12345") || ::recv(socket, &byte, 1, 0) != 1) return 2;
  ::close(socket);
  return 0;
}

int waitForWhatNeverComes() {
  const int socket = LinuxGuest::connectTo(FakeEgress::Silent);
  if (socket < 0 || !LinuxGuest::sendAll(socket, "waiting")) return 2;
  return LinuxGuest::readAll(socket) == "error " + std::to_string(ECONNRESET) ? 0 : 3;
}

int heldConnections(int count) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  std::vector<int> sockets;
  for (int i = 0; i < count; ++i) {
    sockets.push_back(LinuxGuest::connectTo(FakeEgress::Echo));
    if (sockets.back() < 0 || !LinuxGuest::sendAll(sockets.back(), "x")) return 2;
  }
  char byte = 0;
  for (const int socket : sockets) {
    if (::recv(socket, &byte, 1, 0) != 1) return 3;
  }
  return 0;
}

int download() {
  const int socket = LinuxGuest::connectTo(FakeEgress::Source);
  const bool all = socket >= 0 && LinuxGuest::readAll(socket).size() == FakeEgress::kSourceBytes;
  ::close(socket);
  return all ? 0 : 2;
}

int upload() {
  const int socket = LinuxGuest::connectTo(FakeEgress::Discard);
  if (socket < 0) return 2;
  const std::string block(1024 * 1024, 'x');
  for (int i = 0; i < 64; ++i) {
    if (!LinuxGuest::sendAll(socket, block)) return 3;
  }
  ::shutdown(socket, SHUT_WR);
  return LinuxGuest::readAll(socket).empty() ? 0 : 4;
}

QByteArray contentOf(pid_t pid, const char* name) {
  QFile file(QStringLiteral("/proc/%1/").arg(pid) + QLatin1String(name));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// User and system time, in hundredths of a second.
QByteArray processorTime(pid_t pid) {
  const auto fields = contentOf(pid, "stat").split(' ');
  return fields.size() > 14 ? fields[13] + "+" + fields[14] + " cs" : QByteArray("unknown");
}

int residentKibibytes(pid_t pid) {
  const auto lines = contentOf(pid, "status").split('\n');
  for (const auto& line : lines) {
    if (line.startsWith("VmRSS:")) return line.mid(6).trimmed().split(' ').first().toInt();
  }
  return 0;
}

}  // namespace

/// The real program against the real TCP of Linux.
class LinuxGuestTest : public QObject {
  Q_OBJECT

  /// Serves until the guest has ended and everything it opened is closed.
  static int outcome(LinuxGuest& guest, FakeEgress& egress) {
    std::optional<int> code;
    for (QElapsedTimer time = started(); !code && time.elapsed() < 60'000;) {
      egress.step(20);
      code = guest.result();
    }
    for (QElapsedTimer time = started(); egress.closed < egress.opened && time.elapsed() < 10'000;) egress.step(20);
    return code.value_or(-1);
  }
  static QElapsedTimer started() {
    QElapsedTimer timer;
    timer.start();
    return timer;
  }

 private slots:
  void bytesArriveUnchanged_data() {
    QTest::addColumn<unsigned>("lostPermille");
    QTest::addColumn<unsigned>("mebibytes");
    QTest::newRow("no frame is lost") << 0u << 20u;
    QTest::newRow("one in a thousand is lost") << 1u << 8u;
    QTest::newRow("one in a hundred is lost") << 10u << 4u;
  }
  void bytesArriveUnchanged() {
    QFETCH(unsigned, lostPermille);
    QFETCH(unsigned, mebibytes);
    const std::size_t size = std::size_t{mebibytes} << 20;
    RunningNetstack netstack;
    FakeEgress egress(netstack);
    LinuxGuest guest(netstack.cable.ours.number(), lostPermille, [&] { return echo(size); });
    const int code = outcome(guest, egress);
    if (code == LinuxGuest::kNoNameSpaces) QSKIP("This system does not let an ordinary process make a network of its own.");
    QCOMPARE(code, 0);
    QCOMPARE(egress.opened, std::size_t(1));
    if (lostPermille == 0) QCOMPARE(egress.bytesUp, size);
    if (lostPermille == 0) QCOMPARE(egress.bytesDown, size);
  }

  void programsRun_data() {
    QTest::addColumn<Deeds>("deeds");
    QTest::addColumn<std::size_t>("resets");
    const auto row = [](const char* name, Deeds deeds, std::size_t resets) { QTest::newRow(name) << deeds << resets; };
    row(
        "2000 connections, one after the other", [] { return manyConnections(2000); }, 0);
    row("refused, unreachable, reset", refusals, 0);
    row("the guest breaks off", brokenOff, 1);
    row("64 MiB down", download, 0);
    row("64 MiB up", upload, 0);
  }
  void programsRun() {
    QFETCH(Deeds, deeds);
    QFETCH(std::size_t, resets);
    RunningNetstack netstack;
    FakeEgress egress(netstack);
    const auto time = started();
    LinuxGuest guest(netstack.cable.ours.number(), 0, deeds);
    const int code = outcome(guest, egress);
    if (code == LinuxGuest::kNoNameSpaces) QSKIP("This system does not let an ordinary process make a network of its own.");
    QCOMPARE(code, 0);
    QCOMPARE(egress.reset, resets);
    qInfo("%lld ms, processor %s", time.elapsed(), processorTime(netstack.pid()).constData());
  }

  void manyConnectionsAreHeldAtOnce() {
    constexpr int kConnections = 1500;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < kConnections + 100) QSKIP("Too few descriptors are allowed here.");
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    RunningNetstack netstack;
    FakeEgress egress(netstack);
    LinuxGuest guest(netstack.cable.ours.number(), 0, [] { return heldConnections(kConnections); });
    std::optional<int> code;
    for (QElapsedTimer time = started(); !code && time.elapsed() < 60'000;) {
      egress.step(20);
      code = guest.result();
    }
    if (code == LinuxGuest::kNoNameSpaces) QSKIP("This system does not let an ordinary process make a network of its own.");
    QCOMPARE(code.value_or(-1), 0);
    QCOMPARE(egress.opened, std::size_t(kConnections));
    QCOMPARE(egress.closed, std::size_t(0));
    const auto kibibytes = residentKibibytes(netstack.pid());
    qInfo("%d KiB with %d connections", kibibytes, kConnections);
    QVERIFY(kibibytes > 0 && kibibytes < 40 * 1024);
  }

  /// What died with a snapshot: the program that only waits is told by the poke.
  void deadConnectionsAreNoticed() {
    RunningNetstack netstack;
    FakeEgress egress(netstack);
    LinuxGuest guest(netstack.cable.ours.number(), 0, waitForWhatNeverComes);
    std::optional<int> code;
    for (QElapsedTimer time = started(); egress.received < 7 && !code && time.elapsed() < 10'000;) {
      egress.step(20);
      code = guest.result();
    }
    if (code == LinuxGuest::kNoNameSpaces) QSKIP("This system does not let an ordinary process make a network of its own.");
    QCOMPARE(egress.received, std::size_t(7));
    QVERIFY(!guest.result());
    netstack.replace();
    QVERIFY(netstack.tell(egress::Poke{egress.tuples}));
    for (QElapsedTimer time = started(); !code && time.elapsed() < 10'000;) {
      egress.step(20);
      code = guest.result();
    }
    QCOMPARE(code.value_or(-1), 0);
  }
};

QTEST_GUILESS_MAIN(LinuxGuestTest)
#include "linuxguesttest.moc"
