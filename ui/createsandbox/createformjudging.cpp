// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What CreateForm makes of its request: problems beside their fields, counters, marks on the sections.

#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <set>

#include "ui/code/codepanel.h"
#include "ui/createsandbox/createform.h"
#include "ui/createsandbox/durationedit.h"
#include "ui/createsandbox/egressedit.h"
#include "ui/style/icons.h"
#include "ui/widgets/fieldbox.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/keyvaluetable.h"

namespace terrarium {

namespace {

/// The key of "metadata.team", the index of "network.allow_out[3]" (as text); empty when there is none.
QString partAfter(const std::string& field, const std::string& prefix) {
  if (field.rfind(prefix, 0) != 0 || field.size() <= prefix.size() + 1) return {};
  QString rest = toText(field.substr(prefix.size() + 1));
  if (rest.endsWith(QLatin1Char(']'))) rest.chop(1);
  return rest;
}

}  // namespace

SandboxRequest CreateForm::request() const {
  SandboxRequest request;
  request.name = name_->text().toStdString();
  request.fromTemplate = wantedTemplate_.toStdString();
  request.timeoutSeconds = timeout_->seconds();
  request.autoDeleteSeconds = autoDelete_->seconds();
  if (privatePreviews_->isChecked()) request.previewAccess = previewAccessName(PreviewAccess::Private);
  request.metadata = tags_->model().entries();
  request.envVars = env_->model().entries();
  request.allowOut = allow_->rules();
  request.denyOut = deny_->rules();
  request.secrets = secrets_->model().entries();
  return request;
}

void CreateForm::setRequest(const SandboxRequest& request) {
  name_->setText(toText(request.name));
  if (request.fromTemplate) selectTemplate(toText(*request.fromTemplate));
  timeout_->setSeconds(request.timeoutSeconds);
  autoDelete_->setSeconds(request.autoDeleteSeconds);
  privatePreviews_->setChecked(request.previewAccess == previewAccessName(PreviewAccess::Private));
  tags_->model().setEntries(request.metadata);
  env_->model().setEntries(request.envVars);
  allow_->setRules(request.allowOut);
  deny_->setRules(request.denyOut);
  secrets_->model().setEntries(request.secrets);
}

FieldBox* CreateForm::fieldFor(const std::string& field) const {
  FieldBox* best = nullptr;
  std::size_t length = 0;
  for (const auto& [name, box] : fields_)
    if (field.rfind(name, 0) == 0 && name.size() >= length) best = box, length = name.size();
  return best;
}

std::vector<Error> CreateForm::problems() const {
  std::vector<Error> problems = SandboxSpec::problems(request());
  const std::pair<const char*, KeyValueTable*> tables[] = {{"metadata", tags_}, {"env_vars", env_}, {"secrets", secrets_}};
  for (const auto& [field, table] : tables) {
    const QStringList twice = table->model().duplicates();
    for (const QString& key : twice)
      problems.push_back(badRequest(std::string(field) + "." + key.toStdString(),
                                    tr("“%1” stands in two rows; keep one of them.").arg(key).toStdString()));
  }
  if (refusal_) problems.push_back(*refusal_);
  return problems;
}

void CreateForm::judge() {
  const std::vector<Error> all = problems();
  std::map<FieldBox*, QStringList> messages;
  for (const Error& error : all)
    if (FieldBox* box = fieldFor(error.field)) messages[box] << toText(error.message);
  for (auto& [field, box] : fields_) {
    QStringList shown = messages[box];
    shown.removeDuplicates();
    constexpr qsizetype kMost = 4;
    if (shown.size() > kMost) shown = shown.mid(0, kMost) << tr("and %n more", nullptr, static_cast<int>(shown.size() - kMost));
    box->setErrors(shown);
  }
  judgeRows(all);
  updateCounters(request());
  code_->showRequest(request());
  updateSections();
}

void CreateForm::judgeRows(const std::vector<Error>& problems) {
  const std::pair<const char*, KeyValueTable*> tables[] = {{"metadata", tags_}, {"env_vars", env_}, {"secrets", secrets_}};
  for (const auto& [field, table] : tables) {
    QMap<QString, QString> rows;
    for (const Error& error : problems)
      if (error.field.rfind(field, 0) == 0) rows[partAfter(error.field, field)] = toText(error.message);
    table->model().setErrors(rows);
  }
  const std::pair<const char*, EgressEdit*> lists[] = {{"network.allow_out", allow_}, {"network.deny_out", deny_}};
  for (const auto& [field, edit] : lists) {
    QList<int> wrong;
    for (const Error& error : problems) {
      bool isNumber = false;
      const int entry = partAfter(error.field, field).toInt(&isNumber);
      if (isNumber) wrong << entry;
    }
    edit->markWrong(wrong);
  }
}

void CreateForm::updateCounters(const SandboxRequest& request) {
  const auto over = [](std::size_t used, std::size_t most) { return used > most; };
  const std::size_t length = static_cast<std::size_t>(name_->text().toUcs4().size());
  fields_.at("name")->setCounter(tr("%1 / %2").arg(length).arg(SandboxName::kMaxCodePoints),
                                 over(length, SandboxName::kMaxCodePoints));
  const std::size_t bytes = compactJsonSize(request.metadata);
  fields_.at("metadata")
      ->setCounter(tr("%1 / %2 keys · %3 / %4 bytes")
                       .arg(request.metadata.size())
                       .arg(Metadata::kMaxKeys)
                       .arg(bytes)
                       .arg(Metadata::kMaxSerializedBytes),
                   over(request.metadata.size(), Metadata::kMaxKeys) || over(bytes, Metadata::kMaxSerializedBytes));
  std::size_t envBytes = 0;
  for (const auto& [key, value] : request.envVars) envBytes += key.size() + value.size();
  fields_.at("env_vars")
      ->setCounter(tr("%1 / %2 keys · %3 / %4 bytes")
                       .arg(request.envVars.size())
                       .arg(EnvVars::kMaxKeys)
                       .arg(envBytes)
                       .arg(EnvVars::kMaxTotalBytes),
                   over(request.envVars.size(), EnvVars::kMaxKeys) || over(envBytes, EnvVars::kMaxTotalBytes));
  const std::size_t rules = request.allowOut.size() + request.denyOut.size();
  fields_.at("network.allow_out")
      ->setCounter(tr("%1 / %2 rules").arg(rules).arg(EgressRules::kMaxRules), over(rules, EgressRules::kMaxRules));
  fields_.at("secrets")->setCounter(tr("%1 / %2").arg(request.secrets.size()).arg(SecretBindings::kMaxBindings),
                                    over(request.secrets.size(), SecretBindings::kMaxBindings));
}

void CreateForm::updateSections() {
  const SandboxRequest r = request();
  const std::size_t counts[] = {0, r.metadata.size(), r.envVars.size(), r.allowOut.size() + r.denyOut.size(), r.secrets.size(), 0};
  static const QString icons[] = {QStringLiteral("box"),     QStringLiteral("tags"),      QStringLiteral("sliders-horizontal"),
                                  QStringLiteral("network"), QStringLiteral("key-round"), QStringLiteral("code")};
  for (int i = 0; i < sections_->count(); ++i) {
    bool wrong = false;
    for (const auto& [field, box] : fields_)
      wrong = wrong || (pages_->widget(i)->isAncestorOf(box) && !box->shownError().isEmpty());
    const QString count = counts[i] > 0 ? QStringLiteral("  %1").arg(counts[i]) : QString();
    QListWidgetItem* item = sections_->item(i);
    item->setText(sectionTitles_[i] + count);
    item->setIcon(wrong ? symbolIcon(QStringLiteral("circle-alert"), Tone::Danger) : symbolIcon(icons[i]));
    item->setData(Qt::AccessibleDescriptionRole, wrong ? tr("has problems") : QString());
  }
}

QString CreateForm::summary() const {
  const std::vector<Error> all = problems();
  if (all.empty()) return {};
  QStringList labels;
  for (const Error& error : all) {
    const FieldBox* box = fieldFor(error.field);
    const QString label = box ? box->label() : toText(error.field);
    if (!label.isEmpty() && !labels.contains(label)) labels << label;
  }
  return labels.isEmpty() ? toText(all.front().message) : tr("To put right: %1").arg(labels.join(QStringLiteral(", ")));
}

void CreateForm::goTo(FieldBox* box) {
  for (int i = 0; i < pages_->count(); ++i)
    if (pages_->widget(i)->isAncestorOf(box)) sections_->setCurrentRow(i);
  box->editor()->setFocus(Qt::OtherFocusReason);
}

void CreateForm::revealProblems() {
  for (auto& [field, box] : fields_) box->touch();
  updateSections();
  const std::vector<Error> all = problems();
  if (all.empty()) return;
  if (FieldBox* box = fieldFor(all.front().field)) goTo(box);
}

void CreateForm::showRefusal(const Error& error) {
  refusal_ = error;
  judge();
  if (FieldBox* box = fieldFor(error.field)) {
    box->touch();
    goTo(box);
  }
}

void CreateForm::forgetTouched() {
  for (auto& [field, box] : fields_) box->forget();
  refusal_.reset();
  judge();
}

void CreateForm::focusStart() {
  sections_->setCurrentRow(0);
  timeout_->refreshWords();
  name_->setFocus();
  name_->selectAll();
}

}  // namespace terrarium
