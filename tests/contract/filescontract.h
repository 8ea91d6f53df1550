// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// Files going in and out.
class FilesContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void whatIsWrittenIsRead();
  void anEmptyFileIsAFile();
  void parentsAreMadeAndContentIsReplaced();
  void commandsSeeTheSameFiles();
  void aRangeIsRead();
  void aStatTellsSizeAndMode();
  void aFolderIsListed();
  void aFolderComesAsZip();
  void whatIsNotThereIsNotFound();
  void badPathsAreRefused();
  void aFolderCannotBeReadOrOverwritten();
  void aPausedSandboxHandsOutNothing();

 private:
  struct ReadLog {
    std::optional<FileEntry> entry;
    QByteArray bytes;
    std::optional<Error> error;
    int endCount = 0;
  };
  [[nodiscard]] ReadLog read(const SandboxId& id, const std::string& path, const ByteRange& range = {});
  [[nodiscard]] ReadLog readToEnd(ReadStream& stream);
  [[nodiscard]] Result<qint64> write(const SandboxId& id, const std::string& path, const QByteArray& bytes);
};

}  // namespace terrarium
