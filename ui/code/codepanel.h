// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>
#include <functional>
#include <optional>

#include "ui/code/codesamples.h"

class QLabel;
class QPlainTextEdit;
class QTabBar;

namespace terrarium {

class CopyButton;

/// "Connect from code": the same thing in four languages to copy, with the environment that it needs and a plain warning.
class CodePanel : public QWidget {
  Q_OBJECT
 public:
  explicit CodePanel(QWidget* parent = nullptr);

  void setConnection(const EngineConnection& connection);
  void showSandbox(const SandboxId& id);
  void showRequest(const SandboxRequest& request);
  void setLanguage(CodeLanguage language);
  [[nodiscard]] QString code() const;
  [[nodiscard]] QString environment() const;

 private:
  void refresh();
  CodeSamples samples_{EngineConnection{}};
  std::optional<SandboxId> sandbox_;
  std::optional<SandboxRequest> request_;
  QTabBar* languages_;
  QPlainTextEdit* environment_;
  QLabel* warning_;
  QPlainTextEdit* code_;
  CopyButton* copyEnvironment_;
  CopyButton* copyCode_;
};

}  // namespace terrarium
