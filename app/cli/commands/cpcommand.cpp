// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/cpcommand.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include "app/cli/download.h"
#include "app/cli/upload.h"
#include "app/cli/wording.h"

namespace terrarium {

namespace {
constexpr std::size_t kFoldersAtOnce = 32;
constexpr qsizetype kMostProblem = 1024;

std::string parentOf(const std::string& path) { return path.substr(0, path.find_last_of('/')); }
}  // namespace

Verb CpCommand::describe(Verb parent) {
  auto verb = parent.verb("cp", "Copy files and folders: cp SANDBOX:/PATH LOCAL, or cp LOCAL SANDBOX:/PATH");
  verb.option("from", from_, "What to copy").required();
  verb.option("to", to_, "Where to; an existing folder takes it in").required();
  verb.flag("--zip", zip_, "Fetch a folder as one zip file");
  return verb;
}

void CpCommand::run() {
  const auto source = parseCopyPlace(from_);
  const auto target = parseCopyPlace(to_);
  if (!source) return fail(source.error());
  if (!target) return fail(target.error());
  source_ = *source;
  target_ = *target;
  upwards_ = target_.sandbox.has_value();
  if (source_.sandbox.has_value() == upwards_) {
    return fail(badRequest("path", "cp needs one local path and one in a sandbox, such as my-sandbox:/home/user/file."));
  }
  if (!upwards_) {
    return withActiveSandbox(*source_.sandbox, [this](HttpFacade& facade, const SandboxInfo& info) { down(facade, info); });
  }
  if (!QFileInfo::exists(QString::fromStdString(source_.path))) {
    return fail(Error{ErrorCode::NotFound, "There is no " + source_.path + " here.", {}, {}});
  }
  withActiveSandbox(*target_.sandbox, [this](HttpFacade& facade, const SandboxInfo& info) { up(facade, info); });
}

QString CpCommand::localTarget() const {
  const QFileInfo target(QString::fromStdString(target_.path));
  if (!target.isDir() && !target_.path.ends_with('/')) return target.filePath();
  return QDir(target.filePath()).filePath(QString::fromStdString(baseName(source_.path)));
}

void CpCommand::down(HttpFacade& facade, const SandboxInfo& info) {
  facade_ = &facade;
  id_ = info.id;
  whenDone(facade.files().stat(info.id, source_.path), this, [this](const Result<FileEntry>& entry) {
    if (!entry) return fail(entry.error());
    downFrom(*entry);
  });
}

void CpCommand::downFrom(const FileEntry& entry) {
  const auto local = localTarget();
  if (entry.isDirectory && zip_) return downZip(local);
  if (entry.isDirectory) {
    folders_.push_back({source_.path, local});
  } else {
    jobs_.push_back({source_.path, local});
  }
  visitNextFolder();
}

void CpCommand::downZip(const QString& local) {
  const auto target = local.endsWith(QStringLiteral(".zip")) ? local : local + QStringLiteral(".zip");
  follow(new Download(facade_->files().readZip(*id_, source_.path), target, this), target.toStdString());
}

void CpCommand::visitNextFolder() {
  if (folders_.empty()) return nextJob();
  const auto folder = folders_.front();
  folders_.pop_front();
  if (!QDir().mkpath(folder.local)) {
    return fail(Error{ErrorCode::FileSystem, "The folder " + folder.local.toStdString() + " cannot be made.", {}, {}});
  }
  whenDone(facade_->files().list(*id_, folder.remote), this, [this, folder](const Result<std::vector<FileEntry>>& entries) {
    if (!entries) return fail(entries.error());
    visit(folder, *entries);
    visitNextFolder();
  });
}

void CpCommand::visit(const Job& folder, const std::vector<FileEntry>& entries) {
  for (const auto& entry : entries) {
    const auto remote = joinedPath(folder.remote, entry.name);
    // What a sandbox says must not choose a place outside the target.
    if (!isSafeFileName(entry.name)) {
      skip(remote, "its name cannot be used here");
    } else if (entry.isSymlink) {
      skip(remote, "it is a link");
    } else {
      const Job job{remote, QDir(folder.local).filePath(QString::fromStdString(entry.name))};
      (entry.isDirectory ? folders_ : jobs_).push_back(job);
    }
  }
}

void CpCommand::skip(const std::string& path, const std::string& reason) {
  console().note("Left out " + path + ": " + reason + ".");
}

void CpCommand::up(HttpFacade& facade, const SandboxInfo& info) {
  facade_ = &facade;
  id_ = info.id;
  if (target_.path.ends_with('/')) return upTo(true);
  whenDone(facade.files().stat(info.id, target_.path), this, [this](const Result<FileEntry>& entry) {
    if (!entry && entry.error().code != ErrorCode::NotFound) return fail(entry.error());
    upTo(entry && entry->isDirectory);
  });
}

void CpCommand::upTo(bool targetIsFolder) {
  const QFileInfo source(QString::fromStdString(source_.path));
  const auto name = source.isDir() ? QDir(source.absoluteFilePath()).dirName() : source.fileName();
  const auto base = targetIsFolder ? joinedPath(target_.path, name.toStdString()) : target_.path;
  if (!source.isDir()) {
    jobs_.push_back({base, source.filePath()});
    return nextJob();
  }
  // The folder's own path is absolute, as are those that the iterator finds, so that the way from one to the other is known.
  collect(QDir(source.absoluteFilePath()), base);
  nextJob();
}

void CpCommand::collect(const QDir& root, const std::string& base) {
  emptyFolders_.insert(base);
  QDirIterator iterator(root.path(), QDir::Files | QDir::Dirs | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot,
                        QDirIterator::Subdirectories);
  while (iterator.hasNext()) {
    iterator.next();
    const auto found = iterator.fileInfo();
    const auto remote = joinedPath(base, root.relativeFilePath(found.filePath()).toStdString());
    if (found.isSymLink()) {
      skip(found.filePath().toStdString(), "it is a link");
    } else if (found.isDir()) {
      emptyFolders_.insert(remote);
    } else if (found.isFile()) {
      jobs_.push_back({remote, found.filePath()});
    }
  }
  // Writing a file makes the folders above it.
  for (const auto& job : jobs_) emptyFolders_.erase(parentOf(job.remote));
}

void CpCommand::makeFolders() {
  ExecRequest request;
  request.command = "mkdir";
  request.args = std::vector<std::string>{"-p"};
  while (!emptyFolders_.empty() && request.args->size() <= kFoldersAtOnce) {
    request.args->push_back(emptyFolders_.extract(emptyFolders_.begin()).value());
  }
  mkdir_ = facade_->exec().run(*id_, request);
  connect(mkdir_.get(), &ExecSession::outputReceived, this, [this](OutputChannel, const QByteArray& bytes) {
    mkdirProblem_ += bytes.left(kMostProblem - static_cast<qsizetype>(mkdirProblem_.size())).toStdString();
    mkdir_->consumed(bytes.size());
  });
  connect(mkdir_.get(), &ExecSession::failed, this, [this](const Error& error) { fail(error); });
  connect(mkdir_.get(), &ExecSession::finished, this, [this](const ExecResult& result) {
    if (result.exitCode == 0) return nextJob();
    fail(Error{ErrorCode::FileSystem, "An empty folder cannot be made in the sandbox: " + mkdirProblem_, {}, {}});
  });
}

void CpCommand::succeedWithCount() {
  console().clearStatus();
  if (console().isInteractive()) console().note("Copied " + std::to_string(files_) + " files, " + sizeText(bytes_) + ".");
  succeed();
}

void CpCommand::nextJob() {
  if (jobs_.empty()) return emptyFolders_.empty() ? succeedWithCount() : makeFolders();
  const auto job = jobs_.front();
  jobs_.pop_front();
  FileTransfer* transfer = nullptr;
  if (upwards_) {
    transfer = new Upload(facade_->files().write(*id_, job.remote), job.local, this);
  } else {
    transfer = new Download(facade_->files().read(*id_, job.remote, {}), job.local, this);
  }
  follow(transfer, job.remote);
}

void CpCommand::follow(FileTransfer* transfer, const std::string& name) {
  connect(transfer, &FileTransfer::progressed, this, [this, name](qint64 bytes, qint64 total) {
    const auto part = total > 0 ? std::to_string(bytes * 100 / total) + "%  " : std::string();
    console().status(name + "  " + part + sizeText(bytes));
  });
  connect(transfer, &FileTransfer::done, this, [this, transfer](qint64 bytes) {
    transfer->deleteLater();
    ++files_;
    bytes_ += bytes;
    nextJob();
  });
  connect(transfer, &FileTransfer::failed, this, [this](const Error& error) { fail(error); });
}

}  // namespace terrarium
