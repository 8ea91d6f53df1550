// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/faketemplateimages.h"

namespace terrarium {

FakeTemplateImages::FakeTemplateImages(CallScript& script) : script_(script) {
  TemplateDefinition base;
  base.id = "00000000-0000-4000-8000-000000000001";
  base.name = "superserve/base";
  base.description = "A small system.";
  base.env = {{"LANG", "C.UTF-8"}, {"SHARED", "template"}};
  base.user = "user";
  base.workingDirectory = "/home/user";
  TemplateDefinition python = base;
  python.id = "00000000-0000-4000-8000-000000000002";
  python.name = "superserve/python-3.11";
  definitions = {base, python};
}

Pending<std::string> FakeTemplateImages::currentHash(const TemplateDefinition&) {
  return script_.answer<std::string>("images.currentHash", [this] { return Result<std::string>(hash); });
}

std::unique_ptr<ImageBuild> FakeTemplateImages::make(const TemplateDefinition&) {
  auto build = std::make_unique<ImageBuild>();
  const auto made = script_.answer<TemplateImage>("images.make", [this] {
    TemplateImage image;
    image.rootfs = QStringLiteral("/cache/rootfs.raw");
    image.kernel = QStringLiteral("/cache/vmlinuz");
    image.initramfs = QStringLiteral("/cache/initramfs");
    image.kernelVersion = "6.1";
    image.contentHash = hash;
    return Result<TemplateImage>(image);
  });
  auto* raw = build.get();
  whenDone(made, raw, [raw](const Result<TemplateImage>& image) {
    emit raw->progressed(ImageProgress{"Installing packages", 0.5, "a line of the log"});
    emit raw->finished(image);
  });
  return build;
}

}  // namespace terrarium
