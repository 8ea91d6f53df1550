// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/mcpcommand.h"

#include <cerrno>
#include <unistd.h>

#include "app/cli/mcp/filetools.h"

namespace terrarium {

namespace {
// The greatest file, of which JSON may write each byte in six, and what surrounds it.
constexpr qsizetype kLongestLine = 6 * kMostWritten + (1 << 20);
constexpr qsizetype kPiece = 64 * 1024;
}  // namespace

McpCommand::McpCommand() : lines_(kLongestLine) {}

Verb McpCommand::describe(Verb parent) {
  return parent.verb("mcp", "Serve the Model Context Protocol on standard input and output, for assistants that use sandboxes");
}

void McpCommand::run() {
  server_ = std::make_unique<McpServer>(
      [this](QObject* context, const std::function<void(Result<std::shared_ptr<Facade>>)>& callback) {
        findEngine(context, callback);
      },
      [this](const QByteArray& line) { console().outRaw(line); });
  input_ = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
  connect(input_.get(), &QSocketNotifier::activated, this, &McpCommand::read);
}

void McpCommand::read() {
  QByteArray bytes(kPiece, Qt::Uninitialized);
  const auto length = ::read(STDIN_FILENO, bytes.data(), static_cast<std::size_t>(bytes.size()));
  if (length < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (length <= 0) {
    input_->setEnabled(false);
    server_->cancelAll();
    return succeed();
  }
  lines_.feed(bytes.left(length));
  while (const auto line = lines_.next()) line->isTooLong ? server_->refuseLongLine() : server_->receive(line->text);
}

void McpCommand::findEngine(QObject* context, const std::function<void(Result<std::shared_ptr<Facade>>)>& callback) {
  // Asked for each call: a client may stay for days, in which the engine may have been started anew at another address.
  session().findEngine(context, [this, callback](const Result<Endpoint>& endpoint) {
    if (!endpoint) return callback(failure(endpoint.error()));
    if (!facade_ || endpoint->url != endpoint_.url || endpoint->apiKey != endpoint_.apiKey) {
      endpoint_ = *endpoint;
      facade_ = std::make_shared<HttpFacade>(endpoint->url, endpoint->apiKey);
    }
    callback(std::shared_ptr<Facade>(facade_));
  });
}

}  // namespace terrarium
