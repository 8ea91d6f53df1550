// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include "app/cli/command.h"
#include "backend/domain/snapshotspec.h"

namespace terrarium {

/// `snapshot create`, `list`, `rename` and `rm`.
class SnapshotCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void take();
  void list();
  void rename();
  void remove();
  void withSnapshot(const std::function<void(HttpFacade&, const SnapshotInfo&)>& next);
  void listOf(HttpFacade& facade, const std::optional<SandboxId>& sandbox);
  void print(const std::vector<SnapshotInfo>& snapshots);
  void print(const SnapshotInfo& info);

  Verb create_;
  Verb list_;
  Verb rename_;
  std::string sandbox_;
  std::string listedSandbox_;
  std::string snapshot_;
  std::string name_;
  std::string newName_;
};

}  // namespace terrarium
