// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// /files of the data plane and the listing of the control plane.
class FilesController {
 public:
  explicit FilesController(Facade& facade) : facade_(facade) {}

  /// Bytes, a zip archive of a directory (format=zip) or a listing (format=json).
  void read(const RouteCall& call);
  void write(const RouteCall& call);
  /// Resumes a paused sandbox first; the path defaults to /.
  void listAwake(const RouteCall& call);

 private:
  void list(Exchange& exchange, const SandboxId& id, const std::string& path, const std::string& notFound);
  void readFile(Exchange& exchange, const SandboxId& id, const std::string& path);
  Facade& facade_;
};

}  // namespace terrarium
