// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QWidget>
#include <map>

#include "backend/domain/sandboxspec.h"
#include "ui/connections/engineconnection.h"

class QCheckBox;
class QLineEdit;
class QListView;
class QListWidget;
class QStackedWidget;
class QVBoxLayout;

namespace terrarium {

class CodePanel;
class DurationEdit;
class EgressEdit;
class FieldBox;
class KeyValueTable;
class TemplateModel;

/// Every field of a create request. What is wrong comes from SandboxSpec alone and stands beside its field once that was touched.
class CreateForm : public QWidget {
  Q_OBJECT
 public:
  explicit CreateForm(TemplateModel& templates, QWidget* parent = nullptr);

  [[nodiscard]] SandboxRequest request() const;
  void setRequest(const SandboxRequest& request);
  /// Everything that keeps the request from being sent.
  [[nodiscard]] std::vector<Error> problems() const;
  [[nodiscard]] QString summary() const;
  /// Shows every problem and moves to the first.
  void revealProblems();
  /// What the engine refused; stays until the form changes.
  void showRefusal(const Error& error);
  void forgetTouched();
  void focusStart();
  [[nodiscard]] FieldBox* fieldFor(const std::string& field) const;

  void selectTemplate(const QString& name);
  void setConnection(const EngineConnection& connection);
  [[nodiscard]] CodePanel* code() const { return code_; }

 signals:
  void changed();
  void submitted();

 private:
  QVBoxLayout* addSection(const QString& icon, const QString& title);
  FieldBox* addField(QVBoxLayout* section, const std::string& field, const QString& label, QWidget* editor,
                     const QString& hint = {});
  void buildGeneral();
  void buildTags();
  void buildEnvironment();
  void buildNetwork();
  void buildSecrets();
  void buildCode();
  [[nodiscard]] QWidget* lockedRanges();
  void judge();
  void judgeRows(const std::vector<Error>& problems);
  void updateCounters(const SandboxRequest& request);
  void updateSections();
  void goTo(FieldBox* box);

  TemplateModel& templates_;
  QListWidget* sections_;
  QStackedWidget* pages_;
  QStringList sectionTitles_;
  std::map<std::string, FieldBox*> fields_;
  QLineEdit* name_ = nullptr;
  QListView* template_ = nullptr;
  DurationEdit* timeout_ = nullptr;
  DurationEdit* autoDelete_ = nullptr;
  QCheckBox* privatePreviews_ = nullptr;
  KeyValueTable* tags_ = nullptr;
  KeyValueTable* env_ = nullptr;
  KeyValueTable* secrets_ = nullptr;
  EgressEdit* allow_ = nullptr;
  EgressEdit* deny_ = nullptr;
  CodePanel* code_ = nullptr;
  std::optional<Error> refusal_;
  QString wantedTemplate_;
};

}  // namespace terrarium
