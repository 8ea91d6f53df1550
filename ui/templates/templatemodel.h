// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <vector>

#include "backend/api/facade.h"

namespace terrarium {

/// The templates of the engine, kept true by its events. Owned by the window; shared by the page and the create form.
class TemplateModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { NameRole = Qt::UserRole, StatusRole, DescriptionRole, SizeRole };
  explicit TemplateModel(Facade& facade, QObject* parent = nullptr);

  void reload();
  void forget();
  [[nodiscard]] const TemplateInfo* find(const QString& nameOrId) const;
  [[nodiscard]] const TemplateInfo* at(int row) const;
  [[nodiscard]] int rowOf(const QString& nameOrId) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

 private:
  void put(const TemplateInfo& info);
  Facade& facade_;
  std::vector<TemplateInfo> templates_;
};

/// "1 vCPU · 1024 MiB memory · 4 GiB disk"
[[nodiscard]] QString machineSizeText(const MachineSize& size);

}  // namespace terrarium
