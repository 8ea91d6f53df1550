// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDir>
#include <deque>
#include <memory>
#include <set>

#include "app/cli/command.h"
#include "app/cli/copyplace.h"
#include "app/cli/filetransfer.h"

namespace terrarium {

/// `cp`: files and folders into a sandbox or out of it, one after the other, with progress on a terminal. Links are left out.
class CpCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  struct Job {
    std::string remote;
    QString local;
  };
  void down(HttpFacade& facade, const SandboxInfo& info);
  void downFrom(const FileEntry& entry);
  void downZip(const QString& local);
  void visitNextFolder();
  void visit(const Job& folder, const std::vector<FileEntry>& entries);
  void up(HttpFacade& facade, const SandboxInfo& info);
  void upTo(bool targetIsFolder);
  void collect(const QDir& root, const std::string& base);
  void makeFolders();
  void nextJob();
  void follow(FileTransfer* transfer, const std::string& name);
  void succeedWithCount();
  void skip(const std::string& path, const std::string& reason);
  [[nodiscard]] QString localTarget() const;

  std::string from_;
  std::string to_;
  bool zip_ = false;
  CopyPlace source_;
  CopyPlace target_;
  HttpFacade* facade_ = nullptr;
  std::optional<SandboxId> id_;
  std::deque<Job> folders_;
  std::deque<Job> jobs_;
  /// To be made in the sandbox, because no file is copied into them.
  std::set<std::string> emptyFolders_;
  std::unique_ptr<ExecSession> mkdir_;
  std::string mkdirProblem_;
  bool upwards_ = false;
  int files_ = 0;
  qint64 bytes_ = 0;
};

}  // namespace terrarium
