// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/connectiontest.h"

#include <QCoreApplication>

#include "backend/client/httpfacade.h"

namespace terrarium {

namespace {
/// Translations of this file stand under one context.
struct ConnectionText {
  Q_DECLARE_TR_FUNCTIONS(ConnectionText)
};
}  // namespace

Pending<QString> testConnection(const QUrl& url, const QString& key) {
  auto* probe = new HttpFacade(url, key);
  probe->setParent(QCoreApplication::instance());
  const Resolver<QString> resolver;
  SandboxQuery query;
  query.limit = 1;
  whenDone(probe->sandboxes().list(query), probe, [probe, resolver](const Result<SandboxPage>& page) {
    probe->deleteLater();
    if (!page) return resolver.resolve(failure(page.error()));
    resolver.resolve(
        ConnectionText::tr("It answers and takes the key. It has %n sandbox(es).", nullptr, static_cast<int>(page->total)));
  });
  return resolver.pending();
}

}  // namespace terrarium
