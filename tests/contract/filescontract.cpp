// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/filescontract.h"

#include <algorithm>

#include "tests/support/builders.h"

namespace terrarium {

namespace {

/// Every byte value, not a multiple of any buffer size.
QByteArray manyBytes() {
  QByteArray bytes(700'001, Qt::Uninitialized);
  for (qsizetype i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>((i * 7 + i / 251) & 0xFF);
  return bytes;
}

}  // namespace

FilesContract::ReadLog FilesContract::readToEnd(ReadStream& stream) {
  ReadLog log;
  connect(&stream, &ReadStream::opened, &stream, [&](const FileEntry& entry) { log.entry = entry; });
  connect(&stream, &ReadStream::chunkReceived, &stream, [&](const QByteArray& bytes) {
    log.bytes += bytes;
    stream.consumed(bytes.size());
  });
  connect(&stream, &ReadStream::finished, &stream, [&] { ++log.endCount; });
  connect(&stream, &ReadStream::failed, &stream, [&](const Error& error) {
    ++log.endCount;
    log.error = error;
  });
  if (!waitFor([&] { return log.endCount > 0; })) log.error = Error{ErrorCode::TimedOut, "the transfer did not end", {}, {}};
  return log;
}

FilesContract::ReadLog FilesContract::read(const SandboxId& id, const std::string& path, const ByteRange& range) {
  const auto stream = facade().files().read(id, path, range);
  return readToEnd(*stream);
}

Result<qint64> FilesContract::write(const SandboxId& id, const std::string& path, const QByteArray& bytes) {
  constexpr qint64 kPiece = 100'000;
  constexpr qint64 kBound = 300'000;
  const auto stream = facade().files().write(id, path);
  std::optional<Result<qint64>> answer;
  connect(stream.get(), &WriteStream::stored, this, [&](qint64 size) { answer = Result<qint64>(size); });
  connect(stream.get(), &WriteStream::failed, this, [&](const Error& error) { answer = Result<qint64>(failure(error)); });
  for (qint64 begin = 0; begin < bytes.size() && !answer; begin += kPiece) {
    stream->write(bytes.mid(begin, kPiece));
    (void)waitFor([&] { return answer.has_value() || stream->pending() < kBound; });
  }
  if (!answer) stream->finish();
  if (!waitFor([&] { return answer.has_value(); })) return failure(ErrorCode::TimedOut, "the transfer did not end");
  return *answer;
}

void FilesContract::whatIsWrittenIsRead() {
  const auto info = made(sandboxSpec());
  const auto bytes = manyBytes();
  const auto stored = write(info.id, "/tmp/a file.bin", bytes);
  VERIFY_WENT_WELL(stored);
  QCOMPARE(*stored, bytes.size());
  const auto log = read(info.id, "/tmp/a file.bin");
  QVERIFY2(!log.error, log.error ? log.error->message.c_str() : "");
  QVERIFY(log.entry);
  QCOMPARE(log.entry->size, bytes.size());
  QVERIFY(log.bytes == bytes);
}

void FilesContract::anEmptyFileIsAFile() {
  const auto info = made(sandboxSpec());
  QCOMPARE(write(info.id, "/tmp/empty", {}).value_or(-1), 0);
  const auto log = read(info.id, "/tmp/empty");
  QVERIFY(!log.error && log.entry);
  QCOMPARE(log.entry->size, 0);
  QCOMPARE(log.bytes, QByteArray());
}

void FilesContract::parentsAreMadeAndContentIsReplaced() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(write(info.id, "/tmp/new/deeper/\xC3\xA4.txt", "something long"));
  VERIFY_WENT_WELL(write(info.id, "/tmp/new/deeper/\xC3\xA4.txt", "short"));
  QCOMPARE(read(info.id, "/tmp/new/deeper/\xC3\xA4.txt").bytes, QByteArray("short"));
}

void FilesContract::commandsSeeTheSameFiles() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(write(info.id, "/tmp/note", "from outside\n"));
  QCOMPARE(exec(info.id, "cat /tmp/note").out, QByteArray("from outside\n"));
  QCOMPARE(exec(info.id, "echo from inside > /tmp/answer").err, QByteArray());
  QCOMPARE(read(info.id, "/tmp/answer").bytes, QByteArray("from inside\n"));
}

void FilesContract::aRangeIsRead() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(write(info.id, "/tmp/digits", "0123456789"));
  const auto middle = read(info.id, "/tmp/digits", {3, 4});
  QCOMPARE(middle.bytes, QByteArray("3456"));
  QCOMPARE(middle.entry->size, 10);
  QCOMPARE(read(info.id, "/tmp/digits", {8, std::nullopt}).bytes, QByteArray("89"));
  QCOMPARE(read(info.id, "/tmp/digits", {8, 100}).bytes, QByteArray("89"));
}

