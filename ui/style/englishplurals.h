// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTranslator>

namespace terrarium {

/// Makes "%n sandbox(es)" and "%n key(s)" of the source texts read right in English. A catalogue of another language, installed
/// later, goes before it.
class EnglishPlurals : public QTranslator {
  Q_OBJECT
 public:
  using QTranslator::QTranslator;
  [[nodiscard]] QString translate(const char* context, const char* sourceText, const char* disambiguation, int n) const override;
  [[nodiscard]] bool isEmpty() const override { return false; }
};

}  // namespace terrarium
