// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "backend/api/pending.h"

namespace terrarium {

/// Starts `work` for each item, at most `atOnce` of them at the same time, in order; resolves when all have been answered, with the
/// first failure if there was one. Belongs to `context`.
template <class Item>
[[nodiscard]] Pending<void> forAll(QObject* context, std::vector<Item> items, std::size_t atOnce,
                                   std::function<Pending<void>(const Item&)> work) {
  struct Round {
    std::vector<Item> items;
    std::function<Pending<void>(const Item&)> work;
    std::size_t next = 0;
    std::size_t running = 0;
    Result<void> outcome = {};
    Resolver<void> resolver;
    std::function<void()> advance;
  };
  auto round = std::make_shared<Round>();
  round->items = std::move(items);
  round->work = std::move(work);
  const auto pending = round->resolver.pending();
  // Held by the answers that are waited for, so that it goes with the last of them, or with the context.
  round->advance = [weak = std::weak_ptr<Round>(round), context, atOnce] {
    const auto round = weak.lock();
    while (round->running < atOnce && round->next < round->items.size()) {
      ++round->running;
      whenDone(round->work(round->items[round->next++]), context, [round](const Result<void>& result) {
        --round->running;
        if (!result && round->outcome) round->outcome = result;
        round->advance();
      });
    }
    if (round->running == 0) round->resolver.resolve(round->outcome);
  };
  round->advance();
  return pending;
}

}  // namespace terrarium
