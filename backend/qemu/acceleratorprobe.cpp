// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/acceleratorprobe.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <unistd.h>

#include "backend/qemu/qemucommandline.h"

namespace terrarium {

namespace {

using namespace std::chrono_literals;

constexpr auto kEmulationLimit = 20s;

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.read(64 * 1024) : QByteArray();
}

/// Everything that could change what a measurement says.
QString circumstances(const QString& program) {
  const QFileInfo info(program);
  const char* kvm = ::access("/dev/kvm", F_OK) != 0 ? "missing" : ::access("/dev/kvm", R_OK | W_OK) != 0 ? "denied" : "opens";
  return QStringLiteral("%1 %2 %3 %4 kvm-%5")
      .arg(QString::fromLatin1(contentOf(QStringLiteral("/proc/sys/kernel/random/boot_id")).trimmed()), info.canonicalFilePath())
      .arg(info.lastModified().toSecsSinceEpoch())
      .arg(info.size())
      .arg(QLatin1String(kvm));
}

/// Memory saved on one processor may not run on another, so its name belongs to the model.
std::string hostProcessor() {
  const auto lines = contentOf(QStringLiteral("/proc/cpuinfo")).split('\n');
  for (const auto& line : lines) {
    if (line.startsWith("model name")) return line.mid(line.indexOf(':') + 1).trimmed().toStdString();
  }
  return "unknown";
}

std::string processorUnder(const std::string& accelerator) {
  return accelerator == "kvm" ? "host (" + hostProcessor() + ")" : QemuCommandLine::kEmulatedProcessor;
}

std::string whyNoKvm() {
  if (::access("/dev/kvm", F_OK) == 0) return "you may not use /dev/kvm. Run \"sudo adduser $USER kvm\" and log in again.";
  return "this computer has no /dev/kvm. Turn on virtualization in its firmware and load the kvm module.";
}

}  // namespace

AcceleratorProbe::AcceleratorProbe(Config config) : config_(std::move(config)) {}

QString AcceleratorProbe::cacheFile() const { return QDir(config_.cacheDirectory).filePath(QStringLiteral("accelerator.json")); }

Pending<MachineFacts> AcceleratorProbe::facts(const Confinement& confinement) {
  if (!facts_) facts_ = remembered();
  if (facts_) return settled<MachineFacts>(*facts_);
  if (!asking_) {
    asking_.emplace();
    ask(confinement);
  }
  return asking_->pending();
}

void AcceleratorProbe::ask(const Confinement& confinement) {
  inquiry_ = std::make_unique<QemuInquiry>(config_.program);
  whenDone(inquiry_->ask(), this, [this, &confinement](const Result<QemuInquiry::Offer>& offer) {
    inquiry_.reset();
    if (!offer) return std::exchange(asking_, std::nullopt)->resolve(failure(offer.error()));
    judge(*offer, confinement);
  });
}

void AcceleratorProbe::judge(const QemuInquiry::Offer& offer, const Confinement& confinement) {
  if (config_.override == QLatin1String("kvm") && ::access("/dev/kvm", R_OK | W_OK) != 0) {
    reason_ = "TERRARIUM_ACCEL=kvm was set, but " + whyNoKvm() + " Unset TERRARIUM_ACCEL to go on with emulation.";
    return std::exchange(asking_, std::nullopt)->resolve(failure(ErrorCode::Unavailable, reason_));
  }
  if (config_.override == QLatin1String("tcg") || config_.override == QLatin1String("kvm")) {
    return conclude(offer, config_.override.toStdString(),
                    "TERRARIUM_ACCEL=" + config_.override.toStdString() + " was set; nothing was measured.");
  }
  if (::access("/dev/kvm", R_OK | W_OK) != 0) return conclude(offer, "tcg", whyNoKvm());
  tryKvm(offer, confinement, AcceleratorTrial::kDeadline);
}

