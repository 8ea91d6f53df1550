// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include "ui/widgets/humantext.h"
#include "ui/widgets/plurals.h"

using namespace terrarium;

namespace {

QString contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Every string literal of the window that holds "%n".
QStringList countedTexts() {
  static const QRegularExpression literal(QStringLiteral("\"((?:[^\"\\\\\\n]|\\\\.)*%n(?:[^\"\\\\\\n]|\\\\.)*)\""));
  QStringList texts;
  for (const char* folder : {"/ui", "/app/desktop"}) {
    QDirIterator files(QStringLiteral(TERRARIUM_SOURCE_DIR) + QLatin1String(folder), {QStringLiteral("*.cpp")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
      auto found = literal.globalMatch(contentOf(files.next()));
      while (found.hasNext()) texts << found.next().captured(1);
    }
  }
  texts.removeDuplicates();
  return texts;
}

}  // namespace

/// English counts in two forms; they stand in a translation file.
class PluralsTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { installPlurals(); }
  void countsAreSpokenProperly();
  void everyCountedTextHasBothForms();
};

void PluralsTest::countsAreSpokenProperly() {
  using namespace std::chrono;
  QCOMPARE(durationText(hours(25)), QStringLiteral("1 day 1 hour"));
  QCOMPARE(durationText(hours(50) + minutes(2)), QStringLiteral("2 days 2 hours 2 minutes"));
  QCOMPARE(durationText(seconds(1)), QStringLiteral("1 second"));
  QCOMPARE(durationText(seconds(0)), QStringLiteral("0 seconds"));
}

void PluralsTest::everyCountedTextHasBothForms() {
  const QString file = contentOf(QStringLiteral(TERRARIUM_SOURCE_DIR "/resources/translations/terrarium_en.ts"));
  const QStringList texts = countedTexts();
  QVERIFY2(texts.size() >= 10, "the sources were not found");
  for (const QString& text : texts) {
    const QRegularExpression entry(QStringLiteral("<source>%1</source>\\s*<translation>\\s*<numerusform>[^<]+</numerusform>\\s*"
                                                  "<numerusform>[^<]+</numerusform>")
                                       .arg(QRegularExpression::escape(text.toHtmlEscaped())));
    QVERIFY2(entry.match(file).hasMatch(), qPrintable(text + QStringLiteral(": run lupdate as ui/CMakeLists.txt says")));
  }
}

QTEST_GUILESS_MAIN(PluralsTest)
#include "pluralstest.moc"
