// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/consolelog.h"

#include <QStringList>

namespace terrarium {

ConsoleLog::ConsoleLog(QString path) : path_(std::move(path)), file_(path_) {
  // Without a log the machine still works; the console is for looking into, nothing depends on it.
  (void)file_.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered);
  file_.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

void ConsoleLog::follow(std::unique_ptr<UnixStream> console) {
  console_ = std::move(console);
  connect(console_.get(), &UnixStream::received, this, &ConsoleLog::append);
}

void ConsoleLog::append(const QByteArray& bytes) {
  if (file_.isOpen() && file_.size() + bytes.size() > kHalf) {
    const QString older = path_ + QStringLiteral(".1");
    QFile::remove(older);
    file_.close();
    QFile::rename(path_, older);
    file_.setFileName(path_);
    (void)file_.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered);
  }
  if (file_.isOpen()) file_.write(bytes.right(kHalf));
}

void ConsoleLog::drain() {
  if (console_) console_->drain();
}

QString ConsoleLog::lastLines(int count) const { return lastLinesOf(path_, count); }

QString lastLinesOf(const QString& path, int count) {
  constexpr qint64 kEnough = 4096;
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  if (file.size() > kEnough) file.seek(file.size() - kEnough);
  auto text = QString::fromUtf8(file.read(kEnough));
  text.removeIf([](QChar c) { return c != QLatin1Char('\n') && !c.isPrint(); });
  auto lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  if (lines.size() > count) lines = lines.mid(lines.size() - count);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace terrarium
