// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <random>
#include <string>
#include <vector>

#include "backend/egress/netstack/ringbuffer.h"

using namespace terrarium::netstack;

class RingBufferTest : public QObject {
  Q_OBJECT

 private slots:
  void bytesComeOutInTheirOrder() {
    MemoryBudget budget(10 * RingBuffer::kMost);
    RingBuffer ring(budget);
    std::mt19937 random(5);
    std::vector<std::uint8_t> model;
    std::uint8_t next = 0;
    for (int i = 0; i < 3000; ++i) {
      std::vector<std::uint8_t> bytes(random() % 9000);
      for (auto& byte : bytes) byte = next++;
      const auto taken = ring.append(bytes);
      QCOMPARE(taken, std::min(bytes.size(), RingBuffer::kMost - model.size()));
      next = static_cast<std::uint8_t>(next - (bytes.size() - taken));
      model.insert(model.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(taken));
      const auto dropped = random() % (model.size() + 1) / 8;
      ring.drop(dropped);
      model.erase(model.begin(), model.begin() + static_cast<std::ptrdiff_t>(dropped));
      QCOMPARE(ring.size(), model.size());
      const auto offset = model.empty() ? 0 : random() % model.size();
      std::vector<std::uint8_t> copy(model.size() - offset);
      ring.copy(offset, copy);
      QVERIFY(std::equal(copy.begin(), copy.end(), model.begin() + static_cast<std::ptrdiff_t>(offset)));
    }
    ring.drop(ring.size());
    QCOMPARE(budget.left(), std::ptrdiff_t(10 * RingBuffer::kMost));
  }

  void itGrowsAsFarAsTheBudgetAllows() {
    MemoryBudget budget(20 * 1024);
    RingBuffer ring(budget);
    QCOMPARE(ring.append(std::vector<std::uint8_t>(100'000)), std::size_t(16 * 1024));
    RingBuffer other(budget);
    QCOMPARE(other.append(std::vector<std::uint8_t>(100'000)), RingBuffer::kLeast);
    // A little is always there.
    RingBuffer third(budget);
    QCOMPARE(third.append(std::vector<std::uint8_t>(100'000)), RingBuffer::kLeast);
    QVERIFY(budget.left() < 0);
    ring.drop(16 * 1024);
    QCOMPARE(third.append(std::vector<std::uint8_t>(100'000)), std::size_t(12 * 1024));
  }
};

QTEST_GUILESS_MAIN(RingBufferTest)
#include "ringbuffertest.moc"
