// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/requestjson.h"

#include "backend/wire/strictjson.h"

namespace terrarium {

namespace {
constexpr std::int64_t kMaxExecSeconds = 7 * 24 * 3600;

struct Rules {
  std::vector<std::string> allowOut;
  std::vector<std::string> denyOut;
};

std::optional<Rules> readRules(FieldReader& reader) {
  const auto network = reader.object("network");
  if (!network) return std::nullopt;
  FieldReader inner(*network, QStringLiteral("network."));
  Rules rules{inner.textList("allow_out").value_or(std::vector<std::string>{}),
              inner.textList("deny_out").value_or(std::vector<std::string>{})};
  if (const auto read = inner.finish(); !read) reader.fail(read.error());
  return rules;
}

Change<std::int64_t> readChange(FieldReader& reader, const char* name) {
  if (!reader.has(name)) return std::nullopt;
  if (reader.isNull(name)) return std::optional<std::int64_t>();
  return reader.integer(name);
}
}  // namespace

Result<SandboxSpec> readCreateRequest(const QByteArray& body) {
  auto object = parseStrictObject(body);
  if (!object) return failure(object.error());
  FieldReader reader(*object);
  SandboxRequest request;
  const auto name = reader.text("name");
  request.fromTemplate = reader.text("from_template");
  request.fromSnapshot = reader.text("from_snapshot");
  request.timeoutSeconds = reader.integer("timeout_seconds");
  request.autoDeleteSeconds = reader.integer("auto_delete_seconds");
  request.previewAccess = reader.text("preview_access");
  if (auto metadata = reader.textMap("metadata")) request.metadata = std::move(*metadata);
  if (auto envVars = reader.textMap("env_vars")) request.envVars = std::move(*envVars);
  if (auto secrets = reader.textMap("secrets")) request.secrets = std::move(*secrets);
  if (auto rules = readRules(reader)) {
    request.allowOut = std::move(rules->allowOut);
    request.denyOut = std::move(rules->denyOut);
  }
  if (const auto read = reader.finish(); !read) return failure(read.error());
  if (!name) return failure(badRequest("name", "name is missing: 1 to 64 characters are accepted."));
  request.name = *name;
  return SandboxSpec::parse(request);
}

Result<SandboxPatch> readPatchRequest(const QByteArray& body) {
  auto object = parseStrictObject(body);
  if (!object) return failure(object.error());
  FieldReader reader(*object);
  PatchRequest request;
  for (const char* name : {"metadata", "network"}) {
    // Absent leaves it alone, null would not say what it has to become.
    if (reader.has(name) && reader.isNull(name)) {
      reader.fail(badRequest(name, std::string(name) + " is null; an object is accepted, {} clears it"));
    }
  }
  request.metadata = reader.textMap("metadata");
  if (auto rules = readRules(reader))
    request.network = PatchRequest::Network{std::move(rules->allowOut), std::move(rules->denyOut)};
  request.timeoutSeconds = readChange(reader, "timeout_seconds");
  request.autoDeleteSeconds = readChange(reader, "auto_delete_seconds");
  request.previewAccess = reader.text("preview_access");
  if (const auto read = reader.finish(); !read) return failure(read.error());
  return SandboxPatch::parse(request);
}

Result<SnapshotSpec> readSnapshotRequest(const QByteArray& body) {
  auto object = parseStrictObject(body);
  if (!object) return failure(object.error());
  FieldReader reader(*object);
  SnapshotRequest request;
  request.kind = reader.text("kind");
  request.name = reader.text("name");
  request.idempotencyKey = reader.text("idempotency_key");
  if (const auto read = reader.finish(); !read) return failure(read.error());
  return SnapshotSpec::parse(request);
}

Result<SnapshotName> readRenameRequest(const QByteArray& body) {
  auto object = parseStrictObject(body);
  if (!object) return failure(object.error());
  FieldReader reader(*object);
  const auto name = reader.text("name").value_or(std::string());
  if (const auto read = reader.finish(); !read) return failure(read.error());
  return SnapshotName::parse(name);
}

Result<ForkSpec> readForkRequest(const QByteArray& body) {
  auto object = parseStrictObject(body);
  if (!object) return failure(object.error());
  FieldReader reader(*object);
  ForkRequest request;
  request.count = reader.integer("count");
  request.name = reader.text("name");
  if (const auto read = reader.finish(); !read) return failure(read.error());
  return ForkSpec::parse(request);
}

Result<ExecRequest> readExecRequest(const QByteArray& body) {
  auto object = parseStrictObject(body);
  if (!object) return failure(object.error());
  FieldReader reader(*object);
  ExecRequest request;
  request.command = reader.text("command").value_or(std::string());
  request.args = reader.textList("args");
  if (auto env = reader.textMap("env")) request.env = std::move(*env);
  request.workingDirectory = reader.text("working_dir").value_or(std::string());
  if (const auto seconds = reader.integer("timeout_s")) {
    if (*seconds < 1 || *seconds > kMaxExecSeconds) {
      reader.fail(badRequest("timeout_s", "timeout_s has to be from 1 to 604800 seconds"));
    }
    request.timeout = std::chrono::seconds(*seconds);
  }
  if (const auto read = reader.finish(); !read) return failure(read.error());
  if (request.command.empty()) return failure(badRequest("command", "command is required"));
  return request;
}

}  // namespace terrarium
