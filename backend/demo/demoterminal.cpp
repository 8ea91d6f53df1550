// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demoterminal.h"

namespace terrarium {

namespace {
constexpr char kBackspace = '\x7f';
constexpr char kInterrupt = '\x03';
constexpr char kEndOfInput = '\x04';
constexpr char kClearScreen = '\x0c';
constexpr char kEscape = '\x1b';
constexpr int kInterruptSignal = 2;
constexpr int kMaxLineBytes = 4096;
}  // namespace

DemoTerminal::DemoTerminal(const SandboxId& id, const Events& events, Result<DemoShell> shell)
    : DemoSession(id, events), shell_(std::move(shell)) {
  wait_.setSingleShot(true);
  connect(&wait_, &QTimer::timeout, this, &DemoTerminal::continueSteps);
  refresh_.setInterval(std::chrono::seconds(1));
  connect(&refresh_, &QTimer::timeout, this, [this] { show(shell_->processScreen(++tick_)); });
  begin(shell_ ? std::nullopt : std::optional<Error>(shell_.error()));
  if (!shell_) return;
  show("Demonstration shell: nothing runs. \x1b[1mhelp\x1b[0m says what it answers, \x1b[1mtop\x1b[0m shows colours.\r\n");
  showPrompt();
}

void DemoTerminal::write(const QByteArray& bytes) {
  if (hasEnded() || !shell_) return;
  for (const char byte : bytes) key(byte);
}

void DemoTerminal::closeInput() { signalled(1); }

void DemoTerminal::signalled(int number) {
  if (number == kInterruptSignal) return interrupt();
  DemoSession::signalled(number);
}

void DemoTerminal::key(char byte) {
  if (watching_) {
    if (byte == 'q' || byte == kInterrupt) leaveProcesses();
    return;
  }
  if (byte == kInterrupt) return interrupt();
  if (running_) return;
  if (!escape_.isEmpty() || byte == kEscape) {
    escape_ += byte;
    const bool complete = escape_.size() > 2 && byte >= '@' && byte <= '~';
    if (complete) escape(std::exchange(escape_, {}));
    if (escape_.size() > 8) escape_.clear();
    return;
  }
  if (byte == '\r' || byte == '\n') return runLine();
  if (byte == kEndOfInput && line_.isEmpty()) {
    show("exit\r\n");
    return endWith(0);
  }
  if (byte == kClearScreen) {
    show("\x1b[H\x1b[2J");
    showPrompt();
    return show(line_);
  }
  if (byte == kBackspace || byte == '\b') {
    if (line_.isEmpty()) return;
    // The continuation bytes of one character go together.
    while ((static_cast<unsigned char>(line_.back()) & 0xC0U) == 0x80U && line_.size() > 1) line_.chop(1);
    line_.chop(1);
    return show("\b \b");
  }
  if (static_cast<unsigned char>(byte) < ' ' || line_.size() >= kMaxLineBytes) return;
  line_ += byte;
  show(QByteArray(1, byte));
}

void DemoTerminal::escape(const QByteArray& sequence) {
  if (sequence.endsWith('A') && historyIndex_ > 0) showHistory(historyIndex_ - 1);
  if (sequence.endsWith('B') && historyIndex_ < history_.size()) showHistory(historyIndex_ + 1);
}

void DemoTerminal::showHistory(std::size_t index) {
  historyIndex_ = index;
  line_ = index < history_.size() ? history_[index] : QByteArray();
  show("\r\x1b[2K");
  showPrompt();
  show(line_);
}

void DemoTerminal::runLine() {
  show("\r\n");
  const auto line = std::exchange(line_, {});
  if (!line.trimmed().isEmpty()) history_.push_back(line);
  historyIndex_ = history_.size();
  outcome_ = shell_->run(line.toStdString());
  next_ = 0;
  running_ = true;
  continueSteps();
}

void DemoTerminal::continueSteps() {
  while (next_ < outcome_.steps.size()) {
    const auto& step = outcome_.steps[next_++];
    if (step.kind == DemoStep::Kind::Wait) return wait_.start(step.wait);
    if (step.kind == DemoStep::Kind::WatchProcesses) {
      watching_ = true;
      show("\x1b[?1049h\x1b[?25l" + shell_->processScreen(tick_));
      return refresh_.start();
    }
    show(QByteArray(step.bytes).replace('\n', "\r\n"));
  }
  running_ = false;
  if (outcome_.left) return endWith(outcome_.exitCode);
  showPrompt();
}

void DemoTerminal::interrupt() {
  wait_.stop();
  running_ = false;
  line_.clear();
  show("^C\r\n");
  showPrompt();
}

void DemoTerminal::leaveProcesses() {
  watching_ = false;
  refresh_.stop();
  show("\x1b[?25h\x1b[?1049l");
  continueSteps();
}

void DemoTerminal::show(const QByteArray& bytes) { output(OutputChannel::Stdout, bytes); }

void DemoTerminal::showPrompt() { show(QByteArray::fromStdString(shell_->prompt())); }

}  // namespace terrarium
