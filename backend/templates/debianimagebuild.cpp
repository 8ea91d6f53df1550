// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/debianimagebuild.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <unistd.h>

#include "backend/templates/hostneeds.h"
#include "backend/templates/imagehash.h"
#include "backend/templates/imageparts.h"

namespace terrarium {

namespace {

constexpr int kTurnPollMs = 500;
constexpr qsizetype kKeptLines = 30;
const QString kWorkPrefix = QStringLiteral("terrarium-image-");

}  // namespace

DebianImageBuild::DebianImageBuild(const Result<ImageRecipe>& recipe, const TemplateImagesSetup& setup, KernelLookup& kernel)
    : recipe_(recipe),
      setup_(setup),
      kernelLookup_(kernel),
      cache_(setup.cacheDirectory),
      lock_(cache_.lockFile()),
      steps_{&DebianImageBuild::removeLeftovers, &DebianImageBuild::makeFolders, &DebianImageBuild::fetchKernel,
             &DebianImageBuild::unpackKernel,    &DebianImageBuild::keepKernel,  &DebianImageBuild::fetchNpmArchives,
             &DebianImageBuild::makeBase,        &DebianImageBuild::makeLayer,   &DebianImageBuild::assemble,
             &DebianImageBuild::writeInitramfs,  &DebianImageBuild::flush,       &DebianImageBuild::publish} {
  lock_.setStaleLockTime(0);  // only the death of its holder frees it; a build may take long
  turn_.setInterval(kTurnPollMs);
  connect(&turn_, &QTimer::timeout, this, &DebianImageBuild::takeTurn);
  QTimer::singleShot(0, this, &DebianImageBuild::begin);
}

DebianImageBuild::~DebianImageBuild() {
  if (finished_ || work_.isEmpty()) return;
  // Whoever destroys a build does not wait: a detached helper removes the files as soon as the program that writes them is gone.
  const auto group = tool_ ? tool_->processGroup() : 0;
  tool_.reset();
  const auto wait = QStringLiteral(
      "n=0; while [ \"$0\" -gt 0 ] && kill -0 -- \"-$0\" 2>/dev/null && [ $n -lt 150 ]; do "
      "n=$((n+1)); sleep 0.1; done; [ \"$0\" -gt 0 ] && kill -KILL -- \"-$0\" 2>/dev/null; "
      // A program that left the group may write a last file while the others are removed.
      "n=0; until \"$@\" || [ $n -ge 20 ]; do n=$((n+1)); sleep 0.3; done");
  const auto remove = ImageCommands::remove({work_, part_});
  const QStringList arguments{QStringLiteral("-c"), wait, QString::number(group), remove.program};
  QProcess::startDetached(QStringLiteral("/bin/sh"), arguments + remove.arguments, QStringLiteral("/"));
}

void DebianImageBuild::begin() {
  if (!recipe_) return finish(failure(recipe_.error()));
  if (auto made = cache_.makeFolders(); !made) return finish(failure(made.error()));
  takeTurn();
}

void DebianImageBuild::takeTurn() {
  if (lock_.tryLock(0)) {
    turn_.stop();
    return findKernel();
  }
  if (lock_.error() != QLockFile::LockFailedError) {
    turn_.stop();
    return finish(failure(ErrorCode::FileSystem, "The folder " + cache_.directory().toStdString() + " cannot be written."));
  }
  if (turn_.isActive()) return;
  stage(QStringLiteral("Waiting for another template build"), 0, 0);
  turn_.start();
}

void DebianImageBuild::findKernel() {
  whenDone(kernelLookup_.current(), this,
           [this](const Result<KernelPackage>& kernel) { kernel ? lookInCache(*kernel) : finish(failure(kernel.error())); });
}

void DebianImageBuild::lookInCache(const KernelPackage& kernel) {
  kernel_ = kernel;
  auto hash = ImageHash::of(*recipe_, kernel_, setup_.agentBinary, script());
  if (!hash) return finish(failure(hash.error()));
  hash_ = *hash;
  if (auto image = cache_.image(hash_, recipe_->definition.size)) return finish(*image);
  if (setup_.temporaryDirectory.isEmpty()) setup_.temporaryDirectory = HostNeeds::roomyTemporaryDirectory();
  if (auto missing = HostNeeds::firstMissing(cache_.directory(), setup_.temporaryDirectory)) return finish(failure(*missing));
  advance();
}

void DebianImageBuild::removeLeftovers() {
  QFile note(cache_.workNote());
  const auto noted = note.open(QIODevice::ReadOnly) ? QString::fromUtf8(note.readAll()).trimmed() : QString();
  QStringList folders;
  if (noted.startsWith(QLatin1Char('/')) && QFileInfo(noted).fileName().startsWith(kWorkPrefix) && QDir(noted).exists())
    folders << noted;
  for (const auto& entry : QDir(cache_.partsFolder()).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
    folders << entry.absoluteFilePath();
  }
  if (folders.isEmpty()) return advance();
  run(ImageCommands::remove(folders), [this] { advance(); });
}

void DebianImageBuild::makeFolders() {
  QTemporaryDir work(setup_.temporaryDirectory + QLatin1Char('/') + kWorkPrefix + QStringLiteral("XXXXXX"));
  QTemporaryDir part(cache_.partsFolder() + QStringLiteral("/XXXXXX"));
  if (!work.isValid() || !part.isValid()) return fail({ErrorCode::FileSystem, work.errorString().toStdString(), {}, {}});
  work.setAutoRemove(false);
  part.setAutoRemove(false);
  work_ = work.path();
  part_ = part.path();
  // mmdebstrap works there under a subordinate id, which must get through.
  QFile::setPermissions(work_, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
  commands_.emplace(*recipe_, work_, ::geteuid() == 0);
  auto prepared = ImageParts::prepareWork(*recipe_, cache_, work_);
  if (!prepared) return fail(prepared.error());
  ownSources_ = *prepared;
  QFile note(cache_.workNote());
  if (note.open(QIODevice::WriteOnly)) note.write(work_.toUtf8());
  advance();
}

void DebianImageBuild::fetchKernel() {
  if (cache_.hasKernel(kernel_)) return advance();
  stage(QStringLiteral("Fetching the kernel"), 0, 0.03);
  run(commands_->downloadKernel(kernel_), [this] { advance(); });
}

void DebianImageBuild::unpackKernel() {
  if (cache_.hasKernel(kernel_)) return advance();
  const auto found = QDir(work_).entryList({kernel_.name + QStringLiteral("_*.deb")}, QDir::Files);
  if (found.isEmpty()) return fail({ErrorCode::Internal, "apt-get did not leave the kernel package where it should be.", {}, {}});
  stage(QStringLiteral("Unpacking the kernel"), 0.03, 0.06);
  run(commands_->unpackKernel(work_ + QLatin1Char('/') + found.first()),
      [this] { run(commands_->unpackModules(), [this] { advance(); }); });
}

void DebianImageBuild::keepKernel() {
  if (cache_.hasKernel(kernel_)) return advance();
  QDir(cache_.kernelFolder(kernel_)).removeRecursively();  // incomplete
  const auto kept = ImageParts::keepKernel(work_ + QStringLiteral("/kernel"), part_ + QStringLiteral("/kernel-parts"),
                                           cache_.kernelFolder(kernel_));
  kept ? advance() : fail(kept.error());
}

void DebianImageBuild::fetchNpmArchives() {
  for (const auto& package : recipe_->npm) {
    if (!QFileInfo::exists(cache_.npmArchive(package))) npm_.push_back(package);
  }
  if (npm_.empty()) return advance();
  stage(QStringLiteral("Fetching npm packages"), 0.06, 0.1);
  fetchNpmArchive(npm_.front());
}

void DebianImageBuild::fetchNpmArchive(const NpmPackage& package) {
  const auto part = part_ + QLatin1Char('/') + NpmRegistry::archiveName(package);
  run(ImageCommands::downloadArchive(NpmRegistry::fromEnvironment(), package, part),
      [this, package, part] { checkNpmArchive(package, part); });
}

void DebianImageBuild::checkNpmArchive(const NpmPackage& package, const QString& part) {
  QFile sums(work_ + QStringLiteral("/sums"));
  if (sums.open(QIODevice::WriteOnly))
    sums.write((NpmRegistry::sha512Hex(package) + QStringLiteral("  ") + part + QLatin1Char('\n')).toUtf8());
  sums.close();
  run(ImageCommands::checkArchive(sums.fileName()), [this, package, part] {
    QFile::rename(part, cache_.npmArchive(package));
    npm_.pop_front();
    npm_.empty() ? advance() : fetchNpmArchive(npm_.front());
  });
}

void DebianImageBuild::makeBase() {
  const auto cached = cache_.baseArchive(*recipe_);
  const auto here = work_ + QStringLiteral("/base.tar");
  if (QFileInfo::exists(cache_.layerArchive(*recipe_))) return advance();
  if (QFileInfo::exists(cached)) return run(ImageCommands::copy(cached, here), [this] { advance(); });
  stage(QStringLiteral("Making the base system"), 0.1, 0.75);
  makeArchive(commands_->bootstrapBase(ownSources_), here, cached);
}

void DebianImageBuild::makeLayer() {
  const auto cached = cache_.layerArchive(*recipe_);
  if (QFileInfo::exists(cached)) return advance();
  stage(QStringLiteral("Adding packages"), 0.75, 0.9);
  makeArchive(commands_->bootstrapLayer(ownSources_), work_ + QStringLiteral("/layer.tar"), cached);
}

void DebianImageBuild::makeArchive(const ToolCommand& command, const QString& archive, const QString& cached) {
  bootstrap_ = {};
  run(command, [this, archive, cached] {
    const auto part = part_ + QStringLiteral("/archive.tar");
    run(ImageCommands::copy(archive, part), [this, part, cached] {
      QFile::rename(part, cached) ? advance() : fail({ErrorCode::FileSystem, cached.toStdString() + " cannot be written.", {}, {}});
    });
  });
}

void DebianImageBuild::assemble() {
  stage(QStringLiteral("Unpacking the root file system"), 0.9, 0.98);
  run(commands_->assemble(script(), cache_.layerArchive(*recipe_), part_ + QStringLiteral("/rootfs.raw")), [this] { advance(); });
}

void DebianImageBuild::writeInitramfs() {
  stage(QStringLiteral("Writing the initramfs"), 0.98, 0.99);
  const auto written = ImageParts::writeBoot(cache_.kernelFolder(kernel_), setup_.agentBinary, part_);
  if (!written) return fail(written.error());
  const QJsonObject facts{{QStringLiteral("template"), QString::fromStdString(recipe_->definition.name)},
                          {QStringLiteral("kernel"), QString::fromStdString(kernel_.title())},
                          {QStringLiteral("content_hash"), QString::fromStdString(hash_)},
                          {QStringLiteral("marks"), ImageCache::marksOf(part_)}};
  QFile manifest(part_ + QStringLiteral("/image.json"));
  if (!manifest.open(QIODevice::WriteOnly) || manifest.write(QJsonDocument(facts).toJson()) < 0) {
    return fail({ErrorCode::FileSystem, manifest.fileName().toStdString() + " cannot be written.", {}, {}});
  }
  advance();
}

void DebianImageBuild::flush() {
  QStringList files;
  for (const auto* name : {"rootfs.raw", "kernel", "initramfs", "image.json"}) {
    files << part_ + QLatin1Char('/') + QLatin1String(name);
    QFile::setPermissions(files.last(), QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
  }
  run(ImageCommands::flush(files), [this] { advance(); });
}

void DebianImageBuild::publish() {
  const auto folder = cache_.imageFolder(hash_);
  QDir(folder).removeRecursively();  // incomplete, or the build would not have come here
  QDir(part_ + QStringLiteral("/kernel-parts")).removeRecursively();
  // Machines of a root engine run as another user and read it.
  QFile::setPermissions(part_, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup |
                                   QFile::ReadOther | QFile::ExeOther);
  if (!QFile::rename(part_, folder)) return fail({ErrorCode::FileSystem, folder.toStdString() + " cannot be written.", {}, {}});
  const auto image = cache_.image(hash_, recipe_->definition.size);
  if (!image) return fail({ErrorCode::Internal, "The image came out incomplete. Build the template again.", {}, {}});
  tidyUp([this, image] { finish(*image); });
}

void DebianImageBuild::advance() {
  const auto step = steps_.front();
  steps_.pop_front();
  (this->*step)();
}

void DebianImageBuild::run(const ToolCommand& command, std::function<void()> then) {
  lastLines_.clear();
  tool_ = std::make_unique<ToolProcess>(command);
  connect(tool_.get(), &ToolProcess::lineRead, this, &DebianImageBuild::readLine);
  connect(tool_.get(), &ToolProcess::finished, this, [this, then = std::move(then)](const QString& problem) {
    tool_.release()->deleteLater();
    problem.isEmpty() ? then() : fail(HostNeeds::explain(stage_, problem, lastLines_));
  });
}

void DebianImageBuild::readLine(const QString& line) {
  lastLines_ << line;
  if (lastLines_.size() > kKeptLines) lastLines_.removeFirst();
  static const QLatin1String announcement("stage: ");
  if (line.startsWith(announcement)) return stage(line.mid(announcement.size()), (from_ + to_) / 2, to_);
  if (auto progress = bootstrap_.read(line)) {
    if (!progress->stage.empty()) stage_ = QString::fromStdString(progress->stage);
    if (progress->fraction) progress->fraction = from_ + (to_ - from_) * *progress->fraction;
    emit progressed(*progress);
  }
  emit progressed({{}, {}, line.toStdString()});
}

void DebianImageBuild::stage(const QString& title, double from, double to) {
  stage_ = title;
  from_ = from;
  to_ = to;
  emit progressed({title.toStdString(), from, {}});
}

void DebianImageBuild::fail(const Error& error) {
  tidyUp([this, error] { finish(failure(error)); });
}

void DebianImageBuild::tidyUp(std::function<void()> then) {
  QStringList folders;
  for (const auto& folder : {work_, part_}) {
    if (!folder.isEmpty() && QFileInfo::exists(folder)) folders << folder;
  }
  if (folders.isEmpty()) return then();
  tool_ = std::make_unique<ToolProcess>(ImageCommands::remove(folders));
  connect(tool_.get(), &ToolProcess::finished, this, [this, then = std::move(then)] {
    tool_.release()->deleteLater();
    QFile::remove(cache_.workNote());
    then();
  });
}

void DebianImageBuild::finish(const Result<TemplateImage>& image) {
  finished_ = true;
  lock_.unlock();
  emit finished(image);
}

QString DebianImageBuild::script() const { return setup_.definitionsDirectory + QStringLiteral("/assemble.sh"); }

}  // namespace terrarium
