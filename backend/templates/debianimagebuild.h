// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLockFile>
#include <QTimer>
#include <deque>
#include <functional>
#include <memory>

#include "backend/templates/bootstrapprogress.h"
#include "backend/templates/debiantemplateimages.h"
#include "backend/templates/imagecommands.h"
#include "backend/templates/kernellookup.h"

namespace terrarium {

/// One image being made: the steps in order, each an external program. What is finished goes to the cache at once, so a cancelled
/// or failed build is taken up where it stopped. Holds the cache's lock while it works.
class DebianImageBuild final : public ImageBuild {
  Q_OBJECT
 public:
  DebianImageBuild(const Result<ImageRecipe>& recipe, const TemplateImagesSetup& setup, KernelLookup& kernel);
  ~DebianImageBuild() override;
  DebianImageBuild(const DebianImageBuild&) = delete;
  DebianImageBuild& operator=(const DebianImageBuild&) = delete;

 private:
  // In this order.
  void begin();
  void takeTurn();
  void findKernel();
  void lookInCache(const KernelPackage& kernel);
  void removeLeftovers();
  void makeFolders();
  void fetchKernel();
  void unpackKernel();
  void keepKernel();
  void fetchNpmArchives();
  void makeBase();
  void makeLayer();
  void assemble();
  void writeInitramfs();
  void flush();
  void publish();

  void advance();
  void fetchNpmArchive(const NpmPackage& package);
  void checkNpmArchive(const NpmPackage& package, const QString& part);
  void makeArchive(const ToolCommand& command, const QString& archive, const QString& cached);
  void run(const ToolCommand& command, std::function<void()> then);
  void readLine(const QString& line);
  void stage(const QString& title, double from, double to);
  void fail(const Error& error);
  void tidyUp(std::function<void()> then);
  void finish(const Result<TemplateImage>& image);
  [[nodiscard]] QString script() const;

  Result<ImageRecipe> recipe_;
  TemplateImagesSetup setup_;
  KernelLookup& kernelLookup_;
  ImageCache cache_;
  QLockFile lock_;
  QTimer turn_;
  KernelPackage kernel_;
  std::string hash_;
  QString work_;  ///< temporary; may hold files of subordinate ids
  QString part_;  ///< the image until it is complete, on the cache's file system
  std::optional<ImageCommands> commands_;
  bool ownSources_ = false;
  std::deque<void (DebianImageBuild::*)()> steps_;
  std::deque<NpmPackage> npm_;
  std::unique_ptr<ToolProcess> tool_;
  BootstrapProgress bootstrap_;
  QString stage_;
  double from_ = 0, to_ = 0;
  QStringList lastLines_;
  bool finished_ = false;
};

}  // namespace terrarium
