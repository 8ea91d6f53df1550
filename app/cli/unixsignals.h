// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>
#include <QSocketNotifier>
#include <initializer_list>
#include <memory>

namespace terrarium {

/// Signals of the process as signals of Qt, in the thread of this object. At most one at a time exists. The defaults come back when
/// it goes.
class UnixSignals : public QObject {
  Q_OBJECT
 public:
  explicit UnixSignals(std::initializer_list<int> numbers, QObject* parent = nullptr);
  ~UnixSignals() override;

 signals:
  void received(int number);

 private:
  void read();
  QList<int> caught_;
  std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace terrarium
