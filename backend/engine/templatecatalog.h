// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/events.h"
#include "backend/domain/templateref.h"
#include "backend/engine/ports/hypervisor.h"
#include "backend/engine/ports/snapshotfiles.h"
#include "backend/engine/ports/templateimages.h"
#include "backend/engine/ports/templatestore.h"
#include "backend/engine/snapshotholds.h"
#include "backend/support/clock.h"

namespace terrarium {

/// Which templates there are and whether their snapshots are still good here. Builds nothing itself. Engine thread.
class TemplateCatalog : public QObject {
  Q_OBJECT
 public:
  TemplateCatalog(TemplateStore& store, TemplateImages& images, SnapshotFiles& snapshots, SnapshotHolds& holds,
                  Hypervisor& hypervisor, Clock& clock, Events& events);

  /// Reads the store and adds the system templates that it does not know yet.
  Pending<void> load();
  /// Compares each snapshot with what a build made now would give; one that differs becomes Pending. Asked once; a failed answer
  /// (no QEMU, for example) is asked for again by the next call.
  Pending<void> judge();

  [[nodiscard]] std::vector<TemplateInfo> all() const;
  /// Valid until control returns to the event loop.
  [[nodiscard]] const TemplateRecord* find(const TemplateRef& ref) const;
  /// What it is built from; nothing when it is not one of the system templates.
  [[nodiscard]] std::optional<TemplateDefinition> definition(const std::string& id) const;
  [[nodiscard]] std::vector<std::string> snapshotIds() const;

  /// A build began or ended without success: changes what is seen, not what is stored. A template whose last build is good stays
  /// Ready.
  void markBuilding(const std::string& id, const std::string& buildId);
  void markUnbuilt(const std::string& id, const std::string& problem, bool cancelled);
  /// Its snapshot turned out to be unusable: it counts as not built.
  void distrust(const std::string& id, const std::string& problem);
  /// A build succeeded. The snapshot before it goes when nobody holds it any more.
  Pending<TemplateInfo> replace(const TemplateRecord& record);

 private:
  void addDefinitions();
  void judgeOne(const std::string& id, const MachineFacts& facts, const Resolver<void>& done);
  void compare(const std::string& id, const MachineFacts& facts, const std::string& currentHash, const Resolver<void>& done);
  void announce(const std::string& id);

  TemplateStore& store_;
  TemplateImages& images_;
  SnapshotFiles& snapshots_;
  SnapshotHolds& holds_;
  Hypervisor& hypervisor_;
  Clock& clock_;
  Events& events_;
  std::map<std::string, TemplateRecord> records_;
  std::vector<TemplateDefinition> definitions_;
  std::optional<Pending<void>> judgement_;
};

}  // namespace terrarium
