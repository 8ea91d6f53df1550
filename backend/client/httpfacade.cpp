// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpfacade.h"

#include "backend/client/accesstokens.h"
#include "backend/client/httpactivity.h"
#include "backend/client/httpcalls.h"
#include "backend/client/httpevents.h"
#include "backend/client/httpexec.h"
#include "backend/client/httpfiles.h"
#include "backend/client/httphost.h"
#include "backend/client/httpports.h"
#include "backend/client/httpsandboxes.h"
#include "backend/client/httpsnapshots.h"
#include "backend/client/httptemplates.h"

namespace terrarium {

struct HttpFacade::Parts {
  explicit Parts(EngineAddress address) : calls(pool, std::move(address)) {}
  ManagerPool pool;
  HttpCalls calls;
  AccessTokens tokens{calls};
  HttpSandboxes sandboxes{calls, tokens};
  HttpSnapshots snapshots{calls};
  HttpEvents events{calls, sandboxes};
  HttpTemplates templates{calls, events};
  HttpExec exec{calls, tokens};
  HttpFiles files{calls, tokens};
  HttpPorts ports{calls};
  HttpHost host{calls};
  HttpActivity activity{calls};
};

HttpFacade::HttpFacade(const QUrl& base, const QString& apiKey) : parts_(std::make_unique<Parts>(EngineAddress(base, apiKey))) {}

HttpFacade::~HttpFacade() = default;

Sandboxes& HttpFacade::sandboxes() { return parts_->sandboxes; }
Snapshots& HttpFacade::snapshots() { return parts_->snapshots; }
Exec& HttpFacade::exec() { return parts_->exec; }
Files& HttpFacade::files() { return parts_->files; }
Ports& HttpFacade::ports() { return parts_->ports; }
Templates& HttpFacade::templates() { return parts_->templates; }
Host& HttpFacade::host() { return parts_->host; }
Activity& HttpFacade::activity() { return parts_->activity; }

Events& HttpFacade::events() {
  parts_->events.start();
  return parts_->events;
}

void HttpFacade::setAddress(const QUrl& base, const QString& apiKey) {
  EngineAddress address(base, apiKey);
  if (address == parts_->calls.address()) return;
  parts_->calls.setAddress(std::move(address));
  parts_->tokens.clear();
  parts_->events.restart();
}

QUrl HttpFacade::base() const { return parts_->calls.address().base(); }

}  // namespace terrarium
