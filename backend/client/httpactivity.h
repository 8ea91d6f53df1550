// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/activity.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// The activity log over the control plane. Owned by HttpFacade.
class HttpActivity : public QObject, public Activity {
  Q_OBJECT
 public:
  explicit HttpActivity(HttpCalls& calls) : calls_(calls) {}
  Pending<ActivityPage> list(const ActivityQuery& query) override;

 private:
  HttpCalls& calls_;
};

}  // namespace terrarium
