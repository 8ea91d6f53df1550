// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/columnfit.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSettings>
#include <QTableView>
#include <algorithm>

namespace terrarium {

namespace {
const QString kByHand = QStringLiteral("-by-hand");
}

ColumnFit::ColumnFit(QTableView* table, QList<Width> widths)
    : QObject(table), table_(table), header_(table->horizontalHeader()), widths_(std::move(widths)) {
  table_->viewport()->installEventFilter(this);
  connect(header_, &QHeaderView::sectionResized, this, [this](int section, int, int) {
    // The last one follows the others; a hidden one has no width of its own.
    const bool follows = header_->visualIndex(section) == header_->count() - 1 || header_->isSectionHidden(section);
    if (!fitting_ && !follows && table_->isVisible()) chosenByHand_ = true;
  });
  fit();
}

bool ColumnFit::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) fit();
  return QObject::eventFilter(watched, event);
}

void ColumnFit::fit() {
  if (chosenByHand_ || fitting_) return;
  const QScopedValueRollback<bool> guard(fitting_, true);
  int narrow = 0, comfortable = 0;
  for (int i = 0; i < widths_.size(); ++i) {
    if (header_->isSectionHidden(i)) continue;
    narrow += widths_[i].narrow;
    comfortable += widths_[i].comfortable;
  }
  const double room = table_->viewport()->width() - narrow;
  const double share = comfortable > narrow ? std::clamp(room / (comfortable - narrow), 0.0, 1.0) : 1.0;
  for (int i = 0; i < widths_.size(); ++i) {
    if (header_->isSectionHidden(i)) continue;
    header_->resizeSection(i, widths_[i].narrow + static_cast<int>(share * (widths_[i].comfortable - widths_[i].narrow)));
  }
}

void ColumnFit::save(QSettings& settings, const QString& key) const {
  settings.setValue(key, header_->saveState());
  settings.setValue(key + kByHand, chosenByHand_);
}

void ColumnFit::restore(const QSettings& settings, const QString& key) {
  const QScopedValueRollback<bool> guard(fitting_, true);
  header_->restoreState(settings.value(key).toByteArray());
  chosenByHand_ = settings.value(key + kByHand).toBool();
}

}  // namespace terrarium
