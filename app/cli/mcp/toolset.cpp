// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/toolset.h"

#include <QFile>
#include <QJsonDocument>

#include "app/cli/mcp/exectool.h"
#include "app/cli/mcp/filetools.h"
#include "app/cli/mcp/sandboxtools.h"

// Q_INIT_RESOURCE must stand outside every namespace.
static void initialiseToolResources() { Q_INIT_RESOURCE(sdk); }

namespace terrarium {

ToolSet::ToolSet()
    : runs_{{QStringLiteral("sandbox_create"), createSandboxTool},
            {QStringLiteral("sandbox_update"), updateSandboxTool},
            {QStringLiteral("sandbox_list"), listSandboxesTool},
            {QStringLiteral("sandbox_info"), sandboxInfoTool},
            {QStringLiteral("sandbox_exec"), execTool},
            {QStringLiteral("sandbox_files_read"), readFileTool},
            {QStringLiteral("sandbox_files_write"), writeFileTool},
            {QStringLiteral("sandbox_files_list"), listFolderTool},
            {QStringLiteral("sandbox_files_download_dir"), downloadFolderTool},
            {QStringLiteral("sandbox_pause"), pauseSandboxTool},
            {QStringLiteral("sandbox_resume"), resumeSandboxTool},
            {QStringLiteral("sandbox_kill"), killSandboxTool},
            {QStringLiteral("sandbox_fork"), forkSandboxTool},
            {QStringLiteral("sandbox_preview_url"), previewUrlTool},
            {QStringLiteral("template_list"), listTemplatesTool}} {
  initialiseToolResources();
  QFile file(QStringLiteral(":/mcp/tools.json"));
  if (file.open(QIODevice::ReadOnly)) descriptions_ = QJsonDocument::fromJson(file.readAll()).array();
}

const ToolSet::Run* ToolSet::find(const QString& name) const {
  const auto found = runs_.find(name);
  return found == runs_.end() ? nullptr : &found->second;
}

}  // namespace terrarium
