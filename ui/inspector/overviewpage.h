// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

#include "backend/api/ports.h"
#include "ui/sandboxes/sandboxmodel.h"

class QBoxLayout;
class QLabel;
class QPushButton;

namespace terrarium {

class Card;
class PortList;
class SandboxActions;
class TagEditor;

/// What there is to know of one sandbox, in cards; lifetime and tags can be changed here.
class OverviewPage : public QScrollArea {
  Q_OBJECT
 public:
  OverviewPage(Ports& ports, SandboxModel& model, SandboxActions& actions, QWidget* parent = nullptr);
  /// Another engine is asked from now on.
  void forgetPorts();
  void show(const QString& id);
  /// Draws anew what the model says; what is being typed stays.
  void refresh();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void buildIdentity();
  void buildLifetime();
  void buildCost();
  void buildPorts(Ports& ports);
  void buildNetwork();
  void editLifetime();
  void extend();
  void arrange();
  void fillIdentity(const SandboxInfo& info);
  void fillLifetime(const SandboxInfo& info);
  void fillNetwork(const SandboxInfo& info);
  void fillCost(const SandboxInfo& info);
  SandboxModel& model_;
  SandboxActions& actions_;
  QString id_;
  QWidget* canvas_;
  QBoxLayout* columns_;
  Card *identity_ = nullptr, *lifetime_ = nullptr, *cost_ = nullptr, *network_ = nullptr, *ports_ = nullptr, *tags_ = nullptr;
  QLabel *identityLabel_ = nullptr, *isolation_ = nullptr, *lifetimeProblem_ = nullptr, *template_ = nullptr, *size_ = nullptr,
         *created_ = nullptr, *snapshot_ = nullptr, *problem_ = nullptr;
  QLabel *deadline_ = nullptr, *remaining_ = nullptr, *autoDelete_ = nullptr;
  QLabel *memoryUsed_ = nullptr, *memoryCost_ = nullptr, *diskUsed_ = nullptr, *cpu_ = nullptr, *processes_ = nullptr;
  QLabel *allowed_ = nullptr, *denied_ = nullptr, *secrets_ = nullptr;
  QPushButton *extend_ = nullptr, *edit_ = nullptr;
  TagEditor* tagEditor_ = nullptr;
  PortList* portList_ = nullptr;
};

}  // namespace terrarium
