// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/code/codepanel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/copybutton.h"

namespace terrarium {

namespace {

QPlainTextEdit* codeView(const QString& name, QWidget* parent) {
  auto* view = new QPlainTextEdit(parent);
  view->setReadOnly(true);
  view->setTabChangesFocus(true);
  view->setFont(textFont(TextStyle::Mono));
  view->setAccessibleName(name);
  view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return view;
}

}  // namespace

CodePanel::CodePanel(QWidget* parent)
    : QWidget(parent),
      languages_(new QTabBar(this)),
      environment_(codeView(tr("Environment"), this)),
      warning_(new QLabel(this)),
      code_(codeView(tr("Code"), this)),
      copyEnvironment_(new CopyButton(tr("the environment"), this)),
      copyCode_(new CopyButton(tr("the code"), this)) {
  for (const QString& language : {tr("curl"), tr("TypeScript"), tr("Python"), tr("Command line")}) languages_->addTab(language);
  languages_->setAccessibleName(tr("Language"));
  languages_->setDrawBase(false);
  languages_->setExpanding(false);
  languages_->setUsesScrollButtons(false);
  languages_->setElideMode(Qt::ElideNone);
  environment_->setFixedHeight(environment_->fontMetrics().lineSpacing() + 22);
  environment_->setLineWrapMode(QPlainTextEdit::NoWrap);
  environment_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  environment_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  code_->setMinimumHeight(90);
  warning_->setWordWrap(true);
  setTextStyle(warning_, TextStyle::Caption);
  setStyleProperty(warning_, "tone", QStringLiteral("warning"));
  auto* first = new QHBoxLayout;
  first->addWidget(environment_, 1);
  first->addWidget(copyEnvironment_);
  auto* top = new QHBoxLayout;
  top->addWidget(languages_, 1);
  top->addWidget(copyCode_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::kSmall);
  column->addLayout(first);
  column->addWidget(warning_);
  column->addLayout(top);
  column->addWidget(code_, 1);
  setFocusProxy(languages_);
  connect(languages_, &QTabBar::currentChanged, this, &CodePanel::refresh);
  refresh();
}

void CodePanel::setConnection(const EngineConnection& connection) {
  samples_ = CodeSamples(connection);
  refresh();
}

void CodePanel::showSandbox(const SandboxId& id) {
  if (sandbox_ == id) return;
  sandbox_ = id;
  request_.reset();
  refresh();
}

void CodePanel::showRequest(const SandboxRequest& request) {
  request_ = request;
  sandbox_.reset();
  refresh();
}

void CodePanel::setLanguage(CodeLanguage language) { languages_->setCurrentIndex(static_cast<int>(language)); }

QString CodePanel::code() const { return code_->toPlainText(); }
QString CodePanel::environment() const { return environment_->toPlainText(); }

void CodePanel::refresh() {
  const auto language = static_cast<CodeLanguage>(languages_->currentIndex());
  const QString code = sandbox_   ? samples_.useSandbox(language, *sandbox_)
                       : request_ ? samples_.createSandbox(language, *request_)
                                  : QString();
  const QString environment = samples_.environment();
  warning_->setText(samples_.warning());
  copyEnvironment_->setContent(environment + QLatin1Char('\n'));
  copyCode_->setContent(code);
  environment_->setPlainText(environment);
  // Not what it held already: that would throw the selection away.
  if (code_->toPlainText() != code) code_->setPlainText(code);
}

}  // namespace terrarium
