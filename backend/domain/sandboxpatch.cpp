// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/sandboxpatch.h"

namespace terrarium {

namespace {

/// Judges a change of a number; "set to nothing" needs no judging.
template <class T>
Result<Change<T>> parsedChange(const Change<std::int64_t>& change) {
  if (!change) return Change<T>();
  if (!*change) return Change<T>(std::optional<T>());
  auto value = T::parse(**change);
  if (!value) return failure(value.error());
  return Change<T>(std::optional<T>(*value));
}

template <class T>
Change<std::int64_t> requested(const Change<T>& change) {
  if (!change) return std::nullopt;
  if (!*change) return Change<std::int64_t>(std::optional<std::int64_t>());
  return Change<std::int64_t>(std::optional<std::int64_t>((*change)->value().count()));
}

}  // namespace

Result<SandboxPatch> SandboxPatch::parse(const PatchRequest& request) {
  if (request == PatchRequest{}) {
    return failure(badRequest({},
                              "The request changes nothing: give at least one of metadata, network, timeout_seconds, "
                              "auto_delete_seconds and preview_access."));
  }
  SandboxPatch patch;
  if (request.metadata) {
    auto metadata = Metadata::parse(*request.metadata);
    if (!metadata) return failure(metadata.error());
    patch.metadata_ = *metadata;
  }
  if (request.network) {
    auto egress = EgressRules::parse(request.network->allowOut, request.network->denyOut);
    if (!egress) return failure(egress.error());
    patch.egress_ = *egress;
  }
  auto timeout = parsedChange<Timeout>(request.timeoutSeconds);
  if (!timeout) return failure(timeout.error());
  patch.timeout_ = *timeout;
  auto autoDelete = parsedChange<AutoDelete>(request.autoDeleteSeconds);
  if (!autoDelete) return failure(autoDelete.error());
  patch.autoDelete_ = *autoDelete;
  if (request.previewAccess) {
    const auto access = parsePreviewAccess(*request.previewAccess);
    if (!access) return failure(access.error());
    patch.previewAccess_ = *access;
  }
  return patch;
}

PatchRequest SandboxPatch::toRequest() const {
  PatchRequest request;
  if (metadata_) request.metadata = metadata_->entries();
  if (egress_) request.network = PatchRequest::Network{egress_->allowOut(), egress_->denyOut()};
  request.timeoutSeconds = requested(timeout_);
  request.autoDeleteSeconds = requested(autoDelete_);
  if (previewAccess_) request.previewAccess = previewAccessName(*previewAccess_);
  return request;
}

}  // namespace terrarium
