// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/imagecommands.h"

namespace terrarium {

namespace {

QString text(const char* latin) { return QString::fromLatin1(latin); }

QString joined(const std::vector<std::string>& names) {
  QStringList list;
  for (const auto& name : names) list << QString::fromStdString(name);
  return list.join(QLatin1Char(','));
}

}  // namespace

ImageCommands::ImageCommands(ImageRecipe recipe, QString work, bool root)
    : recipe_(std::move(recipe)), work_(std::move(work)), root_(root) {}

ToolCommand ImageCommands::downloadKernel(const KernelPackage& kernel) const {
  return {text("apt-get"), {text("download"), kernel.request()}, work_, {}};
}

ToolCommand ImageCommands::unpackKernel(const QString& package) const {
  return {text("dpkg-deb"), {text("-x"), package, work_ + text("/kernel")}, {}, {}};
}

ToolCommand ImageCommands::unpackModules() const {
  return {text("find"),
          {work_ + text("/kernel"), text("-name"), text("*.ko.xz"), text("-exec"), text("xz"), text("-d"), text("{}"), text("+")},
          {},
          {}};
}

ToolCommand ImageCommands::downloadArchive(const NpmRegistry& registry, const NpmPackage& package, const QString& file) {
  // What comes is compared with the hash in the definition, so behind a proxy with a certificate of its own nothing is lost.
  const auto script = text(
      "curl \"$@\" && exit; status=$?; [ $status = 60 ] || exit $status; "
      "echo 'The certificate of the registry is not trusted here; the hash of the archive has to tell.'; "
      "curl --insecure \"$@\"");
  return {text("/bin/sh"),
          {text("-c"), script, text("sh"), text("--fail"), text("--silent"), text("--show-error"), text("--location"),
           text("--retry"), text("2"), text("--connect-timeout"), text("20"), text("--output"), file, registry.archiveUrl(package)},
          {},
          {}};
}

ToolCommand ImageCommands::checkArchive(const QString& sums) {
  return {text("sha512sum"), {text("--check"), text("--strict"), sums}, {}, {}};
}

ToolCommand ImageCommands::bootstrapBase(bool ownSources) const {
  return bootstrap({text("--variant=minbase"), text("--include=") + joined(recipe_.basePackages)}, work_ + text("/base.tar"),
                   ownSources);
}

ToolCommand ImageCommands::bootstrapLayer(bool ownSources) const {
  // The base is the tree to begin with: only what is new gets fetched and installed.
  const auto unpack = text("--setup-hook=tar -C \"$1\" -xf \"$TERRARIUM_BASE\" && mkdir -p \"$1/dev\"");
  auto command = bootstrap({text("--variant=custom"), text("--include=") + joined(recipe_.extraPackages), unpack},
                           work_ + text("/layer.tar"), ownSources);
  command.environment << text("TERRARIUM_BASE=") + work_ + text("/base.tar");
  return command;
}

ToolCommand ImageCommands::bootstrap(const QStringList& options, const QString& archive, bool ownSources) const {
  QStringList arguments{text("--verbose"), root_ ? text("--mode=root") : text("--mode=unshare"), text("--format=tar"),
                        // Nobody else sees the tree before it is complete, so nothing has to be flushed.
                        text("--dpkgopt=force-unsafe-io"), text("--dpkgopt=path-exclude=/usr/share/man/*"),
                        text("--dpkgopt=path-exclude=/usr/share/doc/*"), text("--dpkgopt=path-include=/usr/share/doc/*/copyright"),
                        text("--dpkgopt=path-exclude=/usr/share/locale/*"),
                        // Device nodes cannot be unpacked in a user namespace, and a guest mounts devtmpfs.
                        text("--skip=output/dev")};
  arguments << options << QString::fromStdString(recipe_.suite) << archive;
  if (ownSources) arguments << work_ + text("/sources.list");
  // Programs inside the tree cannot read the user's home.
  ToolCommand command{text("mmdebstrap"), arguments, work_, {text("TMPDIR=") + work_, text("HOME=") + work_}};
  return root_ ? command.asNamespaceRoot() : command;
}

ToolCommand ImageCommands::copy(const QString& from, const QString& to) {
  // Whatever mode a cached file has: mmdebstrap reads the copy under a subordinate id.
  return {text("cp"), {text("--reflink=auto"), text("--sparse=auto"), text("--no-preserve=mode"), from, to}, {}, {}};
}

ToolCommand ImageCommands::assemble(const QString& script, const QString& archive, const QString& image) const {
  const auto disk = QString::number(recipe_.definition.size.diskMib());
  return ToolCommand{text("/bin/sh"), {script, work_, archive, image, disk}, work_, {}}.asNamespaceRoot();
}

ToolCommand ImageCommands::flush(const QStringList& files) { return {text("sync"), files, {}, {}}; }

ToolCommand ImageCommands::remove(const QStringList& folders) {
  QStringList arguments{text("-rf"), text("--one-file-system"), text("--")};
  return ToolCommand{text("rm"), arguments + folders, text("/"), {}}.asNamespaceRoot();
}

}  // namespace terrarium
