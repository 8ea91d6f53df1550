// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/machinesize.h"

namespace terrarium {

/// A system template as its definition file states it.
struct TemplateDefinition {
  std::string id;    ///< fixed UUID
  std::string name;  ///< superserve/base
  std::string description;
  MachineSize size = MachineSize::standard();
  std::map<std::string, std::string> env;
  std::string user;  ///< who runs commands; empty: root
  std::string workingDirectory;
  QByteArray source;  ///< the definition's canonical JSON; part of the content hash
};

/// What a template boots from. Files belong to the image cache and must not be changed.
struct TemplateImage {
  QString rootfs;  ///< ext4 in a raw sparse file
  QString kernel;
  QString initramfs;
  std::string kernelVersion;
  std::string contentHash;  ///< hex SHA-256 over definition, package versions, kernel and agent
};

/// Progress of making an image: a stage began (`stage` not empty) or a log line came (`logLine` not empty).
struct ImageProgress {
  std::string stage;
  std::optional<double> fraction;
  std::string logLine;
};

/// A running build of an image. Destroying it cancels the build and removes what was half done.
class ImageBuild : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

 signals:
  void progressed(const terrarium::ImageProgress& progress);
  /// The last signal.
  void finished(const terrarium::Result<terrarium::TemplateImage>& image);
};

/// Makes root file systems, kernel and initramfs for templates.
class TemplateImages {
 public:
  virtual ~TemplateImages() = default;
  [[nodiscard]] virtual std::vector<TemplateDefinition> systemTemplates() const = 0;
  /// What a build made now would be made from: definition, kernel and agent. Equal to the content hash of an image that is current.
  virtual Pending<std::string> currentHash(const TemplateDefinition& definition) = 0;
  /// Starts at once; cached parts are used.
  [[nodiscard]] virtual std::unique_ptr<ImageBuild> make(const TemplateDefinition& definition) = 0;
};

}  // namespace terrarium
