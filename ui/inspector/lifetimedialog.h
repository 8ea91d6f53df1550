// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include "backend/domain/sandboxinfo.h"

namespace terrarium {

class DurationEdit;
class FieldBox;
class SandboxActions;

/// Changes lifetime and auto-delete of a sandbox. Deletes itself when closed.
class LifetimeDialog : public QDialog {
  Q_OBJECT
 public:
  LifetimeDialog(SandboxActions& actions, const SandboxInfo& info, QWidget* parent = nullptr);

 private:
  void apply();
  SandboxActions& actions_;
  SandboxInfo info_;
  DurationEdit* timeout_;
  DurationEdit* autoDelete_;
  FieldBox* timeoutField_;
  FieldBox* autoDeleteField_;
};

}  // namespace terrarium
