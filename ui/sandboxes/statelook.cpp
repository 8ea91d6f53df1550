// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/statelook.h"

#include <QCoreApplication>

namespace terrarium {

namespace {
struct StateWords {
  Q_DECLARE_TR_FUNCTIONS(StateWords)
};
}  // namespace

StateLook lookOf(SandboxState state) {
  switch (state) {
    case SandboxState::Starting:
      return {QStringLiteral("loader-circle"), StateWords::tr("Starting"), Tone::Info};
    case SandboxState::Active:
      return {QStringLiteral("circle-check"), StateWords::tr("Active"), Tone::Good};
    case SandboxState::Pausing:
      return {QStringLiteral("loader-circle"), StateWords::tr("Pausing"), Tone::Info};
    case SandboxState::Paused:
      return {QStringLiteral("circle-pause"), StateWords::tr("Paused"), Tone::Neutral};
    case SandboxState::Resuming:
      return {QStringLiteral("loader-circle"), StateWords::tr("Resuming"), Tone::Info};
    case SandboxState::Failed:
      return {QStringLiteral("triangle-alert"), StateWords::tr("Failed"), Tone::Danger};
    case SandboxState::Deleting:
      return {QStringLiteral("trash-2"), StateWords::tr("Deleting"), Tone::Warning};
    case SandboxState::Deleted:
      return {QStringLiteral("trash-2"), StateWords::tr("Deleted"), Tone::Neutral};
  }
  return {};
}

StateLook lookOf(TemplateStatus status) {
  switch (status) {
    case TemplateStatus::Pending:
      return {QStringLiteral("circle-dashed"), StateWords::tr("Not built"), Tone::Neutral};
    case TemplateStatus::Building:
      return {QStringLiteral("hammer"), StateWords::tr("Building"), Tone::Info};
    case TemplateStatus::Ready:
      return {QStringLiteral("circle-check"), StateWords::tr("Ready"), Tone::Good};
    case TemplateStatus::Failed:
      return {QStringLiteral("triangle-alert"), StateWords::tr("Failed"), Tone::Danger};
  }
  return {};
}

}  // namespace terrarium
