// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

#include "backend/guest/agentprotocol.h"
#include "backend/guest/serialguestagents.h"
#include "tests/unit/guest/agentprocess.h"

using namespace terrarium;
using namespace std::chrono_literals;

namespace {

/// Takes in a file, consuming at once.
struct Download {
  explicit Download(std::unique_ptr<ReadStream> made) : stream(std::move(made)) {
    QObject::connect(stream.get(), &ReadStream::opened, stream.get(), [this](const FileEntry& given) { entry = given; });
    QObject::connect(stream.get(), &ReadStream::chunkReceived, stream.get(), [this](const QByteArray& bytes) {
      content += bytes;
      stream->consumed(bytes.size());
    });
    QObject::connect(stream.get(), &ReadStream::finished, stream.get(), [this] { finished = true; });
    QObject::connect(stream.get(), &ReadStream::failed, stream.get(), [this](const Error& given) { error = given; });
  }
  [[nodiscard]] bool over() const { return finished || error.has_value(); }

  std::unique_ptr<ReadStream> stream;
  std::optional<FileEntry> entry;
  QByteArray content;
  bool finished = false;
  std::optional<Error> error;
};

struct Upload {
  explicit Upload(std::unique_ptr<WriteStream> made) : stream(std::move(made)) {
    QObject::connect(stream.get(), &WriteStream::stored, stream.get(), [this](qint64 given) { stored = given; });
    QObject::connect(stream.get(), &WriteStream::failed, stream.get(), [this](const Error& given) { error = given; });
  }
  [[nodiscard]] bool over() const { return stored.has_value() || error.has_value(); }

  std::unique_ptr<WriteStream> stream;
  std::optional<qint64> stored;
  std::optional<Error> error;
};

QByteArray randomBytes(qsizetype count) {
  QByteArray bytes(count, Qt::Uninitialized);
  QRandomGenerator random(42);
  for (auto& byte : bytes) byte = static_cast<char>(random.generate());
  return bytes;
}

void writeLocal(const QString& path, const QByteArray& content) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(content);
}

