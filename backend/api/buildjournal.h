// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <deque>
#include <vector>

#include "backend/api/events.h"
#include "backend/api/templates.h"
#include "backend/support/clock.h"

namespace terrarium {

/// The builds of this run of the engine and what they logged, kept from their announcements. Bounded; nothing is stored.
class BuildJournal : public QObject {
  Q_OBJECT
 public:
  BuildJournal(const Clock& clock, Events& events);

  /// A build was asked for; its announcements carry its id.
  void enter(const std::string& id, const std::string& templateId, const std::string& specHash);
  /// Of a template, the newest first. Until one is entered, the last one from earlier is made up from
  /// what the template says of it.
  [[nodiscard]] std::vector<BuildInfo> of(const TemplateInfo& info, const std::string& specHash) const;
  /// Lines that were dropped, because there were too many, count for `from`.
  [[nodiscard]] Result<BuildLogPart> log(const TemplateInfo& info, const std::string& specHash, const std::string& id,
                                         std::size_t from) const;

 private:
  struct Entry {
    BuildInfo info;
    std::string stage = {};
    std::deque<BuildLogLine> lines = {};
    std::size_t dropped = 0;
  };
  void note(const OperationProgress& progress);
  void append(Entry& entry, const char* stream, const std::string& text);

  const Clock& clock_;
  std::deque<Entry> entries_;  ///< the newest last
};

}  // namespace terrarium
