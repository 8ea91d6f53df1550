// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/kernellookup.h"

#include <QFileInfo>
#include <memory>

#include "backend/templates/toolprocess.h"

namespace terrarium {

KernelLookup::KernelLookup(ImageCache cache, QObject* parent) : QObject(parent), cache_(std::move(cache)) {}

Pending<KernelPackage> KernelLookup::current() {
  const auto listsOf = QFileInfo(QStringLiteral("/var/lib/apt/lists")).lastModified();
  if (!known_ || listsOf != listsOf_) ask(listsOf);
  return known_->pending();
}

void KernelLookup::ask(const QDateTime& listsOf) {
  known_.emplace();
  listsOf_ = listsOf;
  auto* process = new ToolProcess(
      {QStringLiteral("apt-cache"), {QStringLiteral("show"), QStringLiteral("--no-all-versions"), KernelPackage::metaPackage()}},
      this);
  auto output = std::make_shared<QString>();
  connect(process, &ToolProcess::lineRead, this, [output](const QString& line) { *output += line + QLatin1Char('\n'); });
  connect(process, &ToolProcess::finished, this, [this, process, output, answer = *known_](const QString& problem) {
    process->deleteLater();
    auto found = KernelPackage::fromAptCache(*output + problem);
    if (!found) {
      // Asked again next time: the lists may be fetched any moment without their folder changing.
      listsOf_ = {};
      if (auto kept = cache_.newestKernel()) found = *kept;
    }
    answer.resolve(std::move(found));
  });
}

}  // namespace terrarium
