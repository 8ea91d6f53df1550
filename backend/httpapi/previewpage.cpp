// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewpage.h"

namespace terrarium {

namespace {

const QString kPage = QStringLiteral(R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1</title>%3
<style>
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-content:center;text-align:center;padding:2rem}
h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:.25rem;max-width:34rem}small{opacity:.7}
</style></head><body><main><h1>%1</h1><p>%2</p>%4</main></body></html>
)");

}  // namespace

void respondWith(Exchange& exchange, const PreviewProblem& problem) {
  HttpHeaders headers{{"Cache-Control", "no-store"}, {"Vary", "Accept"}};
  if (problem.retryAfter > 0) headers.emplaceBack("Retry-After", QByteArray::number(problem.retryAfter));
  if (!exchange.request().header("accept").toLower().contains("text/html")) {
    return exchange.respondError(problem.status, problem.code, problem.message, headers);
  }
  QString refresh;
  QString note;
  if (problem.retryAfter > 0) {
    refresh = QStringLiteral("<meta http-equiv=\"refresh\" content=\"%1\">").arg(problem.retryAfter);
    note = QStringLiteral("<p><small>%1</small></p>").arg(QObject::tr("This page tries again by itself."));
  }
  const auto page = kPage.arg(problem.title.toHtmlEscaped(), problem.message.toHtmlEscaped(), refresh, note);
  headers.emplaceBack("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  exchange.respond(problem.status, "text/html; charset=utf-8", page.toUtf8(), headers);
}

}  // namespace terrarium
