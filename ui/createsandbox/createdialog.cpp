// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/createsandbox/createdialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>

#include "ui/createsandbox/createdraft.h"
#include "ui/createsandbox/createform.h"
#include "ui/createsandbox/createprogress.h"
#include "ui/createsandbox/createrun.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/templates/templatemodel.h"
#include "ui/widgets/enterkey.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

CreateDialog::CreateDialog(Facade& facade, TemplateModel& templates, QSettings& settings, QWidget* parent)
    : QDialog(parent),
      facade_(facade),
      templates_(templates),
      settings_(settings),
      form_(new CreateForm(templates, this)),
      progress_(new CreateProgress(this)),
      stack_(new QStackedWidget(this)) {
  setWindowTitle(tr("New sandbox"));
  setModal(true);
  resize(820, std::min(680, screen()->availableSize().height() - 80));
  stack_->addWidget(form_);
  stack_->addWidget(progress_);
  auto* body = new QWidget(this);
  auto* inner = new QVBoxLayout(body);
  inner->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kMedium);
  inner->addWidget(stack_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(body, 1);
  column->addWidget(buildFooter());
  connect(form_, &CreateForm::changed, this, [this] {
    isPristine_ = false;
    refreshFooter();
  });
  connect(form_, &CreateForm::submitted, this, &CreateDialog::submit);
  for (auto key : {Qt::Key_Return, Qt::Key_Enter}) {
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), this);
    connect(shortcut, &QShortcut::activated, this, &CreateDialog::submit);
  }
}

QWidget* CreateDialog::buildFooter() {
  auto* footer = new QFrame(this);
  footer->setProperty("role", QStringLiteral("footer"));
  summary_ = new QLabel(footer);
  summary_->setWordWrap(true);
  summary_->setObjectName(QStringLiteral("formSummary"));
  startOver_ = new QPushButton(tr("Start over"), footer);
  startOver_->setProperty("role", QStringLiteral("link"));
  cancel_ = new QPushButton(tr("Cancel"), footer);
  create_ = new QPushButton(tr("Create"), footer);
  create_->setObjectName(QStringLiteral("createButton"));
  create_->setToolTip(tr("Create (Ctrl+Enter)"));
  for (QPushButton* button : {startOver_, cancel_, create_}) {
    button->setAutoDefault(false);
    pressByEnter(button);
  }
  connect(startOver_, &QPushButton::clicked, this, &CreateDialog::startOver);
  connect(cancel_, &QPushButton::clicked, this, &CreateDialog::reject);
  connect(create_, &QPushButton::clicked, this, &CreateDialog::submit);
  auto* row = new QHBoxLayout(footer);
  row->setContentsMargins(space::kLarge, space::kMedium, space::kLarge, space::kMedium);
  row->setSpacing(space::kSmall);
  row->addWidget(startOver_);
  row->addWidget(summary_, 1);
  row->addWidget(cancel_);
  row->addWidget(create_);
  return footer;
}

void CreateDialog::openWith(const QString& suggestedName) {
  const auto draft = isPristine_ ? loadDraft(settings_) : std::nullopt;
  SandboxRequest request = draft ? *draft : form_->request();
  if (request.name.empty() || request.name == suggested_.toStdString()) request.name = suggestedName.toStdString();
  suggested_ = suggestedName;
  form_->setRequest(request);
  isPristine_ = false;
  if (!run_) showForm();
  open();
  if (!run_) form_->focusStart();
}

void CreateDialog::startOver() {
  SandboxRequest fresh;
  fresh.name = suggested_.toStdString();
  fresh.fromTemplate = std::string(TemplateRef::kDefaultName);
  form_->setRequest(fresh);
  form_->forgetTouched();
  clearDraft(settings_);
  form_->focusStart();
}

void CreateDialog::submit() {
  if (run_) return;
  if (!form_->problems().empty()) {
    form_->revealProblems();
    return refreshFooter();
  }
  const auto spec = SandboxSpec::parse(form_->request());
  if (!spec) return form_->showRefusal(spec.error());
  run(*spec);
}

void CreateDialog::run(const SandboxSpec& spec) {
  const TemplateInfo* info = templates_.find(toText(spec.fromTemplate().value()));
  run_ = new CreateRun(facade_, spec, info && info->status != TemplateStatus::Ready, this);
  connect(run_, &CreateRun::progressed, progress_, &CreateProgress::show);
  connect(run_, &CreateRun::succeeded, this, [this](const SandboxInfo& created) {
    finishRun();
    startOver();
    hide();
    emit this->created(created);
  });
  connect(run_, &CreateRun::failed, this, [this](const Error& error) {
    finishRun();
    showForm();
    if (error.code == ErrorCode::Cancelled) return;
    form_->showRefusal(error);
    if (!form_->fieldFor(error.field)) summary_->setText(toText(error.message));
  });
  progress_->begin(tr("Creating %1").arg(toText(spec.name().value())));
  stack_->setCurrentWidget(progress_);
  refreshFooter();
  cancel_->setFocus();
  run_->start();
}

void CreateDialog::finishRun() {
  progress_->end();
  run_->deleteLater();
  run_ = nullptr;
}

void CreateDialog::showForm() {
  stack_->setCurrentWidget(form_);
  cancel_->setEnabled(true);
  refreshFooter();
}

void CreateDialog::refreshFooter() {
  const bool running = run_ != nullptr;
  create_->setVisible(!running);
  startOver_->setVisible(!running);
  cancel_->setText(running ? tr("Cancel creation") : tr("Cancel"));
  const QString problems = running ? QString() : form_->summary();
  summary_->setText(problems);
  setStyleProperty(summary_, "tone", problems.isEmpty() ? QStringLiteral("muted") : QStringLiteral("warning"));
  setStyleProperty(create_, "role", problems.isEmpty() ? QStringLiteral("primary") : QString());
  setLeadingIcon(create_, problems.isEmpty() ? symbolIconOnAccent(QStringLiteral("plus")) : symbolIcon(QStringLiteral("plus")));
}

void CreateDialog::reject() {
  if (run_) {
    cancel_->setEnabled(false);
    run_->cancel();
    return;
  }
  saveDraft(settings_, form_->request());
  QDialog::reject();
}

}  // namespace terrarium
