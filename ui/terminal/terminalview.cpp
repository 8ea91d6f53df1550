// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/terminal/terminalview.h"

#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <algorithm>

namespace terrarium {

namespace {
constexpr int kPadding = 6;
constexpr qreal kMinFontSize = 6;
constexpr qreal kMaxFontSize = 36;

QFont terminalFont() {
  auto font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  if (font.pointSizeF() < 10) font.setPointSizeF(10);
  return font;
}
}  // namespace

TerminalView::TerminalView(QWidget* parent)
    : QAbstractScrollArea(parent), screen_(24, 80), painter_(terminalFont()), baseFontSize_(painter_.font().pointSizeF()) {
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_InputMethodEnabled);
  setAccessibleName(tr("Terminal"));
  setAccessibleDescription(tr("Ctrl+Shift+Tab leaves it; all other keys go to the sandbox."));
  setFrameShape(QFrame::NoFrame);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setCursor(Qt::IBeamCursor);
  viewport()->setMouseTracking(true);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  buildActions();
  connect(&screen_, &TerminalScreen::changed, this, [this] {
    updateScrollBar();
    viewport()->update();
  });
  connect(&screen_, &TerminalScreen::inputProduced, this, &TerminalView::send);
  connect(&screen_, &TerminalScreen::titleChanged, this, &TerminalView::titleChanged);
  connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
    followsOutput_ = value == verticalScrollBar()->maximum();
    viewport()->update();
  });
}

TerminalView::~TerminalView() = default;

