// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Developers' tool: makes the image of a system template and prints where its files are.
//   makeimage TEMPLATE CACHE AGENT [TEMPORARY]
#include <QCoreApplication>
#include <QTextStream>

#include "backend/templates/debiantemplateimages.h"

using namespace terrarium;

namespace {

int report(const Result<TemplateImage>& image) {
  QTextStream out(stdout);
  if (!image) {
    QTextStream(stderr) << QString::fromStdString(image.error().message) << '\n'
                        << QString::fromStdString(image.error().detail) << '\n';
    return 1;
  }
  out << "rootfs=" << image->rootfs << "\nkernel=" << image->kernel << "\ninitramfs=" << image->initramfs
      << "\nkernel_version=" << QString::fromStdString(image->kernelVersion)
      << "\ncontent_hash=" << QString::fromStdString(image->contentHash) << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  QCoreApplication app(argc, argv);
  const auto arguments = QCoreApplication::arguments();
  if (arguments.size() < 4) {
    QTextStream(stderr) << "Usage: makeimage TEMPLATE CACHE AGENT [TEMPORARY]\n";
    return 2;
  }
  DebianTemplateImages images(
      {arguments[2], QStringLiteral(TERRARIUM_SOURCE_DIR "/resources/templates"), arguments[3], arguments.value(4)});
  TemplateDefinition definition;
  definition.name = arguments[1].toStdString();
  auto build = images.make(definition);
  QObject::connect(build.get(), &ImageBuild::progressed, [](const ImageProgress& progress) {
    QTextStream err(stderr);
    if (!progress.stage.empty()) err << QString::fromStdString(progress.stage) << ' ' << progress.fraction.value_or(0) << '\n';
    if (!progress.logLine.empty() && qEnvironmentVariableIsSet("VERBOSE"))
      err << "  " << QString::fromStdString(progress.logLine) << '\n';
  });
  QObject::connect(build.get(), &ImageBuild::finished,
                   [](const Result<TemplateImage>& image) { QCoreApplication::exit(report(image)); });
  return QCoreApplication::exec();
}
