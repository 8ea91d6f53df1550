// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/files.h"
#include "backend/client/accesstokens.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// Files over the data plane. The contract has no request for the facts of one file, so stat() looks it up in the listing of its
/// directory. Owned by HttpFacade.
class HttpFiles : public QObject, public Files {
  Q_OBJECT
 public:
  HttpFiles(HttpCalls& calls, AccessTokens& tokens) : calls_(calls), tokens_(tokens) {}

  Pending<std::vector<FileEntry>> list(const SandboxId& id, const std::string& path) override;
  Pending<FileEntry> stat(const SandboxId& id, const std::string& path) override;
  [[nodiscard]] std::unique_ptr<ReadStream> read(const SandboxId& id, const std::string& path, const ByteRange& range) override;
  [[nodiscard]] std::unique_ptr<ReadStream> readZip(const SandboxId& id, const std::string& path) override;
  [[nodiscard]] std::unique_ptr<WriteStream> write(const SandboxId& id, const std::string& path) override;

 private:
  using Entries = std::vector<FileEntry>;
  void ask(const SandboxId& id, const std::string& path, const Result<QString>& token, bool mayRenew,
           const Resolver<Entries>& resolver);
  HttpCalls& calls_;
  AccessTokens& tokens_;
};

}  // namespace terrarium
