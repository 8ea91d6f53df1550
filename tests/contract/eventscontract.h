// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// What is announced, and what can be known about templates and the host.
class EventsContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void aCreateIsAnnouncedFromStartingToActive();
  void theStagesOfACreateComeInOrder();
  void pauseResumeAndDeleteAreAnnounced();
  void anUpdateIsAnnounced();
  void aRefusalAnnouncesNothing();
  void statisticsOfActiveOnesCome();

  void theBaseTemplateIsListedAndFound();
  void anUnknownTemplateIsNotFound();
  void theHostIsDescribed();
};

}  // namespace terrarium
