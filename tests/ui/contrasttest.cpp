// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "ui/style/colors.h"

using namespace terrarium;

/// Text must be readable on everything it is drawn on, in both themes.
class ContrastTest : public QObject {
  Q_OBJECT
 private slots:
  void textIsReadable_data();
  void textIsReadable();
  void outlinesOfControlsCanBeSeen();
};

void ContrastTest::textIsReadable_data() {
  QTest::addColumn<QColor>("ink");
  QTest::addColumn<QColor>("ground");
  for (const Colors* c : {&Colors::light(), &Colors::night()}) {
    const QString theme = c->dark ? QStringLiteral("dark ") : QStringLiteral("light ");
    const auto row = [&](const char* what, const QColor& ink, const QColor& ground) {
      QTest::newRow(qPrintable(theme + QString::fromLatin1(what))) << ink << ground;
    };
    for (const auto& [name, ground] :
         {std::pair{"window", c->window}, {"surface", c->surface}, {"surfaceAlt", c->surfaceAlt}, {"hover", c->hover}}) {
      row(qPrintable(QStringLiteral("text on %1").arg(QLatin1StringView(name))), c->text, ground);
      row(qPrintable(QStringLiteral("muted on %1").arg(QLatin1StringView(name))), c->textMuted, ground);
    }
    for (const QColor& ground : {c->window, c->surface}) {
      row(qPrintable(QStringLiteral("disabled on %1").arg(ground.name())), c->textDisabled, ground);
      row(qPrintable(QStringLiteral("danger on %1").arg(ground.name())), c->dangerText, ground);
      row(qPrintable(QStringLiteral("warning on %1").arg(ground.name())), c->warningText, ground);
      row(qPrintable(QStringLiteral("accent on %1").arg(ground.name())), c->accentText, ground);
    }
    row("disabled on surfaceAlt", c->textDisabled, c->surfaceAlt);
    row("selected row", c->onSelection, c->selection);
    row("leaving row that is selected", c->textMuted, c->selection);
    row("deadline warning on a selected row", c->warningText, c->selection);
    row("deadline danger on a selected row", c->dangerText, c->selection);
    row("primary button", c->onAccent, c->accent);
    row("primary button hovered", c->onAccent, c->accentHover);
    for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Good, Tone::Info, Tone::Warning, Tone::Danger})
      row(qPrintable(QStringLiteral("pill %1").arg(static_cast<int>(tone))), c->toneText(tone), c->toneTint(tone));
    row("tag chip", c->text, c->neutralTint);
  }
}

void ContrastTest::textIsReadable() {
  QFETCH(QColor, ink);
  QFETCH(QColor, ground);
  const double ratio = contrastRatio(ink, ground);
  QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1 on %2 has %3").arg(ink.name(), ground.name()).arg(ratio)));
}

void ContrastTest::outlinesOfControlsCanBeSeen() {
  for (const Colors* c : {&Colors::light(), &Colors::night()}) {
    QVERIFY(contrastRatio(c->borderStrong, c->surface) >= 3.0);
    QVERIFY(contrastRatio(c->borderStrong, c->window) >= 3.0);
    QVERIFY(contrastRatio(c->focus, c->surface) >= 3.0);
  }
}

QTEST_MAIN(ContrastTest)
#include "contrasttest.moc"
