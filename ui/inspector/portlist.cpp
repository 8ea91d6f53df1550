// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/portlist.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

PortList::PortList(Ports& ports, QWidget* parent)
    : QWidget(parent), facade_(ports), note_(new QLabel(this)), column_(new QVBoxLayout(this)) {
  note_->setWordWrap(true);
  setStyleProperty(note_, "tone", QStringLiteral("muted"));
  column_->setContentsMargins(0, 0, 0, 0);
  column_->addWidget(note_);
}

void PortList::show(const SandboxId& id, const std::vector<int>& ports, const QString& note) {
  note_->setText(note);
  note_->setVisible(ports.empty());
  if (id_ == id && ports_ == ports) return;
  id_ = id;
  ports_ = ports;
  rebuild();
}

void PortList::rebuild() {
  if (rows_) rows_->deleteLater();
  rows_ = new QWidget(this);
  auto* column = new QVBoxLayout(rows_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::kTight);
  for (const int port : ports_) column->addWidget(rowFor(port));
  rows_->setVisible(!ports_.empty());
  column_->addWidget(rows_);
}

void PortList::openPort(int port) {
  if (!id_) return;
  whenDone(facade_.previewLink(*id_, port), this, [this](const Result<QUrl>& address) {
    if (address) emit openRequested(*address);
  });
}

QWidget* PortList::rowFor(int port) {
  const auto address = facade_.previewUrl(*id_, port);
  auto* row = new QWidget(rows_);
  auto* number = new QLabel(QString::number(port), row);
  number->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* open = new QPushButton(tr("Open"), row);
  setLeadingIcon(open, symbolIcon(QStringLiteral("external-link")));
  open->setAccessibleName(tr("Open port %1 in the browser").arg(port));
  open->setEnabled(address.has_value());
  open->setToolTip(address ? address->toString() : toText(address.error().message));
  auto* copy = new CopyButton(tr("the address of port %1").arg(port), row);
  copy->setEnabled(address.has_value());
  if (address) copy->setContent(address->toString());
  connect(open, &QPushButton::clicked, this, [this, port] { openPort(port); });
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->addWidget(number, 1);
  line->addWidget(copy);
  line->addWidget(open);
  return row;
}

}  // namespace terrarium
