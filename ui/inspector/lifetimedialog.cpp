// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/lifetimedialog.h"

#include <QDialogButtonBox>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/createsandbox/durationedit.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/style/metrics.h"
#include "ui/widgets/fieldbox.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

LifetimeDialog::LifetimeDialog(SandboxActions& actions, const SandboxInfo& info, QWidget* parent)
    : QDialog(parent),
      actions_(actions),
      info_(info),
      timeout_(new DurationEdit(tr("Lifetime"), tr("Ends after"), DurationEdit::Meaning::Lifetime, this)),
      autoDelete_(new DurationEdit(tr("Delete when paused"), tr("Delete after"), DurationEdit::Meaning::PausedTime, this)),
      timeoutField_(new FieldBox(tr("Lifetime"), timeout_, tr("Counted from creation, not from now."), this)),
      autoDeleteField_(new FieldBox(tr("Delete when paused"), autoDelete_, {}, this)) {
  setWindowTitle(tr("Lifetime of %1").arg(toText(info.name.value())));
  setModal(true);
  resize(560, 0);
  timeout_->setStart(std::chrono::duration_cast<std::chrono::seconds>(info.createdAt.time_since_epoch()).count());
  timeout_->setSeconds(info.timeout ? std::optional(info.timeout->value().count()) : std::nullopt);
  autoDelete_->setSeconds(info.autoDelete ? std::optional(info.autoDelete->value().count()) : std::nullopt);
  timeout_->refreshWords();
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  QPushButton* save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
  save->setProperty("role", QStringLiteral("primary"));
  save->setDefault(true);
  connect(buttons, &QDialogButtonBox::accepted, this, &LifetimeDialog::apply);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
  column->setSpacing(space::kLarge);
  column->addWidget(timeoutField_);
  column->addWidget(autoDeleteField_);
  column->addStretch(1);
  column->addWidget(buttons);
}

void LifetimeDialog::apply() {
  PatchRequest request;
  request.timeoutSeconds = timeout_->seconds();
  request.autoDeleteSeconds = autoDelete_->seconds();
  actions_.update(toText(info_.id.value()), request, [self = QPointer<LifetimeDialog>(this)](const Result<void>& done) {
    if (!self) return;
    if (done) return self->accept();
    FieldBox* box = done.error().field == "auto_delete_seconds" ? self->autoDeleteField_ : self->timeoutField_;
    box->touch();
    box->setErrors({toText(done.error().message)});
  });
}

}  // namespace terrarium
