// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"
#include "app/cli/stageprinter.h"

namespace terrarium {

/// `template list` and `template build`.
class TemplateCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void list(HttpFacade& facade);
  void build(HttpFacade& facade, const TemplateRef& ref);
  void startBuild(HttpFacade& facade, const TemplateInfo& info);
  void print(const std::vector<TemplateInfo>& templates);
  Verb build_;
  std::string name_;
  bool log_ = false;
  StagePrinter* stages_ = nullptr;
};

}  // namespace terrarium