void FilesContract::aStatTellsSizeAndMode() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(write(info.id, "/tmp/note", "12345"));
  const auto file = await(facade().files().stat(info.id, "/tmp/note"));
  VERIFY_WENT_WELL(file);
  QCOMPARE(file->name, std::string("note"));
  QCOMPARE(file->size, 5);
  QCOMPARE(file->mode & 0777U, 0644U);
  QVERIFY(!file->isDirectory);
  QVERIFY(file->modifiedUnix > 1'600'000'000);
  const auto folder = await(facade().files().stat(info.id, "/tmp"));
  VERIFY_WENT_WELL(folder);
  QVERIFY(folder->isDirectory);
}

void FilesContract::aFolderIsListed() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(write(info.id, "/tmp/folder/b", "12"));
  VERIFY_WENT_WELL(write(info.id, "/tmp/folder/a/below", "1"));
  auto entries = await(facade().files().list(info.id, "/tmp/folder"));
  VERIFY_WENT_WELL(entries);
  QCOMPARE(entries->size(), std::size_t{2});
  std::sort(entries->begin(), entries->end(), [](const FileEntry& a, const FileEntry& b) { return a.name < b.name; });
  QVERIFY(entries->at(0).name == "a" && entries->at(0).isDirectory);
  QVERIFY(entries->at(1).name == "b" && !entries->at(1).isDirectory);
  QCOMPARE(entries->at(1).size, 2);
}

void FilesContract::aFolderComesAsZip() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(write(info.id, "/tmp/folder/inner/file.txt", "content"));
  const auto stream = facade().files().readZip(info.id, "/tmp/folder");
  const auto log = readToEnd(*stream);
  QVERIFY2(!log.error, log.error ? log.error->message.c_str() : "");
  QVERIFY(log.bytes.startsWith("PK\x03\x04"));
  QVERIFY(log.bytes.contains("folder/inner/"));
  QVERIFY(log.bytes.contains("folder/inner/file.txt"));
  QVERIFY(log.bytes.right(22).startsWith("PK\x05\x06"));
}

void FilesContract::whatIsNotThereIsNotFound() {
  const auto info = made(sandboxSpec());
  const auto log = read(info.id, "/tmp/absent");
  QVERIFY(log.error && !log.entry);
  QCOMPARE(log.error->code, ErrorCode::NotFound);
  QCOMPARE(log.endCount, 1);
  COMPARE_PROBLEM(await(facade().files().stat(info.id, "/tmp/absent")), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(facade().files().list(info.id, "/tmp/absent")), ErrorCode::NotFound);
}

void FilesContract::badPathsAreRefused() {
  const auto info = made(sandboxSpec());
  for (const std::string path : {"relative", "/tmp/../etc/passwd", ""}) {
    const auto log = read(info.id, path);
    QVERIFY(log.error);
    QCOMPARE(log.error->code, ErrorCode::BadRequest);
    COMPARE_PROBLEM(write(info.id, path, "x"), ErrorCode::BadRequest);
    COMPARE_PROBLEM(await(facade().files().stat(info.id, path)), ErrorCode::BadRequest);
    COMPARE_PROBLEM(await(facade().files().list(info.id, path)), ErrorCode::BadRequest);
  }
}

void FilesContract::aFolderCannotBeReadOrOverwritten() {
  const auto info = made(sandboxSpec());
  const auto log = read(info.id, "/tmp");
  QVERIFY(log.error);
  QCOMPARE(log.error->code, ErrorCode::BadRequest);
  QVERIFY(!write(info.id, "/tmp", "x"));
  QVERIFY(await(facade().files().stat(info.id, "/tmp"))->isDirectory);
}

void FilesContract::aPausedSandboxHandsOutNothing() {
  const auto info = madePaused(sandboxSpec());
  const auto log = read(info.id, "/etc/hostname");
  QVERIFY(log.error);
  QCOMPARE(log.error->code, ErrorCode::NotRunning);
  COMPARE_PROBLEM(write(info.id, "/tmp/x", "x"), ErrorCode::NotRunning);
}

}  // namespace terrarium
