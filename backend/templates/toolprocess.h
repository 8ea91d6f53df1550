// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

class QProcess;

namespace terrarium {

/// What to run. `arguments` are passed as they are, never through a shell.
struct ToolCommand {
  QString program;
  QStringList arguments;
  QString directory = {};
  QStringList environment = {};  ///< "NAME=value", on top of ours

  /// The same command as root of a user namespace in which this user's subordinate ids are mapped; for root merely in mount and
  /// process namespaces of its own. Either way nothing that it started outlives it.
  [[nodiscard]] ToolCommand asNamespaceRoot() const;
};

/// One running external program in a process group of its own. Lives in the thread that made it, owned by whoever started it;
/// destroying it ends the group: first SIGTERM so that the program can tidy up, SIGKILL ten seconds later.
class ToolProcess : public QObject {
  Q_OBJECT
 public:
  explicit ToolProcess(const ToolCommand& command, QObject* parent = nullptr);
  ~ToolProcess() override;
  ToolProcess(const ToolProcess&) = delete;
  ToolProcess& operator=(const ToolProcess&) = delete;

  [[nodiscard]] qint64 processGroup() const { return group_; }

 signals:
  /// One line of standard output or standard error, without its end; over-long lines are cut.
  void lineRead(const QString& line);
  /// Once, the last signal. `problem` is empty on success.
  void finished(const QString& problem);

 private:
  void readLines();
  void end(const QString& problem);
  QProcess* process_;
  QByteArray pending_;
  qint64 group_ = 0;
  bool done_ = false;
};

}  // namespace terrarium
