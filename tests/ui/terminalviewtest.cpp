// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QClipboard>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "ui/terminal/terminalview.h"

using namespace terrarium;

namespace {

/// A session that records what the terminal sends.
class RecordingSession final : public ExecSession {
 public:
  explicit RecordingSession(QByteArray& written) : written_(written) {}
  void write(const QByteArray& bytes) override { written_ += bytes; }
  [[nodiscard]] qint64 inputPending() const override { return 0; }
  void closeInput() override {}
  void sendSignal(const QByteArray& /*name*/) override {}
  void resize(int columns, int rows) override { size = QSize(columns, rows); }
  void consumed(qint64 bytes) override { consumedBytes += bytes; }

  QSize size;
  qint64 consumedBytes = 0;

 private:
  QByteArray& written_;
};

}  // namespace

class TerminalViewTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    view_ = std::make_unique<TerminalView>();
    view_->resize(800, 400);
    view_->show();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    written_.clear();
    auto session = std::make_unique<RecordingSession>(written_);
    session_ = session.get();
    view_->attach(std::move(session));
  }
  void cleanup() { view_.reset(); }

  void outputIsShownAndGivenBack() {
    say("hello");
    QCOMPARE(lineText(0), QStringLiteral("hello"));
    QCOMPARE(session_->consumedBytes, qint64{5});
  }

  void coloursAndAttributesBecomeRuns() {
    say("\x1b[1;31mred\x1b[0m plain \x1b[38;2;1;2;3mrgb");
    const auto line = view_->screen().line(view_->screen().screenTop());
    QCOMPARE(line.runs().size(), std::size_t{3});
    QCOMPARE(line.runs()[0].text, QStringLiteral("red"));
    QVERIFY(line.runs()[0].style.bold);
    QCOMPARE(line.runs()[0].style.foreground.kind, TerminalColor::Kind::Indexed);
    QCOMPARE(line.runs()[1].text, QStringLiteral(" plain "));
    QCOMPARE(line.runs()[2].style.foreground.green, std::uint8_t{2});
  }

  void wideAndCombiningCharactersKeepTheGrid() {
    say("a\xe4\xb8\xad"
        "b e\xcc\x81x");
    const auto line = view_->screen().line(0);
    QCOMPARE(line.cellText(1), QStringLiteral("\u4e2d"));
    QCOMPARE(line.cellText(2), QString());
    QCOMPARE(line.cellText(3), QStringLiteral("b"));
    QCOMPARE(line.text(0, 80), QStringLiteral("a\u4e2db e\u0301x"));
    QCOMPARE(TerminalLine::unpacked(line.packed()), line);
  }

  void linesThatScrollOffAreKept() {
    for (int i = 0; i < 200; ++i) say("line " + QByteArray::number(i) + "\r\n");
    QCOMPARE(lineText(0), QStringLiteral("line 0"));
    QCOMPARE(view_->verticalScrollBar()->value(), view_->verticalScrollBar()->maximum());
    view_->verticalScrollBar()->setValue(3);
    say("more\r\n");
    QCOMPARE(view_->verticalScrollBar()->value(), 3);
  }

  void scrollbackIsBounded() {
    QByteArray lines;
    for (int i = 0; i < 12000; ++i) lines += QByteArray::number(i) + "\r\n";
    say(lines);
    const auto& screen = view_->screen();
    QCOMPARE(screen.screenTop() - screen.firstLine(), static_cast<qint64>(ScrollbackBuffer::kDefaultCapacity));
    QVERIFY(!screen.line(screen.firstLine()).text(0, 20).isEmpty());
  }

  void alternateScreenGivesTheOldOneBack() {
    say("before\x1b[?1049h\x1b[2J\x1b[Hinside");
    QVERIFY(view_->screen().isAlternateScreen());
    QCOMPARE(lineText(0), QStringLiteral("inside"));
    say("\x1b[?1049l");
    QCOMPARE(lineText(0), QStringLiteral("before"));
  }

  void keysBecomeBytes_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("letter") << int(Qt::Key_A) << 0 << QByteArray("a");
    QTest::newRow("return") << int(Qt::Key_Return) << 0 << QByteArray("\r");
    QTest::newRow("tab") << int(Qt::Key_Tab) << 0 << QByteArray("\t");
    QTest::newRow("escape") << int(Qt::Key_Escape) << 0 << QByteArray("\x1b");
    QTest::newRow("ctrl c") << int(Qt::Key_C) << int(Qt::ControlModifier) << QByteArray("\x03");
    QTest::newRow("alt b") << int(Qt::Key_B) << int(Qt::AltModifier)
                           << QByteArray(
                                  "\x1b"
                                  "b");
    QTest::newRow("up") << int(Qt::Key_Up) << 0 << QByteArray("\x1b[A");
    QTest::newRow("ctrl left") << int(Qt::Key_Left) << int(Qt::ControlModifier) << QByteArray("\x1b[1;5D");
    QTest::newRow("f5") << int(Qt::Key_F5) << 0 << QByteArray("\x1b[15~");
    QTest::newRow("delete") << int(Qt::Key_Delete) << 0 << QByteArray("\x1b[3~");
  }
  void keysBecomeBytes() {
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QByteArray, bytes);
    QTest::keyClick(view_.get(), static_cast<Qt::Key>(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(written_, bytes);
  }

  void resizingTheWidgetResizesTheTerminal() {
    const auto before = session_->size;
    view_->resize(1000, 600);
    QTRY_VERIFY(session_->size.width() > before.width());
    QCOMPARE(session_->size, QSize(view_->columns(), view_->rows()));
  }

  void doubleClickSelectsAWordAndCopyPutsItOnTheClipboard() {
    say("see /var/log/syslog now");
    const int cell = view_->cellSize().width();
    QTest::mouseDClick(view_->viewport(), Qt::LeftButton, {}, QPoint(6 + 8 * cell + cell / 2, 10));
    view_->copy();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("/var/log/syslog"));
  }

  void selectionGoesOverSeveralLines() {
    say("one\r\ntwo\r\nthree");
    view_->selectAll();
    QCOMPARE(view_->selectedText(), QStringLiteral("one\ntwo\nthree"));
  }

  void pasteIsMarkedWhenTheProgramAsksForIt() {
    say("\x1b[?2004h");
    view_->pasteText(QStringLiteral("a\nb\x1b[201~"));
    QCOMPARE(written_, QByteArray("\x1b[200~a\rb[201~\x1b[201~"));
  }

  void severalLinesAreAskedAboutFirst() {
    view_->pasteText(QStringLiteral("rm -rf x\necho y\n"));
    QCOMPARE(written_, QByteArray());
    auto* box = view_->findChild<QMessageBox*>();
    QVERIFY(box);
    for (auto* button : box->buttons()) {
      if (box->buttonRole(button) == QMessageBox::AcceptRole) button->click();
    }
    QCOMPARE(written_, QByteArray("rm -rf x\recho y\r"));
  }

  void guestCannotReachTheClipboard() {
    QApplication::clipboard()->setText(QStringLiteral("mine"));
    say("\x1b]52;c;ZXZpbA==\x07");
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("mine"));
  }

  void titlesAreCleaned() {
    QSignalSpy titles(view_.get(), &TerminalView::titleChanged);
    say("\x1b]0;my title\x07");
    QCOMPARE(titles.last().first().toString(), QStringLiteral("my title"));
  }

  void theEndIsShown() {
    QSignalSpy ended(view_.get(), &TerminalView::sessionEnded);
    emit session_->finished(ExecResult{3, {}});
    QCOMPARE(ended.size(), 1);
    QVERIFY(!view_->isAttached());
    QVERIFY(lineText(1).contains(QStringLiteral("code 3")));
  }

  void garbageDoesNoHarm() {
    quint32 seed = 12345;
    for (int round = 0; round < 200; ++round) {
      QByteArray bytes;
      for (int i = 0; i < 500; ++i) {
        seed = seed * 1664525U + 1013904223U;
        bytes += static_cast<char>(seed >> 24);
      }
      say(bytes + "\x1b[" + bytes.left(4) + "m");
      if (round % 20 == 0) view_->resize(200 + static_cast<int>(seed % 900), 100 + static_cast<int>(seed % 500));
    }
    say("\x18\x1b"
        "c"
        "alive");
    const auto& screen = view_->screen();
    QCOMPARE(screen.line(screen.screenTop()).text(0, 10), QStringLiteral("alive"));
  }

 private:
  void say(const QByteArray& bytes) { emit session_->outputReceived(OutputChannel::Stdout, bytes); }
  [[nodiscard]] QString lineText(int number) const {
    return view_->screen().line(view_->screen().firstLine() + number).text(0, view_->columns());
  }

  std::unique_ptr<TerminalView> view_;
  RecordingSession* session_ = nullptr;
  QByteArray written_;
};

QTEST_MAIN(TerminalViewTest)
#include "terminalviewtest.moc"