QByteArray readLocal(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

/// Files in both directions, with the real agent program on the same machine.
class FileTransferTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    const auto connected = answerOf(agents_.connect(process_.socket(), 10s));
    QVERIFY(connected.has_value());
    agent_ = *connected;
  }

  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
  }

  void aLargeFileGoesThereAndBack() {
    const auto content = randomBytes(50 * 1024 * 1024);
    Upload up(agent_->write(path("new/folder/large")));
    qsizetype given = 0;
    qint64 most = 0;
    const auto pump = [&] {
      while (given < content.size() && up.stream->pending() < 300'000) {
        up.stream->write(content.mid(given, 100'000));
        given += 100'000;
        most = std::max(most, up.stream->pending());
      }
      if (given >= content.size()) up.stream->finish();
    };
    QObject::connect(up.stream.get(), &WriteStream::drained, up.stream.get(), pump);
    pump();
    QTRY_VERIFY_WITH_TIMEOUT(up.over(), 30000);
    QCOMPARE(up.stored.value_or(-1), content.size());
    QVERIFY(most <= 400'000);
    QVERIFY(readLocal(local("new/folder/large")) == content);

    Download down(agent_->read(path("new/folder/large"), {}));
    QTRY_VERIFY_WITH_TIMEOUT(down.over(), 30000);
    QVERIFY(down.finished);
    QCOMPARE(down.entry->size, content.size());
    QCOMPARE(down.entry->name, std::string("large"));
    QVERIFY(down.content == content);
  }

  void contentMayHoldTheMarkOfTheProtocol() {
    const auto mark = QByteArray::fromStdString(std::string(guest::conversationMark()));
    const auto content = QByteArray(40'000, 'x') + mark + mark + "tail" + mark.left(9) + mark;
    Upload up(agent_->write(path("marks")));
    up.stream->write(content);
    up.stream->write(mark.left(5));
    up.stream->write(mark.mid(5));
    up.stream->finish();
    QTRY_VERIFY(up.over());
    QVERIFY(readLocal(local("marks")) == content + mark);
    Download down(agent_->read(path("marks"), {}));
    QTRY_VERIFY(down.over());
    QVERIFY(down.content == content + mark);
  }

  void anEmptyFileIsStored() {
    Upload up(agent_->write(path("empty")));
    up.stream->finish();
    QTRY_VERIFY(up.over());
    QCOMPARE(up.stored.value_or(-1), 0);
    QVERIFY(QFile::exists(local("empty")));
    struct stat status {};
    QCOMPARE(::stat(path("empty").c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0644U);
  }

  void anExistingFileIsTruncated() {
    writeLocal(local("there"), QByteArray(1000, 'x'));
    Upload up(agent_->write(path("there")));
    up.stream->write("short");
    up.stream->finish();
    QTRY_VERIFY(up.over());
    QCOMPARE(readLocal(local("there")), QByteArray("short"));
  }

  void anUploadThatIsGivenUpLeavesNothing() {
    auto up = std::make_unique<Upload>(agent_->write(path("partial")));
    up->stream->write(QByteArray(100'000, 'x'));
    QTRY_VERIFY(QFile::exists(local("partial")));
    up.reset();
    QTRY_VERIFY(!QFile::exists(local("partial")));
  }

  void writingIsRefused_data() {
    QTest::addColumn<QString>("where");
    QTest::addColumn<int>("code");
    const int bad = static_cast<int>(ErrorCode::BadRequest);
    for (const char* where : {"/", "/proc/sys/kernel/hostname", "/sys/x", "/dev/x", "/dev", "/sbin/init", "/usr/sbin/init",
                              "/usr/local/bin/boxd", "relative", "/tmp/../etc/passwd", "//proc//x", "/./dev/x"}) {
      QTest::newRow(where) << QString::fromLatin1(where) << bad;
    }
    QTest::newRow("link to proc") << QStringLiteral("LINK/x") << bad;
    QTest::newRow("a directory") << QStringLiteral("DIR") << bad;
    QTest::newRow("below a file") << QStringLiteral("FILE/x") << bad;
    QTest::newRow("full") << QStringLiteral("FULL") << static_cast<int>(ErrorCode::BadRequest);
  }

  void writingIsRefused() {
    QFETCH(QString, where);
    QVERIFY(QFile::link(QStringLiteral("/proc"), local("LINK")));
    QVERIFY(QDir().mkdir(local("DIR")));
    QVERIFY(QFile::link(QStringLiteral("/dev/full"), local("FULL")));
    writeLocal(local("FILE"), "x");
    Upload up(agent_->write(where.isUpper() || where.contains(QLatin1String("LINK")) || where.startsWith(QLatin1String("FILE"))
                                ? path(where.toLatin1())
                                : where.toStdString()));
    up.stream->write("x");
    up.stream->finish();
    QTRY_VERIFY(up.over());
    QVERIFY(up.error.has_value());
    QTEST(static_cast<int>(up.error->code), "code");
    QCOMPARE(up.error->field, std::string("path"));
  }

  void rangesAreRead_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("all") << qint64(0) << qint64(-1) << QByteArray("0123456789");
    QTest::newRow("from") << qint64(4) << qint64(-1) << QByteArray("456789");
    QTest::newRow("part") << qint64(2) << qint64(3) << QByteArray("234");
    QTest::newRow("beyond") << qint64(8) << qint64(30) << QByteArray("89");
    QTest::newRow("nothing") << qint64(3) << qint64(0) << QByteArray();
    QTest::newRow("after the end") << qint64(100) << qint64(5) << QByteArray();
  }

  void rangesAreRead() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    writeLocal(local("ten"), "0123456789");
    ByteRange range;
    range.offset = offset;
    if (length >= 0) range.length = length;
    Download down(agent_->read(path("ten"), range));
    QTRY_VERIFY(down.over());
    QVERIFY(down.finished);
    QCOMPARE(down.entry->size, 10);
    QTEST(down.content, "content");
  }

  void filesOfTheKernelAreRead() {
    Download down(agent_->read("/proc/self/status", {}));
    QTRY_VERIFY(down.over());
    QVERIFY(down.content.startsWith("Name:\tterrarium-agent"));
  }

  void readingIsRefused_data() {
    QTest::addColumn<QString>("where");
    QTest::addColumn<int>("code");
    QTest::newRow("missing") << QStringLiteral("/no/such/file") << static_cast<int>(ErrorCode::NotFound);
    QTest::newRow("directory") << QStringLiteral("/tmp") << static_cast<int>(ErrorCode::BadRequest);
    QTest::newRow("device") << QStringLiteral("/dev/zero") << static_cast<int>(ErrorCode::BadRequest);
    QTest::newRow("relative") << QStringLiteral("tmp") << static_cast<int>(ErrorCode::BadRequest);
    QTest::newRow("parent") << QStringLiteral("/tmp/../etc/passwd") << static_cast<int>(ErrorCode::BadRequest);
  }

  void readingIsRefused() {
    QFETCH(QString, where);
    Download down(agent_->read(where.toStdString(), {}));
    QTRY_VERIFY(down.over());
    QVERIFY(down.error.has_value());
    QTEST(static_cast<int>(down.error->code), "code");
  }

  void aPipeDoesNotHoldTheAgentUp() {
    QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
    Download down(agent_->read(path("pipe"), {}));
    QTRY_VERIFY(down.over());
    QCOMPARE(down.error.value_or(Error{}).code, ErrorCode::BadRequest);
    Upload up(agent_->write(path("pipe")));
    QTRY_VERIFY(up.over());
    QCOMPARE(up.error.value_or(Error{}).code, ErrorCode::BadRequest);
    QVERIFY(answerOf(agent_->ping()).has_value());
  }

  void aDirectoryIsListed() {
    writeLocal(local("b"), "12345");
    QVERIFY(QDir().mkdir(local("a")));
    QVERIFY(QFile::link(QStringLiteral("/tmp"), local("c")));
    const auto entries = answerOf(agent_->list(folder_->path().toStdString()));
    QVERIFY(entries.has_value());
    QCOMPARE(entries->size(), std::size_t(3));
    QCOMPARE(entries->at(0).name, std::string("a"));
    QVERIFY(entries->at(0).isDirectory && !entries->at(0).isSymlink);
    QCOMPARE(entries->at(1).name, std::string("b"));
    QCOMPARE(entries->at(1).size, 5);
    QVERIFY(!entries->at(1).isDirectory && entries->at(1).modifiedUnix > 1'600'000'000);
    QVERIFY(entries->at(2).isDirectory && entries->at(2).isSymlink);
  }

  void aLargeDirectoryIsListed() {
    for (int i = 0; i < 3000; ++i) writeLocal(local(("file-with-a-long-name-" + std::to_string(i)).c_str()), {});
    const auto entries = answerOf(agent_->list(folder_->path().toStdString()));
    QVERIFY(entries.has_value());
    QCOMPARE(entries->size(), std::size_t(3000));
  }

  void onePathIsDescribed() {
    writeLocal(local("one"), "123");
    const auto entry = answerOf(agent_->stat(path("one")));
    QVERIFY(entry.has_value());
    QCOMPARE(entry->size, 3);
    QCOMPARE(entry->name, std::string("one"));
    const auto root = answerOf(agent_->stat("/"));
    QVERIFY(root.has_value() && root->isDirectory);
    const auto missing = answerOf(agent_->stat("/no/such"));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::NotFound);
  }

  void aDirectoryBecomesAnArchive() {
    QVERIFY(QDir().mkpath(local("tree/sub/empty")));
    const auto large = randomBytes(3'000'000);
    writeLocal(local("tree/large"), large);
    writeLocal(local("tree/sub/small \xc3\xa4"), "small");
    writeLocal(local("tree/sub/nothing"), {});
    QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), local("tree/link")));
    Download down(agent_->readZip(path("tree")));
    QTRY_VERIFY_WITH_TIMEOUT(down.over(), 20000);
    QVERIFY2(down.finished, down.error ? down.error->message.c_str() : "");
    QCOMPARE(down.entry->size, -1);
    writeLocal(local("out.zip"), down.content);

    QProcess python;
    python.start(QStringLiteral("python3"), {QStringLiteral("-c"),
                                             QStringLiteral("import sys,zipfile\n"
                                                            "z=zipfile.ZipFile(sys.argv[1])\n"
                                                            "assert z.testzip() is None\n"
                                                            "print('|'.join(sorted(z.namelist())))\n"
                                                            "z.extractall(sys.argv[2])"),
                                             local("out.zip"), local("out")});
    QVERIFY(python.waitForFinished());
    QCOMPARE(python.exitCode(), 0);
    QCOMPARE(python.readAllStandardOutput().trimmed(),
             QByteArray("tree/|tree/large|tree/sub/|tree/sub/empty/|tree/sub/nothing|tree/sub/small \xc3\xa4"));
    QVERIFY(readLocal(local("out/tree/large")) == large);
    QCOMPARE(readLocal(local("out/tree/sub/small \xc3\xa4")), QByteArray("small"));
  }

  void anArchiveIsRefused_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("code");
    QTest::newRow("link") << QByteArray("link") << static_cast<int>(ErrorCode::BadRequest);
    QTest::newRow("file") << QByteArray("file") << static_cast<int>(ErrorCode::BadRequest);
    QTest::newRow("missing") << QByteArray("missing") << static_cast<int>(ErrorCode::NotFound);
  }

  void anArchiveIsRefused() {
    QFETCH(QByteArray, name);
    QVERIFY(QFile::link(QStringLiteral("/tmp"), local("link")));
    writeLocal(local("file"), "x");
    Download down(agent_->readZip(path(name)));
    QTRY_VERIFY(down.over());
    QVERIFY(down.error.has_value());
    QTEST(static_cast<int>(down.error->code), "code");
  }

  void aReaderThatDoesNotConsumeStopsTheFile() {
    writeLocal(local("big"), QByteArray(2'000'000, 'x'));
    const auto stream = agent_->read(path("big"), {});
    qint64 received = 0;
    QObject::connect(stream.get(), &ReadStream::chunkReceived, stream.get(),
                     [&](const QByteArray& bytes) { received += bytes.size(); });
    QTRY_COMPARE(received, 256 * 1024);
    QVERIFY(answerOf(agent_->ping()).has_value());
    QCOMPARE(received, 256 * 1024);
  }

 private:
  [[nodiscard]] std::string path(const QByteArray& name) const { return folder_->path().toStdString() + "/" + name.toStdString(); }
  [[nodiscard]] QString local(const char* name) const { return folder_->path() + QLatin1Char('/') + QString::fromUtf8(name); }

  AgentProcess process_;
  SerialGuestAgents agents_;
  std::shared_ptr<GuestAgent> agent_;
  std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(FileTransferTest)
#include "filetransfertest.moc"
