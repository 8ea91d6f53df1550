// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demoport.h"

#include <utility>

namespace terrarium {

namespace {
constexpr qsizetype kLongestRequest = 64LL * 1024;
}

DemoPort::DemoPort(const SandboxId& id, const Events& events, int port, std::optional<Error> problem)
    : presence_(id, events), port_(port), problem_(std::move(problem)) {
  connect(&presence_, &DemoPresence::ended, this, &DemoPort::failWith);
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &DemoPort::step);
  if (!problem_ && !listensOn(port)) {
    problem_ = Error{ErrorCode::NotFound, "Nothing listens on port " + std::to_string(port) + " in the sandbox."};
  }
  timer_.start(0);
}

bool DemoPort::listensOn(int port) { return port == 3000 || port == 8000 || port == 9229; }

void DemoPort::write(const QByteArray& bytes) {
  if (writeEnded_ || request_.size() > kLongestRequest) return;
  request_ += bytes;
  timer_.start(0);
}

void DemoPort::closeWrite() {
  writeEnded_ = true;
  timer_.start(0);
}

void DemoPort::step() {
  if (over_) return;
  if (problem_) return failWith(*problem_);
  if (!open_) {
    open_ = true;
    timer_.start(0);
    emit opened();
  } else if (!ended_ && (writeEnded_ || request_.contains("\r\n\r\n"))) {
    answer();
  } else if (ended_ && writeEnded_) {
    over_ = true;
    emit closed();
  }
}

void DemoPort::answer() {
  ended_ = true;
  timer_.start(0);
  const QByteArray page = "<!doctype html><meta charset=utf-8><title>Demonstration</title><h1>Hello from port " +
                          QByteArray::number(port_) + "</h1><p>This sandbox only pretends.</p>\n";
  const auto head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\nContent-Length: " +
                    QByteArray::number(page.size()) + "\r\n\r\n";
  if (!request_.isEmpty()) emit received(head + page);
  emit ended();
}

void DemoPort::failWith(const Error& error) {
  if (!std::exchange(over_, true)) emit failed(error);
}

}  // namespace terrarium
