// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/execcollection.h"

namespace terrarium {

namespace {
const QByteArray kNotice = "\n[output truncated: more than 8 MiB]\n";
}

qint64 jsonEncodedSize(const QByteArray& text) {
  qint64 size = 0;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte == '"' || byte == '\\' || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\b' || byte == '\f')
      size += 2;
    else if (byte < 0x20)
      size += 6;
    else
      size += 1;
  }
  return size;
}

ExecCollection::ExecCollection(Exchange& exchange, std::unique_ptr<ExecSession> session)
    : QObject(&exchange), exchange_(exchange), session_(std::move(session)) {
  sinceRequest_.start();
  connect(session_.get(), &ExecSession::started, this, [this] { spawnMs_ = sinceRequest_.elapsed(); });
  connect(session_.get(), &ExecSession::outputReceived, this, &ExecCollection::collect);
  connect(session_.get(), &ExecSession::finished, this, &ExecCollection::answer);
  connect(session_.get(), &ExecSession::failed, this, [this](const Error& error) { exchange_.respondError(error); });
}

void ExecCollection::collect(OutputChannel channel, const QByteArray& bytes) {
  session_->consumed(bytes.size());
  if (truncated_) return;
  auto& stream = channel == OutputChannel::Stdout ? stdout_ : stderr_;
  append(stream, stream.cutter.feed(bytes));
}

void ExecCollection::append(Stream& stream, const QByteArray& bytes) {
  // What is not UTF-8 grows when it is replaced, so it is measured afterwards.
  auto text = QString::fromUtf8(bytes).toUtf8();
  const auto room = kMostOutput - encoded_;
  if (jsonEncodedSize(text) > room) {
    truncated_ = true;
    qint64 size = 0;
    qsizetype count = 0;
    while (count < text.size() && (size += jsonEncodedSize(text.mid(count, 1))) <= room) ++count;
    while (count > 0 && count < text.size() && (static_cast<unsigned char>(text.at(count)) & 0xc0U) == 0x80U) --count;
    text.truncate(count);
  }
  encoded_ += jsonEncodedSize(text);
  stream.text += text;
}

void ExecCollection::answer(const ExecResult& result) {
  for (auto* stream : {&stdout_, &stderr_}) {
    if (!truncated_) append(*stream, stream->cutter.rest());
  }
  if (truncated_) stderr_.text += kNotice;
  QJsonObject body{{QStringLiteral("stdout"), QString::fromUtf8(stdout_.text)},
                   {QStringLiteral("stderr"), QString::fromUtf8(stderr_.text)},
                   {QStringLiteral("exit_code"), result.exitCode}};
  if (truncated_) body.insert(QStringLiteral("truncated"), true);
  exchange_.respond(200, body,
                    {{"X-Boxd-Spawn-Ms", QByteArray::number(spawnMs_)},
                     {"X-Boxd-Run-Ms", QByteArray::number(static_cast<qint64>(result.duration.count()))}});
}

}  // namespace terrarium
