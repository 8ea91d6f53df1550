// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/domain/sandboxstate.h"
#include "backend/domain/templateinfo.h"
#include "ui/style/colors.h"

namespace terrarium {

/// How a state looks: an icon and a word carry the meaning, the tone supports it.
struct StateLook {
  QString icon;
  QString word;
  Tone tone = Tone::Neutral;
};

[[nodiscard]] StateLook lookOf(SandboxState state);
[[nodiscard]] StateLook lookOf(TemplateStatus status);

}  // namespace terrarium
