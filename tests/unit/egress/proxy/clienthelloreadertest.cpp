// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/proxy/clienthelloreader.h"

using namespace terrarium::egress;
using namespace std::string_literals;

namespace {

using Step = ClientHelloReader::Step;

std::string number(std::size_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}

std::string vector(const std::string& content, int lengthBytes) { return number(content.size(), lengthBytes) + content; }

std::string extension(std::size_t type, const std::string& content) { return number(type, 2) + vector(content, 2); }

std::string serverName(const std::string& name, std::size_t kind = 0) {
  return extension(0, vector(number(kind, 1) + vector(name, 2), 2));
}

std::string hello(const std::string& extensions) {
  const std::string body =
      "\x03\x03" + std::string(32, 'r') + vector("session", 1) + vector("\x13\x01\x13\x02", 2) + vector(std::string(1, '\0'), 1);
  return "\x01" + vector(body + (extensions.empty() ? "" : vector(extensions, 2)), 3);
}

std::string record(const std::string& content) { return "\x16\x03\x01" + vector(content, 2); }

/// Every record with so many bytes of content.
std::string records(const std::string& content, std::size_t length) {
  std::string out;
  for (std::size_t at = 0; at < content.size(); at += length) out += record(content.substr(at, length));
  return out;
}

const std::string kOrdinary = extension(10, vector("ab", 2)) + serverName("API.test.") + extension(16, vector("\x02h2", 2));

Step fed(ClientHelloReader& reader, const std::string& bytes, std::size_t piece) {
  auto step = Step::NeedMore;
  for (std::size_t at = 0; at < bytes.size() && step == Step::NeedMore; at += piece) step = reader.feed(bytes.substr(at, piece));
  return step;
}

}  // namespace

class ClientHelloReaderTest : public QObject {
  Q_OBJECT
 private slots:
  void theNameIsFoundHoweverTheBytesCome() {
    const auto content = hello(kOrdinary);
    for (const std::size_t inRecord : {1, 2, 3, 5, 40, 1000}) {
      const auto bytes = records(content, inRecord);
      for (std::size_t piece = 1; piece <= bytes.size(); piece += piece < 12 ? 1 : 37) {
        ClientHelloReader reader;
        QVERIFY(fed(reader, bytes, piece) == Step::Done);
        QCOMPARE(reader.name(), std::string("api.test"));
      }
    }
  }

  void everyBeginningNeedsMore() {
    const auto bytes = record(hello(kOrdinary));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      ClientHelloReader reader;
      QVERIFY(reader.feed(bytes.substr(0, length)) == Step::NeedMore);
    }
  }

  void whatFollowsIsNotLookedAt() {
    ClientHelloReader reader;
    QVERIFY(reader.feed(record(hello(kOrdinary)) + "\x17\x03\x03 early data") == Step::Done);
    QVERIFY(reader.feed("anything") == Step::Done);
  }

  void greetingsAreJudged_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("reason");  // empty: done
    const auto row = [](const char* what, const std::string& bytes, const char* name, const char* reason) {
      QTest::newRow(what) << QByteArray::fromStdString(bytes) << QByteArray(name) << QByteArray(reason);
    };
    row("no extensions", record(hello("")), "", "");
    row("no name", record(hello(extension(10, "ab"))), "", "");
    row("encrypted greeting: the outer name counts", record(hello(serverName("outer.test") + extension(0xfe0d, "secret"))),
        "outer.test", "");
    row("HTTP", "GET / HTTP/1.1\r\n", "", "does not begin with a TLS greeting");
    row("SSH", "SSH-2.0-x\r\n", "", "does not begin with a TLS greeting");
    row("SSL 2", std::string("\x80\x2e\x01\x00\x02", 5), "", "does not begin with a TLS greeting");
    row("an alert", std::string("\x15\x03\x01\x00\x02\x02\x28", 7), "", "does not begin with a TLS greeting");
    row("an empty record", std::string("\x16\x03\x01\x00\x00", 5), "", "invalid length");
    row("a long record", "\x16\x03\x01\x40\x01", "", "invalid length");
    row("a server's greeting", record("\x02" + hello("").substr(1)), "", "does not begin with a TLS greeting");
    row("a long greeting", record("\x01\x00\x40\x01"s), "", "too long");
    row("two names", record(hello(serverName("api.test") + serverName("api.test"))), "", "twice");
    row("two names in one list",
        record(hello(extension(0, vector(number(0, 1) + vector("api.test", 2) + number(0, 1) + vector("evil.test", 2), 2)))), "",
        "unknown way");
    row("another kind of name", record(hello(serverName("api.test", 1))), "", "unknown way");
    row("an empty list", record(hello(extension(0, vector("", 2)))), "", "unknown way");
    row("bytes behind the list", record(hello(extension(0, vector(number(0, 1) + vector("api.test", 2), 2) + "x"))), "",
        "unknown way");
    row("an address", record(hello(serverName("203.0.113.7"))), "", "not a domain");
    row("a zero byte", record(hello(serverName("api.test\0.evil.test"s))), "", "not a domain");
    row("an empty name", record(hello(serverName(""))), "", "not a domain");
    row("an extension that goes beyond the end", record(hello(number(10, 2) + number(500, 2))), "", "damaged");
    row("bytes behind the extensions", record("\x01" + vector(hello(kOrdinary).substr(4) + "x", 3)), "", "damaged");
    row("a short greeting", record("\x01\x00\x00\x02\x03\x03"s), "", "damaged");
  }
  void greetingsAreJudged() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, reason);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{100000}}) {
      ClientHelloReader reader;
      const auto step = fed(reader, bytes.toStdString(), piece);
      QVERIFY(step == (reason.isEmpty() ? Step::Done : Step::Bad));
      QCOMPARE(QByteArray::fromStdString(reader.name()), name);
      QVERIFY2(QByteArray::fromStdString(reader.reason()).contains(reason), reader.reason().c_str());
    }
  }

  void aGreetingHasAnEnd() {
    // Records of one byte each reach the limit of bytes before that of the greeting.
    ClientHelloReader reader;
    const auto step = fed(reader, records("\x01\x00\x40\x00"s + std::string(16 * 1024 - 1, 'x'), 1), 1000);
    QVERIFY(step == Step::Bad);
    QVERIFY(reader.reason().find("too long") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(ClientHelloReaderTest)
#include "clienthelloreadertest.moc"
