// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/createsandbox/createform.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTableView>

#include "ui/code/codepanel.h"
#include "ui/createsandbox/durationedit.h"
#include "ui/createsandbox/egressedit.h"
#include "ui/createsandbox/templatedelegate.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/templates/templatemodel.h"
#include "ui/widgets/fieldbox.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/keyvaluetable.h"

namespace terrarium {

CreateForm::CreateForm(TemplateModel& templates, QWidget* parent)
    : QWidget(parent),
      templates_(templates),
      sections_(new QListWidget(this)),
      pages_(new QStackedWidget(this)),
      wantedTemplate_(toText(TemplateRef::kDefaultName)) {
  sections_->setAccessibleName(tr("Sections of the form"));
  sections_->setObjectName(QStringLiteral("formSections"));
  sections_->setFixedWidth(168);
  sections_->setIconSize({16, 16});
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::kLarge);
  row->addWidget(sections_);
  row->addWidget(pages_, 1);
  buildGeneral();
  buildTags();
  buildEnvironment();
  buildNetwork();
  buildSecrets();
  buildCode();
  connect(sections_, &QListWidget::currentRowChanged, pages_, &QStackedWidget::setCurrentIndex);
  sections_->setCurrentRow(0);
  for (auto& [field, box] : fields_) connect(box, &FieldBox::touched, this, &CreateForm::updateSections);
  connect(this, &CreateForm::changed, this, [this] {
    refusal_.reset();
    judge();
  });
  judge();
}

QVBoxLayout* CreateForm::addSection(const QString& icon, const QString& title) {
  sectionTitles_ << title;
  sections_->addItem(new QListWidgetItem(symbolIcon(icon), title));
  auto* page = new QWidget;
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(space::kTight, 0, space::kSmall, 0);
  layout->setSpacing(space::kLarge);
  page->setProperty("role", QStringLiteral("canvas"));
  auto* scroll = new QScrollArea(pages_);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(page);
  scroll->viewport()->setAutoFillBackground(false);
  page->setAutoFillBackground(false);
  pages_->addWidget(scroll);
  return layout;
}

FieldBox* CreateForm::addField(QVBoxLayout* section, const std::string& field, const QString& label, QWidget* editor,
                               const QString& hint) {
  auto* box = new FieldBox(label, editor, hint, this);
  section->addWidget(box);
  fields_[field] = box;
  return box;
}

void CreateForm::buildGeneral() {
  QVBoxLayout* section = addSection(QStringLiteral("box"), tr("General"));
  name_ = new QLineEdit(this);
  name_->setObjectName(QStringLiteral("sandboxName"));
  connect(name_, &QLineEdit::textChanged, this, &CreateForm::changed);
  connect(name_, &QLineEdit::returnPressed, this, &CreateForm::submitted);
  addField(section, "name", tr("Name"), name_);
  template_ = new QListView(this);
  template_->setObjectName(QStringLiteral("templatePicker"));
  template_->setModel(&templates_);
  template_->setItemDelegate(new TemplateDelegate(template_));
  template_->setMouseTracking(true);
  template_->setMinimumHeight(2 * TemplateDelegate::kRowHeight + 6);
  connect(template_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
    if (index.isValid()) wantedTemplate_ = index.data().toString();
    emit changed();
  });
  connect(&templates_, &QAbstractItemModel::modelReset, this, [this] { selectTemplate(wantedTemplate_); });
  connect(template_, &QListView::activated, this, &CreateForm::submitted);
  addField(section, "from_template", tr("Template"), template_,
           tr("One that is not built yet is built first; that takes a few minutes."));
  timeout_ = new DurationEdit(tr("Lifetime"), tr("Ends after"), DurationEdit::Meaning::Lifetime, this);
  connect(timeout_, &DurationEdit::changed, this, &CreateForm::changed);
  addField(section, "timeout_seconds", tr("Lifetime"), timeout_,
           tr("Counted from creation. The sandbox is destroyed then, also while it is paused."));
  autoDelete_ = new DurationEdit(tr("Delete when paused"), tr("Delete after"), DurationEdit::Meaning::PausedTime, this);
  connect(autoDelete_, &DurationEdit::changed, this, &CreateForm::changed);
  addField(section, "auto_delete_seconds", tr("Delete when paused"), autoDelete_);
  selectTemplate(wantedTemplate_);
}

