// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What MainWindow says about the engine behind it, and how it goes over to another one.

#include <QLabel>
#include <QToolButton>

#include "ui/connections/connectionmodel.h"
#include "ui/connections/connectionsdialog.h"
#include "ui/createsandbox/createdialog.h"
#include "ui/createsandbox/createform.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/sandboxes/sandboxespage.h"
#include "ui/sandboxes/sandboxfeed.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/templates/templatemodel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/toastarea.h"

namespace terrarium {

void MainWindow::setConnection(const EngineConnection& connection) {
  connection_ = connection;
  inspector_->setConnection(connection);
  create_->form()->setConnection(connection);
  const QString name = connection.isLocal() ? tr("Engine") : connection.name;
  engineButton_->setText(engineButton_->fontMetrics().elidedText(name, Qt::ElideRight, engineButton_->width() - 16));
  const QString what = connection.isLocal() ? tr("This machine") : connection.name;
  engineButton_->setAccessibleName(tr("Connections, now: %1").arg(what));
  engineButton_->setToolTip(tr("Connections, now: %1 (Ctrl+Shift+E)").arg(what));
  setWindowTitle(connection.isLocal() ? tr("Terrarium") : tr("%1 – Terrarium").arg(connection.name));
}

void MainWindow::offerConnections(KeyStore& keys, ConnectionTester tester) {
  savedConnections_ = new ConnectionModel(settings_, this);
  connections_ = new ConnectionsDialog(*savedConnections_, keys, std::move(tester), this);
  connect(connections_, &ConnectionsDialog::chosen, this, &MainWindow::switchTo);
  connect(connections_, &ConnectionsDialog::warned, this, [this](const QString& text) {
    toasts_->post({Tone::Warning, text, {}, {}, 15000});
  });
  engineButton_->show();
  const EngineConnection last = savedConnections_->current();
  if (!last.isLocal()) connections_->use(last);
}

void MainWindow::openConnections() {
  if (connections_) connections_->openList();
}

void MainWindow::switchTo(const EngineConnection& connection, const QString& key) {
  // What was deleted there is deleted there; nothing of there is shown here.
  actions_->carryOut();
  engineProblem_.clear();
  savedConnections_->setCurrent(connection.id);
  feed_->forget();
  templates_->forget();
  host_->clear();
  accelerator_->hide();
  setConnection(connection);
  emit connectionChosen(connection, key);
  feed_->reload();
  templates_->reload();
}

void MainWindow::connectionChanged(bool connected, const QString& problem) {
  sandboxes_->setConnected(connected);
  if (connected) {
    engineProblem_.clear();
    awayBanner_->hide();
    feed_->reload();
    templates_->reload();
    askHost();
    return;
  }
  // That it cannot be started says more than that it does not answer.
  const QString reason = engineProblem_.isEmpty() ? problem : engineProblem_;
  const QString who = connection_.isLocal() ? tr("The engine is away.") : tr("%1 does not answer.").arg(connection_.name);
  awayBanner_->setText(reason.isEmpty() ? tr("Connecting to the engine…") : tr("%1 %2 Trying again…").arg(who, reason));
  awayBanner_->setAction(connection_.isLocal() ? tr("Start engine") : tr("Connections…"));
  awayBanner_->setDismissible(false);
  awayBanner_->reveal();
}

void MainWindow::bannerPressed() {
  if (connection_.isLocal())
    emit reconnectRequested();
  else
    openConnections();
}

void MainWindow::showEngineProblem(const QString& problem) {
  engineProblem_ = problem;
  if (!facade_.events().isConnected()) connectionChanged(false, problem);
}

void MainWindow::askHost() {
  whenDone(facade_.host().info(), this, [this](const Result<HostInfo>& info) {
    if (info) return showHost(*info);
    accelerator_->hide();
    host_->setText(connection_.isLocal() ? QString() : tr("%1 tells nothing about its machine").arg(connection_.name));
    host_->setToolTip(toText(info.error().message));
  });
}

void MainWindow::showHost(const HostInfo& info) {
  const auto accelerator = info.isolationBoundary ? tr("Hardware virtualisation (KVM)") : tr("Emulated: not an isolation boundary");
  host_->setText(tr("%1  ·  QEMU %2  ·  %3 free").arg(accelerator, toText(info.qemuVersion), bytesText(info.diskFreeBytes)));
  host_->setToolTip(toText(info.acceleratorReason));
  if (info.isolationBoundary || acceleratorDismissed_) return accelerator_->hide();
  accelerator_->setText(tr("Emulated: not an isolation boundary. %1").arg(toText(info.acceleratorReason)));
  accelerator_->setDismissible(true);
  accelerator_->reveal();
}

}  // namespace terrarium
