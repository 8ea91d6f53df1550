// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QPointer>
#include <QTest>

#include "backend/httpapi/execcollection.h"

using namespace terrarium;

namespace {

/// Keeps what an exchange sends.
class RecordingTransport final : public Transport {
 public:
  void wantBody() override {}
  void sendHead(int status, const HttpHeaders&, BodyFraming) override { status_ = status; }
  void sendBody(const QByteArray& bytes) override { body_ += bytes; }
  void finish() override { finished_ = true; }
  void openTunnel(const HttpHeaders&) override {}
  void acceptWebSocket(const QByteArray&, qint64) override {}
  void wantMessage() override {}
  void sendMessage(const QByteArray&, bool) override {}
  void closeWebSocket(int, const QByteArray&) override {}
  void abort() override { aborted_ = true; }

  int status_ = 0;
  QByteArray body_;
  bool finished_ = false;
  bool aborted_ = false;
};

/// A command whose output the test makes up.
class ScriptedSession final : public ExecSession {
 public:
  void write(const QByteArray&) override {}
  [[nodiscard]] qint64 inputPending() const override { return 0; }
  void closeInput() override {}
  void sendSignal(const QByteArray&) override {}
  void resize(int, int) override {}
  void consumed(qint64 bytes) override { consumed_ += bytes; }

  qint64 consumed_ = 0;
};

}  // namespace

class ExecCollectionTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    transport_ = std::make_shared<RecordingTransport>();
    exchange_ = new Exchange(HttpRequest{}, transport_, this);
    auto session = std::make_unique<ScriptedSession>();
    session_ = session.get();
    new ExecCollection(*exchange_, std::move(session));
  }
  void cleanup() { delete exchange_.data(); }

  void bytesBecomeText_data() {
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("a") << QByteArray("b") << QStringLiteral("ab");
    QTest::newRow("character in two pieces") << QByteArray("\xe2\x82") << QByteArray("\xac!") << QStringLiteral("€!");
    QTest::newRow("not UTF-8") << QByteArray("a\xff") << QByteArray("b") << QStringLiteral("a\uFFFDb");
    QTest::newRow("cut at the end") << QByteArray("a") << QByteArray("\xe2") << QStringLiteral("a\uFFFD");
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray() << QString::fromLatin1("a\0b", 3);
  }
  void bytesBecomeText() {
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(QString, text);
    emit session_->outputReceived(OutputChannel::Stdout, first);
    emit session_->outputReceived(OutputChannel::Stderr, "between");
    emit session_->outputReceived(OutputChannel::Stdout, second);
    emit session_->finished({7, std::chrono::milliseconds(1)});
    QCOMPARE(answer().value(QLatin1String("stdout")).toString(), text);
    QCOMPARE(answer().value(QLatin1String("stderr")).toString(), QStringLiteral("between"));
    QCOMPARE(answer().value(QLatin1String("exit_code")).toInt(), 7);
    QVERIFY(!answer().contains(QLatin1String("truncated")));
  }

  void outputIsCutAtTheLimit_data() {
    QTest::addColumn<QByteArray>("unit");
    QTest::newRow("letters") << QByteArray("a");
    QTest::newRow("quotes") << QByteArray("\"");
    QTest::newRow("control characters") << QByteArray("\x01");
    QTest::newRow("two bytes") << QByteArray("é");
    QTest::newRow("four bytes") << QByteArray("😀");
    QTest::newRow("not UTF-8") << QByteArray("\xff");
  }
  /// The whole body stays below the 10 MiB that the official SDK accepts, whatever the bytes are.
  void outputIsCutAtTheLimit() {
    QFETCH(QByteArray, unit);
    const auto chunk = unit.repeated(65536 / unit.size());
    qint64 sent = 0;
    for (; sent < (20 << 20); sent += chunk.size()) emit session_->outputReceived(OutputChannel::Stdout, chunk);
    emit session_->finished({0, std::chrono::milliseconds(1)});
    QCOMPARE(session_->consumed_, sent);
    QVERIFY(transport_->body_.size() < ExecCollection::kMostOutput + 1024);
    QVERIFY(transport_->body_.size() > ExecCollection::kMostOutput - 65536);
    QVERIFY(answer().value(QLatin1String("truncated")).toBool());
    QVERIFY(answer().value(QLatin1String("stderr")).toString().contains(QLatin1String("truncated")));
    const auto text = answer().value(QLatin1String("stdout")).toString();
    QVERIFY(text.endsWith(QString::fromUtf8(unit)));
  }

  void aFailureIsAStatus() {
    emit session_->failed(Error{ErrorCode::NotRunning, "sandbox is paused"});
    QCOMPARE(transport_->status_, 503);
    QVERIFY(transport_->finished_);
  }

  void aClientThatWentEndsTheCommand() {
    const QPointer<ScriptedSession> watched(session_);
    delete exchange_.data();
    QVERIFY(watched.isNull());
    QVERIFY(transport_->aborted_);
  }

 private:
  [[nodiscard]] QJsonObject answer() const { return QJsonDocument::fromJson(transport_->body_).object(); }
  std::shared_ptr<RecordingTransport> transport_;
  QPointer<Exchange> exchange_;
  QPointer<ScriptedSession> session_;
};

QTEST_GUILESS_MAIN(ExecCollectionTest)
#include "execcollectiontest.moc"
