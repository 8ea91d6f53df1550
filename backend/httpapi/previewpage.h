// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/httpapi/exchange.h"

namespace terrarium {

/// Why a preview cannot be shown.
struct PreviewProblem {
  int status = 502;
  QByteArray code;     ///< of the error object
  QString title;       ///< a few words
  QString message;     ///< a sentence
  int retryAfter = 0;  ///< seconds; 0: trying again does not help
};

/// Answers with a page for people, or with the plain error object for everything else.
void respondWith(Exchange& exchange, const PreviewProblem& problem);

}  // namespace terrarium
