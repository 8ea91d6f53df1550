// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/createsandbox/createrun.h"

#include "ui/widgets/humantext.h"

namespace terrarium {

CreateRun::CreateRun(Facade& facade, SandboxSpec spec, bool buildFirst, QObject* parent)
    : QObject(parent), facade_(facade), spec_(std::move(spec)), building_(buildFirst), operation_(randomUuid()) {
  connect(&facade.events(), &Events::operationProgressed, this, [this](const OperationProgress& progress) { follow(progress); });
}

void CreateRun::start() {
  if (building_)
    build();
  else
    create();
}

void CreateRun::build() {
  whenDone(facade_.templates().build(spec_.fromTemplate()), this, [this](Result<TemplateInfo> built) {
    if (!built) return emit failed(built.error());
    building_ = false;
    if (cancelled_) return emit failed(Error{ErrorCode::Cancelled, tr("Cancelled.").toStdString(), {}, {}});
    create();
  });
}

void CreateRun::create() {
  whenDone(facade_.sandboxes().create(spec_, operation_), this, [this](Result<SandboxInfo> created) {
    if (created)
      emit succeeded(*created);
    else
      emit failed(created.error());
  });
}

void CreateRun::cancel() {
  cancelled_ = true;
  if (building_)
    whenDone(facade_.templates().cancelBuild(spec_.fromTemplate()), this, [](const Result<void>&) {});
  else
    whenDone(facade_.sandboxes().cancel(operation_), this, [](const Result<void>&) {});
}

void CreateRun::follow(const OperationProgress& progress) {
  const bool mine =
      building_ ? progress.kind == OperationKind::BuildTemplate &&
                      (progress.subjectName == spec_.fromTemplate().value() || progress.subjectId == spec_.fromTemplate().value())
                : progress.operation == operation_;
  if (!mine || progress.finished) return;
  const QString phase =
      building_ ? tr("Building %1").arg(toText(spec_.fromTemplate().value())) : tr("Creating %1").arg(toText(spec_.name().value()));
  const double fraction =
      progress.stageCount > 0 ? (progress.stageIndex + progress.fraction.value_or(0.0)) / progress.stageCount : -1.0;
  emit progressed(phase, toText(progress.stage), fraction, toText(progress.logLine));
}

}  // namespace terrarium