void CreateForm::buildTags() {
  QVBoxLayout* section = addSection(QStringLiteral("tags"), tr("Tags"));
  tags_ = new KeyValueTable(tr("Tags"), tr("Key"), tr("Value"), this);
  connect(&tags_->model(), &KeyValueModel::edited, this, &CreateForm::changed);
  addField(section, "metadata", tr("Tags"), tags_, tr("For finding sandboxes again: filter the list with tag:key=value."));
}

void CreateForm::buildEnvironment() {
  QVBoxLayout* section = addSection(QStringLiteral("sliders-horizontal"), tr("Environment"));
  env_ = new KeyValueTable(tr("Environment variables"), tr("Variable"), tr("Value"), this);
  connect(&env_->model(), &KeyValueModel::edited, this, &CreateForm::changed);
  addField(section, "env_vars", tr("Environment variables"), env_,
           tr("Seen by every command that starts from now on; programs that the template itself started do not have them. "
              "Paste a .env file anywhere in the table."));
}

QWidget* CreateForm::lockedRanges() {
  auto* frame = new QFrame(this);
  frame->setProperty("role", QStringLiteral("note"));
  auto* row = new QHBoxLayout(frame);
  row->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kSmall);
  auto* lock = new QLabel(frame);
  lock->setPixmap(symbolIcon(QStringLiteral("lock")).pixmap(kIconSize, kIconSize));
  auto* text = new QLabel(tr("Always blocked, whatever stands above: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 127.0.0.0/8, "
                             "169.254.0.0/16, 100.64.0.0/10, and every address of this machine."),
                          frame);
  text->setWordWrap(true);
  row->addWidget(lock, 0, Qt::AlignTop);
  row->addWidget(text, 1);
  return frame;
}

void CreateForm::buildNetwork() {
  QVBoxLayout* section = addSection(QStringLiteral("network"), tr("Network"));
  allow_ = new EgressEdit(tr("Allowed"), QStringLiteral("api.example.com\n*.github.com\n203.0.113.0/24"), this);
  connect(allow_, &EgressEdit::changed, this, &CreateForm::changed);
  addField(section, "network.allow_out", tr("Allowed"), allow_,
           tr("Domains, IPv4 addresses and CIDRs, one per line. With an entry here, everything else is blocked."));
  deny_ = new EgressEdit(tr("Denied"), QStringLiteral("0.0.0.0/0"), this);
  connect(deny_, &EgressEdit::changed, this, &CreateForm::changed);
  addField(section, "network.deny_out", tr("Denied"), deny_,
           tr("IPv4 addresses and CIDRs, one per line. What is allowed above wins."));
  section->addWidget(lockedRanges());
  privatePreviews_ = new QCheckBox(tr("Only published ports, with a token"), this);
  connect(privatePreviews_, &QCheckBox::toggled, this, &CreateForm::changed);
  addField(section, "preview_access", tr("Previews"), privatePreviews_,
           tr("Otherwise every program on this computer may open what listens in the sandbox."));
  section->addStretch(1);
}

void CreateForm::buildSecrets() {
  QVBoxLayout* section = addSection(QStringLiteral("key-round"), tr("Secrets"));
  secrets_ = new KeyValueTable(tr("Secrets"), tr("Variable"), tr("Secret"), this);
  connect(&secrets_->model(), &KeyValueModel::edited, this, &CreateForm::changed);
  addField(section, "secrets", tr("Secrets"), secrets_,
           tr("The variable holds a look-alike inside the sandbox; the real value never enters it."));
}

void CreateForm::buildCode() {
  QVBoxLayout* section = addSection(QStringLiteral("code"), tr("Code"));
  auto* words = new QLabel(tr("What you have filled in, as a program would ask for it."), this);
  setTextStyle(words, TextStyle::Caption);
  section->addWidget(words);
  code_ = new CodePanel(this);
  section->addWidget(code_, 1);
}

void CreateForm::setConnection(const EngineConnection& connection) { code_->setConnection(connection); }

void CreateForm::selectTemplate(const QString& name) {
  wantedTemplate_ = name;
  const int row = templates_.rowOf(name);
  if (row >= 0) template_->setCurrentIndex(templates_.index(row));
}

}  // namespace terrarium
