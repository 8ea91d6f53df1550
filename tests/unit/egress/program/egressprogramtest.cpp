// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>
#include <QFile>
#include <QTest>

#include "tests/unit/egress/program/runninggateway.h"

using namespace terrarium;
using namespace terrarium::egress;

namespace {

using Kind = FlowEvent::Kind;

bool hasNetwork = false;

std::string number(std::size_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}
std::string vector(const std::string& content, int lengthBytes) { return number(content.size(), lengthBytes) + content; }

std::string greeting(const std::string& host) {
  const auto name = host.empty() ? "" : number(0, 2) + vector(vector(number(0, 1) + vector(host, 2), 2), 2);
  const auto body = "\x03\x03" + std::string(32, 'r') + vector("", 1) + vector("\x13\x01", 2) + vector(std::string(1, '\0'), 1);
  return "\x16\x03\x01" + vector("\x01" + vector(body + vector(number(10, 2) + vector("ab", 2) + name, 2), 3), 2);
}

std::string get(const std::string& host, const std::string& path = "/") {
  return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
}

std::string question(const std::string& host, std::size_t type = 1) {
  std::string name;
  for (const auto& label : QByteArray::fromStdString(host).split('.')) name += vector(label.toStdString(), 1);
  return std::string("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 12) + name + number(0, 1) + number(type, 2) + number(1, 2);
}

/// Code, number of answers, and the last four bytes when there are answers.
std::string answered(const std::string& message) {
  if (message.size() < 12) return message;
  auto text = std::to_string(message[3] & 15) + " " + std::to_string(static_cast<int>(message[7]));
  if (message[7] > 0) {
    for (std::size_t i = message.size() - 4; i < message.size(); ++i) text += "." + std::to_string(message[i] & 255);
  }
  return text;
}

void say(const Descriptor& socket, const std::string& text) {
  QCOMPARE(::send(socket.number(), text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
}

NameResolved leadsTo(std::initializer_list<const char*> addresses) {
  NameResolved answer{0, ResolveOutcome::Found, {}};
  for (const auto* address : addresses) answer.addresses.push_back(*IpAddress::parse(address));
  return answer;
}

FlowTuple tuple(const char* address, std::uint16_t port) { return {40000, {IpAddress::parse(address)->v4(), port}}; }

const std::vector<std::string> kNone;

}  // namespace

/// The real program in a network of its own: what it lets through arrives, and nothing of what it does not.
class EgressProgramTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    if (!hasNetwork) QSKIP("This computer does not let the test make a network of its own.");
  }

  void nothingLeavesBeforeTheRulesAreThere() {
    const Target target("203.0.113.7", 9000);
    RunningGateway gateway;
    QCOMPARE(gateway.open("203.0.113.7", 9000).answer, std::string("refused"));
    QVERIFY(gateway.isTold(Kind::Deny, "the rules of this sandbox are not loaded yet"));
    gateway.tell(SetPolicy{50, {}, {}});
    QVERIFY(gateway.until([&] { return gateway.applied == 50; }));
    QCOMPARE(gateway.open("203.0.113.7", 9000).answer, std::string("refused"));
    QVERIFY(target.isUntouched());
    QVERIFY(gateway.begin({}, {}));
    QCOMPARE(gateway.open("203.0.113.7", 9000).answer, std::string("accepted"));
  }

  void bytesFlowBothWaysWithHalfCloses() {
    const Target target("203.0.113.7", 9000);
    RunningGateway gateway;
    QVERIFY(gateway.begin({"203.0.113.0/24"}, {}));
    auto& flow = gateway.open("203.0.113.7", 9000);
    QCOMPARE(flow.answer, std::string("accepted"));
    auto server = target.accept();
    QVERIFY(server.isOpen());
    say(flow.guest, "question");
    ::shutdown(flow.guest.number(), SHUT_WR);
    QCOMPARE(readFrom(server.number(), 8), std::string("question"));
    QCOMPARE(fateOf(server.number()), std::string("end"));
    say(server, "a longer answer");
    QCOMPARE(readFrom(flow.guest.number(), 15), std::string("a longer answer"));
    server.reset();
    QCOMPARE(fateOf(flow.guest.number()), std::string("end"));
    const auto* close = gateway.closeOf(flow);
    QVERIFY(close != nullptr);
    QCOMPARE(close->bytesSent, std::uint64_t{8});
    QCOMPARE(close->bytesReceived, std::uint64_t{15});
    QCOMPARE(close->rule, std::string("203.0.113.0/24"));
    QVERIFY(gateway.isTold(Kind::Open, "203.0.113.0/24"));
    QVERIFY(!flow.isReset);
  }

  void theServerMaySpeakAndEndFirst() {
    const Target target("203.0.113.7", 9000);
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    auto& flow = gateway.open("203.0.113.7", 9000);
    auto server = target.accept();
    say(server, "welcome");
    ::shutdown(server.number(), SHUT_WR);
    QCOMPARE(readFrom(flow.guest.number(), 7), std::string("welcome"));
    QCOMPARE(fateOf(flow.guest.number()), std::string("end"));
    say(flow.guest, "late");
    QCOMPARE(readFrom(server.number(), 4), std::string("late"));
  }

  void addressesAreRefusedWithAReason_data() {
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* address, int port, const char* reason) {
      QTest::newRow(reason) << QByteArray(address) << port << QByteArray(reason);
    };
    row("127.0.0.1", 9000, "127.0.0.1 is this computer itself");
    row("10.0.0.5", 9000, "10.0.0.5 is private");
    row("192.0.2.1", 9000, "192.0.2.1 is an address of this computer");
    row("198.51.100.9", 9000, "deny_out has 198.51.100.0/24");
    row("203.0.113.7", 853, "DNS over TLS or QUIC would pass by the sandbox's own name service: use port 53");
  }
  void addressesAreRefusedWithAReason() {
    QFETCH(QByteArray, address);
    QFETCH(int, port);
    QFETCH(QByteArray, reason);
    const Target target(address.constData(), static_cast<std::uint16_t>(port));
    QVERIFY(target.isReady());
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {"198.51.100.0/24"}, {*IpAddress::parse("192.0.2.1")}));
    QCOMPARE(gateway.open(address.constData(), static_cast<std::uint16_t>(port)).answer, std::string("refused"));
    QVERIFY(gateway.isTold(Kind::Deny, reason.toStdString()));
    QVERIFY(target.isUntouched());
  }

  void aTargetThatRefusesLooksSo() {
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    QCOMPARE(gateway.open("203.0.113.7", 9999).answer, std::string("refused"));
    QVERIFY(gateway.isTold(Kind::Fail, "203.0.113.7 refused the connection"));
    QCOMPARE(gateway.open("8.8.8.8", 9999).answer, std::string("unreachable"));
    QVERIFY(gateway.isTold(Kind::Fail, "8.8.8.8 cannot be reached from this computer"));
  }

  void aNameLeadsWhereWeResolveIt() {
    const Target named("203.0.113.7", 443), chosen("198.51.100.9", 443);
    RunningGateway gateway;
    gateway.names["api.test"] = leadsTo({"203.0.113.7"});
    QVERIFY(gateway.begin({"api.test"}, {"0.0.0.0/0"}));
    auto& flow = gateway.open("198.51.100.9", 443);
    QCOMPARE(flow.answer, std::string("accepted"));
    const auto hello = greeting("API.test");
    say(flow.guest, hello.substr(0, 20));
    say(flow.guest, hello.substr(20) + "more");
    QVERIFY(gateway.until([&] { return !named.isUntouched(); }));
    const auto server = named.accept();
    QCOMPARE(readFrom(server.number(), hello.size() + 4), hello + "more");
    QVERIFY(chosen.isUntouched());
    QVERIFY(gateway.isTold(Kind::Open, "api.test"));
  }

  void connectionsByNameAreRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const std::string& bytes, const char* reason) {
      QTest::newRow(reason) << QByteArray::fromStdString(bytes) << QByteArray(reason);
    };
    row(greeting("evil.test"), "no rule allows evil.test");
    row(greeting(""), "no rule allows 198.51.100.9, and its TLS greeting names no host");
    row(greeting("203.0.113.7"), "no rule allows 198.51.100.9, and its TLS greeting names a host that is not a domain");
    row("SSH-2.0-x\r\n\r\n", "no rule allows 198.51.100.9, and it does not begin with a request");
    row("\x80\x01", "no rule allows 198.51.100.9, and it begins neither with TLS nor with an HTTP request");
    row(get("evil.test"), "no rule allows evil.test");
    row(get("198.51.100.9"), "no rule allows 198.51.100.9, and its request names a host that is not a domain");
    row(greeting("private.ok.test"), "private.ok.test leads to 10.0.0.5, which is private");
    row(greeting("local.ok.test"), "local.ok.test leads to 127.0.0.1, which is this computer itself");
    row(greeting("host.ok.test"), "host.ok.test leads to 192.0.2.1, which is an address of this computer");
    row(greeting("mapped.ok.test"), "mapped.ok.test leads to ::ffff:10.0.0.5, which stands for 10.0.0.5, which is private");
  }
  void connectionsByNameAreRefused() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, reason);
    const Target chosen("198.51.100.9", 443), priv("10.0.0.5", 443), local("127.0.0.1", 443), host("192.0.2.1", 443);
    RunningGateway gateway;
    gateway.names["private.ok.test"] = leadsTo({"10.0.0.5"});
    gateway.names["local.ok.test"] = leadsTo({"127.0.0.1"});
    gateway.names["host.ok.test"] = leadsTo({"192.0.2.1"});
    gateway.names["mapped.ok.test"] = leadsTo({"::ffff:10.0.0.5"});
    QVERIFY(gateway.begin({"api.test", "*.ok.test"}, {"0.0.0.0/0"}, {*IpAddress::parse("192.0.2.1")}));
    auto& flow = gateway.open("198.51.100.9", 443);
    QCOMPARE(flow.answer, std::string("accepted"));
    say(flow.guest, bytes.toStdString());
    QVERIFY(gateway.isReset(flow));
    QVERIFY2(gateway.isTold(Kind::Deny, reason.toStdString()),
             gateway.events.empty() ? "no event" : gateway.events.back().reason.c_str());
    for (const auto* target : {&chosen, &priv, &local, &host}) QVERIFY(target->isUntouched());
    // No orderly end beside the reset; the socket stays until the netstack is done with the flow.
    QVERIFY(!isReadable(flow.guest.number(), 0));
    gateway.tell(FlowMessage(Closed{flow.id, 0, 0}));
    QCOMPARE(fateOf(flow.guest.number()), std::string("end"));
    QVERIFY(reason.contains("leads to") || gateway.asked.empty());
  }

  void aBlockedAddressIsSkippedForAnotherOne() {
    const Target target("203.0.113.7", 443);
    RunningGateway gateway;
    gateway.names["api.test"] = leadsTo({"10.0.0.5", "203.0.113.200", "203.0.113.7"});
    QVERIFY(gateway.begin({"api.test"}, {}));
    auto& flow = gateway.open("198.51.100.9", 443);
    say(flow.guest, greeting("api.test"));
    QVERIFY(gateway.until([&] { return !target.isUntouched(); }));
  }

  void aHostWithIpv6OnlyIsReachedByItsAlias() {
    if (!addIpv6("2606:4700::7")) QSKIP("This computer has no IPv6.");
    std::optional<Target> target;
    QTRY_VERIFY(target.emplace("2606:4700::7", 9000).isReady());  // the kernel takes a moment to be sure of the address
    RunningGateway gateway;
    gateway.names["six.test"] = leadsTo({"fd00::1", "2606:4700::7"});
    QVERIFY(gateway.begin({"six.test"}, {}));
    QCOMPARE(answered(gateway.datagram(tuple("10.0.2.2", 53), question("six.test"))), std::string("0 1.198.18.0.1"));
    auto& flow = gateway.open("198.18.0.1", 9000);
    QCOMPARE(flow.answer, std::string("accepted"));
    say(target->accept(), "welcome");
    QCOMPARE(readFrom(flow.guest.number(), 7), std::string("welcome"));
    QCOMPARE(gateway.open("198.18.0.2", 9000).answer, std::string("refused"));
    QVERIFY(gateway.setRules({}, {}));
    QVERIFY(!flow.isReset);
    QVERIFY(gateway.setRules({"other.test"}, {}));
    QVERIFY(flow.isReset);
  }

  void namesThatDoNotResolveFailClosed() {
    RunningGateway gateway;
    gateway.names["down.ok.test"] = {0, ResolveOutcome::Failed, {}};
    QVERIFY(gateway.begin({"*.ok.test"}, {}));
    auto& missing = gateway.open("198.51.100.9", 443);
    say(missing.guest, greeting("missing.ok.test"));
    QVERIFY(gateway.isReset(missing));
    QVERIFY(gateway.isTold(Kind::Fail, "there is no host missing.ok.test"));
    auto& down = gateway.open("198.51.100.9", 443);
    say(down.guest, greeting("down.ok.test"));
    QVERIFY(gateway.isReset(down));
    QVERIFY(gateway.isTold(Kind::Fail, "the name down.ok.test could not be resolved"));
  }

  void everyRequestOfAConnectionIsJudged() {
    const Target target("203.0.113.7", 80);
    RunningGateway gateway;
    gateway.names["api.test"] = leadsTo({"203.0.113.7"});
    QVERIFY(gateway.begin({"api.test", "other.test"}, {}));
    auto& flow = gateway.open("203.0.113.7", 80);
    say(flow.guest, get("api.test"));
    QVERIFY(gateway.until([&] { return !target.isUntouched(); }));
    const auto server = target.accept();
    QCOMPARE(readFrom(server.number(), get("api.test").size()), get("api.test"));
    say(flow.guest, get("api.test", "/second"));
    QCOMPARE(readFrom(server.number(), get("api.test", "/second").size()), get("api.test", "/second"));
    say(flow.guest, get("other.test", "/third"));
    QVERIFY(gateway.isReset(flow));
    QVERIFY(gateway.isTold(Kind::Deny, "a request to other.test came on a connection to api.test"));
    QCOMPARE(fateOf(server.number()), std::string("Connection reset by peer"));
  }

  void aWebSocketIsATunnelOnceTheServerAgrees() {
    const Target target("203.0.113.7", 80);
    RunningGateway gateway;
    gateway.names["api.test"] = leadsTo({"203.0.113.7"});
    QVERIFY(gateway.begin({"api.test"}, {}));
    auto& flow = gateway.open("203.0.113.7", 80);
    const std::string request = "GET / HTTP/1.1\r\nHost: api.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    say(flow.guest, request + "frame");
    QVERIFY(gateway.until([&] { return !target.isUntouched(); }));
    const auto server = target.accept();
    QCOMPARE(readFrom(server.number(), request.size()), request);
    QVERIFY(!isReadable(server.number(), 0));
    say(server, "HTTP/1.1 101 Switching Protocols\r\n\r\nhello");
    QCOMPARE(readFrom(server.number(), 5), std::string("frame"));
    QCOMPARE(readFrom(flow.guest.number(), 41), std::string("HTTP/1.1 101 Switching Protocols\r\n\r\nhello"));
  }

  void aPinnedAddressIsDialledAtOnce() {
    const Target target("203.0.113.7", 22);
    RunningGateway gateway;
    gateway.names["git.test"] = leadsTo({"203.0.113.7"});
    QVERIFY(gateway.begin({"git.test"}, {}));
    QCOMPARE(gateway.open("203.0.113.7", 22).answer, std::string("refused"));
    QVERIFY(target.isUntouched());
    QCOMPARE(answered(gateway.datagram(tuple("10.0.2.2", 53), question("git.test"))), std::string("0 1.203.0.113.7"));
    auto& flow = gateway.open("203.0.113.7", 22);
    QCOMPARE(flow.answer, std::string("accepted"));
    say(target.accept(), "SSH-2.0-x");
    QCOMPARE(readFrom(flow.guest.number(), 9), std::string("SSH-2.0-x"));
    QVERIFY(gateway.setRules({"other.test"}, {}));
    QVERIFY(gateway.isReset(flow));
  }

  void theNameServiceAnswersOnlyWhatMayBeAllowed_data() {
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("isAsked");
    const auto row = [](const char* name, const char* host, int type, const char* answer, bool isAsked) {
      QTest::newRow(name) << QByteArray(host) << type << QByteArray(answer) << isAsked;
    };
    row("allowed", "api.test", 1, "0 1.203.0.113.7", true);
    row("allowed, upper case", "API.Test", 1, "0 1.203.0.113.7", true);
    row("IPv6", "api.test", 28, "0 0", false);
    row("hints for services", "api.test", 65, "0 0", false);
    row("a service", "_http._tcp.api.test", 33, "0 0", false);
    row("a text", "data.evil.test", 16, "5 0", false);
    row("tunnelled data", "data.evil.test", 1, "5 0", false);
    row("a name that is none", "a b.test", 1, "5 0", false);
    row("an address that is private", "rebound.test", 1, "0 0", true);
    row("missing", "missing.test", 1, "3 0", true);
    row("resolver down", "down.test", 1, "2 0", true);
  }
  void theNameServiceAnswersOnlyWhatMayBeAllowed() {
    QFETCH(QByteArray, host);
    QFETCH(int, type);
    QFETCH(QByteArray, answer);
    QFETCH(bool, isAsked);
    const Target outside("203.0.113.53", 53, SOCK_DGRAM), outsideStream("203.0.113.53", 53);
    RunningGateway gateway;
    gateway.names["api.test"] = leadsTo({"203.0.113.7"});
    gateway.names["rebound.test"] = leadsTo({"10.0.0.5", "127.0.0.1"});
    gateway.names["down.test"] = {0, ResolveOutcome::Failed, {}};
    QVERIFY(gateway.begin({"api.test", "rebound.test", "missing.test", "down.test", "203.0.113.0/24"}, {}));
    const auto text = question(host.toStdString(), static_cast<std::size_t>(type));
    QCOMPARE(QByteArray::fromStdString(answered(gateway.datagram(tuple("203.0.113.53", 53), text))), answer);
    QCOMPARE(!gateway.asked.empty(), isAsked);
    auto& flow = gateway.open("203.0.113.53", 53);
    QCOMPARE(flow.answer, std::string("accepted"));
    say(flow.guest, vector(text, 2));
    std::string length;
    QVERIFY(gateway.until([&] { return isReadable(flow.guest.number(), 0); }));
    length = readFrom(flow.guest.number(), 14);
    QCOMPARE(QByteArray::fromStdString(answered(length.substr(2))), answer);
    QVERIFY(outside.isUntouched());
    QVERIFY(outsideStream.isUntouched());
  }

  void datagramsAreJudgedByAddress() {
    const Target target("203.0.113.7", 9000, SOCK_DGRAM), quic("203.0.113.7", 443, SOCK_DGRAM),
        denied("198.51.100.9", 9000, SOCK_DGRAM);
    RunningGateway gateway;
    QVERIFY(gateway.begin({"203.0.113.0/24", "api.test"}, {}));
    gateway.tell(FlowMessage(Datagram{tuple("203.0.113.7", 9000), "ping"}));
    char payload[16];
    sockaddr_in from{};
    socklen_t size = sizeof from;
    QVERIFY(isReadable(target.number(), 5000));
    QCOMPARE(::recvfrom(target.number(), payload, sizeof payload, 0, reinterpret_cast<sockaddr*>(&from), &size), ssize_t{4});
    QCOMPARE(::sendto(target.number(), "pong!", 5, 0, reinterpret_cast<sockaddr*>(&from), size), ssize_t{5});
    QVERIFY(gateway.until([&] { return !gateway.datagrams.empty(); }));
    QVERIFY(gateway.datagrams.front().first == tuple("203.0.113.7", 9000));
    QCOMPARE(gateway.datagrams.front().second, std::string("pong!"));
    QCOMPARE(gateway.datagram(tuple("203.0.113.7", 443), "quic"), std::string("refused"));
    QVERIFY(gateway.isTold(Kind::Deny, "QUIC is always refused, so that programs use TCP"));
    QCOMPARE(gateway.datagram(tuple("198.51.100.9", 9000), "ping"), std::string("refused"));
    QVERIFY(quic.isUntouched());
    QVERIFY(denied.isUntouched());
    QVERIFY(gateway.setRules({"api.test"}, {}));
    gateway.refusedDatagrams.clear();
    QCOMPARE(gateway.datagram(tuple("203.0.113.7", 9000), "ping"), std::string("refused"));
    QVERIFY(target.isUntouched());
  }

  void newRulesCutWhatTheyDoNotAllow() {
    const Target target("203.0.113.7", 9000), kept("198.51.100.9", 9000);
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    auto& cut = gateway.open("203.0.113.7", 9000);
    auto& other = gateway.open("198.51.100.9", 9000);
    const auto server = target.accept(), keptServer = kept.accept();
    QVERIFY(gateway.setRules({}, {"203.0.113.0/24"}));
    QVERIFY(cut.isReset);  // before the rules were said to be in force
    QCOMPARE(fateOf(server.number()), std::string("Connection reset by peer"));
    QVERIFY(gateway.isTold(Kind::Deny, "deny_out has 203.0.113.0/24"));
    QCOMPARE(gateway.open("203.0.113.7", 9000).answer, std::string("refused"));
    say(other.guest, "still here");
    QCOMPARE(readFrom(keptServer.number(), 10), std::string("still here"));
    gateway.tell(HostAddresses{{*IpAddress::parse("198.51.100.9")}});
    QVERIFY(gateway.isReset(other));
  }

  void rulesWithoutSenseChangeNothing() {
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {"203.0.113.0/24"}));
    gateway.tell(SetPolicy{99, {"not a rule"}, {}});
    QVERIFY(gateway.until([&] { return !gateway.refusedPolicy.empty(); }));
    QCOMPARE(gateway.open("203.0.113.7", 9000).answer, std::string("refused"));
    QVERIFY(gateway.isTold(Kind::Deny, "deny_out has 203.0.113.0/24"));
  }

  void resetsGoThrough() {
    const Target target("203.0.113.7", 9000);
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    auto& first = gateway.open("203.0.113.7", 9000);
    auto server = target.accept();
    const linger atOnce{1, 0};
    ::setsockopt(server.number(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    server.reset();
    QVERIFY(gateway.isReset(first));
    auto& second = gateway.open("203.0.113.7", 9000);
    server = target.accept();
    gateway.tell(FlowMessage(Reset{second.id}));
    QCOMPARE(fateOf(server.number()), std::string("Connection reset by peer"));
  }

  void aSlowServerSlowsTheGuestDown() {
    const Target target("203.0.113.7", 9000);
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    auto& flow = gateway.open("203.0.113.7", 9000);
    const auto server = target.accept();
    std::string pattern(64 * 1024, '\0');
    for (std::size_t i = 0; i < pattern.size(); ++i) pattern[i] = static_cast<char>(i * 7 % 251);
    std::size_t sent = 0;
    const auto push = [&] {
      for (;;) {
        const auto at = sent % pattern.size();
        const auto count = ::send(flow.guest.number(), pattern.data() + at, pattern.size() - at, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0) return;
        sent += static_cast<std::size_t>(count);
      }
    };
    // Nothing more goes in for a while: all buffers are full.
    pollfd writable{flow.guest.number(), POLLOUT, 0};
    do {
      push();
    } while (sent < 64U << 20 && ::poll(&writable, 1, 300) == 1);
    QVERIFY2(sent < 16U << 20, std::to_string(sent).c_str());
    std::size_t got = 0;
    while (got < sent) {
      const auto piece = readFrom(server.number(), 1);
      QVERIFY(!piece.empty());
      for (const char c : piece) QCOMPARE(c, pattern[got++ % pattern.size()]);
    }
  }

  void whoNamesNoHostInTimeIsCut() {
    RunningGateway gateway;
    QVERIFY(gateway.begin({"api.test"}, {}));
    auto& flow = gateway.open("198.51.100.9", 443);
    say(flow.guest, greeting("api.test").substr(0, 10));
    QVERIFY(gateway.isReset(flow));
    QVERIFY(gateway.isTold(Kind::Deny, "no rule allows 198.51.100.9, and it named no host within 5 seconds"));
  }

  void stateIsSavedAndRestored() {
    RunningGateway gateway;
    gateway.names["git.test"] = leadsTo({"203.0.113.7"});
    QVERIFY(gateway.begin({"git.test"}, {}));
    gateway.datagram(tuple("10.0.2.2", 53), question("git.test"));
    gateway.tell(SaveState{});
    QVERIFY(gateway.until([&] { return gateway.saved.has_value(); }));
    QCOMPARE(gateway.saved->pins.size(), std::size_t{1});
    QCOMPARE(gateway.saved->connections.size(), std::size_t{1});
    const Target target("203.0.113.7", 22);
    RunningGateway clone;
    QVERIFY(clone.begin({"git.test"}, {}));
    clone.tell(RestoreState{gateway.saved->pins, gateway.saved->connections});
    QCOMPARE(clone.open("203.0.113.7", 22).answer, std::string("accepted"));
    QVERIFY(clone.poked == gateway.saved->connections);
  }

  void anotherNetstackTakesOver() {
    const Target target("203.0.113.7", 9000);
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    auto& flow = gateway.open("203.0.113.7", 9000);
    const auto server = target.accept();
    gateway.dropNetstack();
    QVERIFY(gateway.until([&] { return gateway.isNetstackLost; }));
    QCOMPARE(fateOf(server.number()), std::string("Connection reset by peer"));
    gateway.replaceNetstack();
    QCOMPARE(gateway.open("203.0.113.7", 9000).answer, std::string("accepted"));
    QVERIFY(gateway.closeOf(flow) != nullptr);
  }

  void aNetstackThatTalksNonsenseIsCutOff() {
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    gateway.tell(FlowMessage(Accept{1}));  // of the other direction
    QVERIFY(gateway.until([&] { return gateway.isNetstackLost; }));
    QVERIFY(gateway.until([&] { return gateway.isNetstackGone; }));
  }

  void withoutAnEngineItEnds() {
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    gateway.dropEngine();
    QVERIFY(gateway.hasExited());
    QVERIFY(WIFEXITED(gateway.status));
    QCOMPARE(WEXITSTATUS(gateway.status), 0);
  }

  void itRunsInAJail() {
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {}));
    QFile status(QStringLiteral("/proc/%1/status").arg(gateway.process()));
    QVERIFY(status.open(QIODevice::ReadOnly));
    const auto text = status.readAll();
    QVERIFY2(text.contains("NoNewPrivs:\t1"), text.constData());
    QVERIFY2(text.contains("Seccomp:\t2"), text.constData());
  }

  void stormsOfDenialsAreCounted() {
    RunningGateway gateway;
    QVERIFY(gateway.begin({}, {"203.0.113.0/24"}));
    for (int i = 0; i < 200; ++i) gateway.wish("203.0.113.7", 9000);
    std::uint32_t times = 0;
    QVERIFY(gateway.until([&] {
      times = 0;
      for (const auto& event : gateway.events) times += event.times;
      return times == 200;
    }));
    QVERIFY2(gateway.events.size() <= 60, std::to_string(gateway.events.size()).c_str());
  }
};

int main(int argc, char** argv) {
  // Before there are threads.
  hasNetwork = enterOwnNetwork();
  QCoreApplication app(argc, argv);
  EgressProgramTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "egressprogramtest.moc"