AcceleratorTrial& AcceleratorProbe::newTrial(const QemuInquiry::Offer& offer, const char* accelerator) {
  // The last one may be what called this.
  if (trial_) trial_.release()->deleteLater();
  const auto directory = QStringLiteral("trial-%1-%2").arg(::getpid()).arg(++trials_);
  trial_ = std::make_unique<AcceleratorTrial>(config_.program, offer.machineType, QLatin1String(accelerator),
                                              QDir(config_.cacheDirectory).filePath(directory));
  return *trial_;
}

void AcceleratorProbe::tryKvm(const QemuInquiry::Offer& offer, const Confinement& confinement, std::chrono::milliseconds deadline) {
  auto& trial = newTrial(offer, "kvm");
  whenDone(trial.run(confinement, deadline), this, [this, offer, &confinement](const Result<std::string>& verdict) {
    if (verdict) return conclude(offer, "kvm", *verdict);
    if (verdict.error().code == ErrorCode::TimedOut && !measuredEmulation_) {
      return measureEmulation(offer, confinement, verdict.error());
    }
    conclude(offer, "tcg", verdict.error().message);
  });
}

/// A timeout may also mean that this computer is very busy. Then emulation is slow as well, and KVM gets another chance.
void AcceleratorProbe::measureEmulation(const QemuInquiry::Offer& offer, const Confinement& confinement, const Error& kvmFailed) {
  measuredEmulation_ = true;
  auto& trial = newTrial(offer, "tcg");
  QElapsedTimer elapsed;
  elapsed.start();
  whenDone(trial.run(confinement, kEmulationLimit), this,
           [this, offer, &confinement, kvmFailed, elapsed](const Result<std::string>&) {
             const std::chrono::milliseconds needed(elapsed.elapsed());
             if (needed > AcceleratorTrial::kDeadline) return tryKvm(offer, confinement, needed);
             conclude(offer, "tcg", kvmFailed.message + " Emulation needs " + std::to_string(needed.count()) + " ms for it.");
           });
}

void AcceleratorProbe::conclude(const QemuInquiry::Offer& offer, const std::string& accelerator, const std::string& reason) {
  if (trial_) trial_.release()->deleteLater();
  reason_ = reason;
  facts_ = MachineFacts{accelerator, offer.version.toStdString(), offer.machineType.toStdString(), processorUnder(accelerator),
                        QemuCommandLine::deviceListHash()};
  remember(*facts_);
  const auto asking = *std::exchange(asking_, std::nullopt);
  asking.resolve(*facts_);
}

std::optional<MachineFacts> AcceleratorProbe::remembered() {
  const auto object = QJsonDocument::fromJson(contentOf(cacheFile())).object();
  const auto text = [&object](const char* key) { return object.value(QLatin1String(key)).toString().toStdString(); };
  if (object.value(QLatin1String("circumstances")).toString() != circumstances(config_.program)) return std::nullopt;
  if (object.value(QLatin1String("override")).toString() != config_.override) return std::nullopt;
  reason_ = text("reason");
  return MachineFacts{text("accelerator"), text("qemu_version"), text("machine_type"), processorUnder(text("accelerator")),
                      QemuCommandLine::deviceListHash()};
}

void AcceleratorProbe::remember(const MachineFacts& facts) const {
  const auto text = [](const std::string& value) { return QString::fromStdString(value); };
  const QJsonObject object{
      {QStringLiteral("circumstances"), circumstances(config_.program)}, {QStringLiteral("override"), config_.override},
      {QStringLiteral("accelerator"), text(facts.accelerator)},          {QStringLiteral("reason"), text(reason_)},
      {QStringLiteral("qemu_version"), text(facts.qemuVersion)},         {QStringLiteral("machine_type"), text(facts.machineType)}};
  QDir().mkpath(config_.cacheDirectory);
  // Failing to remember only costs a measurement at the next start.
  QSaveFile file(cacheFile());
  if (!file.open(QIODevice::WriteOnly)) return;
  file.write(QJsonDocument(object).toJson());
  (void)file.commit();
}

}  // namespace terrarium
