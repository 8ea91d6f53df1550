// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QProcess>
#include <QString>
#include <QTimer>
#include <optional>

#include "backend/engine/ports/pending.h"
#include "backend/qemu/linebuffer.h"

namespace terrarium {

/// Asks the installed QEMU, in a process without a machine, who it is and which machine types it offers. Used once.
class QemuInquiry : public QObject {
  Q_OBJECT
 public:
  struct Offer {
    QString version;
    QString machineType;  ///< the newest versioned q35
  };

  explicit QemuInquiry(const QString& program);
  ~QemuInquiry() override;
  [[nodiscard]] Pending<Offer> ask();
  /// The newest "pc-q35-N.M" of these; empty when there is none.
  [[nodiscard]] static QString newestQ35(const QStringList& names);

 private:
  void onReadable();
  void onLine(const QByteArray& line);
  void onEnded();
  void conclude(Result<Offer> offer);
  [[nodiscard]] static std::string advice();

  QString program_;
  QProcess process_;
  QTimer limit_;
  LineBuffer lines_{1024 * 1024};
  QString version_;
  std::optional<Offer> offer_;
  Resolver<Offer> answer_;
};

}  // namespace terrarium
