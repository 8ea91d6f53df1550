// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/plurals.h"

#include <QCoreApplication>
#include <QTranslator>

namespace terrarium {

void installPlurals() {
  auto* translator = new QTranslator(QCoreApplication::instance());
  if (translator->load(QStringLiteral(":/translations/terrarium_en.qm"))) QCoreApplication::installTranslator(translator);
}

}  // namespace terrarium
