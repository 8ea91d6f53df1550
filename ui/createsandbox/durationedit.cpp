// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/createsandbox/durationedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

#include "ui/style/metrics.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {
constexpr int kCheckWidth = 120;  // so that the numbers of two such rows stand below one another
}

DurationEdit::DurationEdit(const QString& name, const QString& checkLabel, Meaning meaning, QWidget* parent)
    : QWidget(parent),
      meaning_(meaning),
      check_(new QCheckBox(checkLabel, this)),
      value_(new QSpinBox(this)),
      unit_(new QComboBox(this)),
      words_(new QLabel(this)) {
  setAccessibleName(name);
  // Wider than what is accepted: the values themselves say what is wrong.
  value_->setRange(0, 99999999);
  value_->setValue(1);
  value_->setAccessibleName(tr("%1: value").arg(name));
  value_->setFixedWidth(96);
  check_->setMinimumWidth(kCheckWidth);
  unit_->addItem(tr("seconds"), 1);
  unit_->addItem(tr("minutes"), 60);
  unit_->addItem(tr("hours"), 3600);
  unit_->addItem(tr("days"), 86400);
  unit_->setCurrentIndex(2);
  unit_->setAccessibleName(tr("%1: unit").arg(name));
  setTextStyle(words_, TextStyle::Caption);
  words_->setWordWrap(true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::kSmall);
  row->addWidget(check_);
  row->addWidget(value_);
  row->addWidget(unit_);
  row->addWidget(words_, 1);
  const auto update = [this] {
    value_->setEnabled(check_->isChecked());
    unit_->setEnabled(check_->isChecked());
    refreshWords();
    emit changed();
  };
  connect(check_, &QCheckBox::toggled, this, update);
  connect(value_, &QSpinBox::valueChanged, this, update);
  connect(unit_, &QComboBox::currentIndexChanged, this, update);
  setFocusProxy(check_);
  value_->setEnabled(false);
  unit_->setEnabled(false);
  refreshWords();
}

std::optional<std::int64_t> DurationEdit::seconds() const {
  if (!check_->isChecked()) return std::nullopt;
  return static_cast<std::int64_t>(value_->value()) * unit_->currentData().toLongLong();
}

void DurationEdit::setSeconds(std::optional<std::int64_t> seconds) {
  check_->setChecked(seconds.has_value());
  if (!seconds) return;
  int best = 0;
  for (int i = 1; i < unit_->count(); ++i)
    if (*seconds > 0 && *seconds % unit_->itemData(i).toLongLong() == 0) best = i;
  unit_->setCurrentIndex(best);
  value_->setValue(static_cast<int>(*seconds / unit_->itemData(best).toLongLong()));
}

void DurationEdit::refreshWords() {
  const auto length = seconds();
  if (!length) {
    words_->setText(meaning_ == Meaning::Lifetime ? tr("Lives until it is deleted") : tr("Kept until it is deleted"));
  } else if (meaning_ == Meaning::Lifetime) {
    const WallTime start = start_ > 0 ? WallTime(std::chrono::seconds(start_)) : std::chrono::system_clock::now();
    words_->setText(tr("Destroyed %1").arg(absoluteText(start + std::chrono::seconds(*length))));
  } else {
    words_->setText(*length == 0 ? tr("Deleted as soon as it is paused")
                                 : tr("Deleted %1 after a pause").arg(durationText(std::chrono::seconds(*length))));
  }
}

}  // namespace terrarium