void TerminalView::buildActions() {
  const auto add = [this](const QString& text, const QKeySequence& shortcut, auto slot) {
    auto* action = new QAction(text, this);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
  };
  add(tr("Copy"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &TerminalView::copy);
  add(tr("Paste"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V), &TerminalView::paste);
  add(tr("Select all"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), &TerminalView::selectAll);
  add(tr("Clear scrollback"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K), &TerminalView::clearScrollback);
  add(tr("Larger text"), QKeySequence(Qt::CTRL | Qt::Key_Plus), &TerminalView::zoomIn);
  add(tr("Smaller text"), QKeySequence(Qt::CTRL | Qt::Key_Minus), &TerminalView::zoomOut);
  add(tr("Normal text size"), QKeySequence(Qt::CTRL | Qt::Key_0), &TerminalView::resetZoom);
}

void TerminalView::attach(std::unique_ptr<ExecSession> session) {
  session_ = std::move(session);
  auto* running = session_.get();
  connect(running, &ExecSession::outputReceived, this, [this, running](OutputChannel, const QByteArray& bytes) {
    screen_.write(bytes);
    running->consumed(bytes.size());
  });
  connect(running, &ExecSession::finished, this,
          [this](const ExecResult& result) { endSession(tr("The shell exited with code %1.").arg(result.exitCode)); });
  connect(running, &ExecSession::failed, this, [this](const Error& error) { endSession(QString::fromStdString(error.message)); });
  running->resize(screen_.columns(), screen_.rows());
}

void TerminalView::endSession(const QString& reason) {
  if (!session_) return;
  // We are inside one of its signals.
  session_.release()->deleteLater();
  showNotice(reason);
  emit sessionEnded(reason);
}

void TerminalView::showNotice(const QString& text) {
  // Leaving an alternate screen that was never entered would bring back a cursor and colours that were never saved.
  if (screen_.isAlternateScreen()) screen_.write(QByteArrayLiteral("\x1b[?1049l"));
  screen_.write(QByteArrayLiteral("\x1b[0m\r\n") + text.toUtf8() + QByteArrayLiteral("\r\n"));
}

void TerminalView::send(const QByteArray& bytes) {
  if (session_) session_->write(bytes);
}

void TerminalView::setColors(const TerminalPalette& palette) {
  painter_.setPalette(palette);
  viewport()->update();
}

void TerminalView::copy() {
  const auto text = selectedText();
  if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
}

void TerminalView::paste() { pasteText(QGuiApplication::clipboard()->text()); }

void TerminalView::pasteText(const QString& text) {
  if (text.isEmpty()) return;
  // Without the paste mark a shell runs each line at once.
  if (text.trimmed().contains(QLatin1Char('\n')) && !screen_.isBracketedPaste())
    confirmPaste(text);
  else
    insertPaste(text);
}

void TerminalView::insertPaste(const QString& text) {
  verticalScrollBar()->setValue(verticalScrollBar()->maximum());
  screen_.paste(text);
}

void TerminalView::confirmPaste(const QString& text) {
  auto* box = new QMessageBox(
      QMessageBox::Question, tr("Paste several lines?"),
      tr("The program in this terminal would run each of these %1 lines at once.").arg(text.trimmed().count(QLatin1Char('\n')) + 1),
      QMessageBox::Cancel, this);
  auto* accept = box->addButton(tr("Paste"), QMessageBox::AcceptRole);
  box->setDetailedText(text.left(4000));
  box->setAttribute(Qt::WA_DeleteOnClose);
  connect(accept, &QAbstractButton::clicked, this, [this, text] { insertPaste(text); });
  box->open();
}

void TerminalView::selectAll() {
  selection_.selectAll(screen_);
  viewport()->update();
}

void TerminalView::zoomIn() { setFontSize(painter_.font().pointSizeF() + 1); }
void TerminalView::zoomOut() { setFontSize(painter_.font().pointSizeF() - 1); }
void TerminalView::resetZoom() { setFontSize(baseFontSize_); }

void TerminalView::clearScrollback() {
  selection_.clear();
  screen_.clearScrollback();
}

void TerminalView::setFontSize(qreal points) {
  auto font = painter_.font();
  font.setPointSizeF(std::clamp(points, kMinFontSize, kMaxFontSize));
  painter_.setFont(font);
  fitGrid();
  viewport()->update();
}

void TerminalView::fitGrid() {
  const auto cell = painter_.cellSize();
  const int columns = std::max(2, (viewport()->width() - 2 * kPadding) / cell.width());
  const int rows = std::max(1, (viewport()->height() - 2 * kPadding) / cell.height());
  if (columns == screen_.columns() && rows == screen_.rows()) return;
  screen_.resize(rows, columns);
  if (session_) session_->resize(columns, rows);
}

void TerminalView::updateScrollBar() {
  auto* bar = verticalScrollBar();
  const QSignalBlocker blocker(bar);
  const auto history = static_cast<int>(screen_.screenTop() - screen_.firstLine());
  bar->setRange(0, history);
  bar->setEnabled(history > 0);
  bar->setPageStep(screen_.rows());
  if (followsOutput_) bar->setValue(history);
}

qint64 TerminalView::topLine() const { return screen_.firstLine() + verticalScrollBar()->value(); }

TerminalPosition TerminalView::positionAt(QPoint point) const {
  const auto cell = painter_.cellSize();
  const int row = std::clamp((point.y() - kPadding) / cell.height(), 0, screen_.rows() - 1);
  const int column = std::clamp((point.x() - kPadding + cell.width() / 2) / cell.width(), 0, screen_.columns());
  return {topLine() + row, column};
}

void TerminalView::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), painter_.palette().background());
  const auto cell = painter_.cellSize();
  for (int row = 0; row < screen_.rows(); ++row) {
    const auto number = topLine() + row;
    painter_.drawLine(painter, QPoint(kPadding, kPadding + row * cell.height()), screen_.line(number),
                      selection_.columnsOf(number, screen_.columns()));
  }
  const auto offset = static_cast<int>(screen_.screenTop() - topLine());
  if (session_ && screen_.isCursorVisible() && screen_.cursor().y() + offset < screen_.rows()) {
    painter_.drawCursor(painter, QPoint(kPadding, kPadding + offset * cell.height()), screen_, hasFocus());
  }
}

void TerminalView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  fitGrid();
  updateScrollBar();
}

}  // namespace terrarium
