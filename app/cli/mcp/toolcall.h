// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <functional>
#include <memory>
#include <optional>

#include "backend/api/facade.h"
#include "backend/wire/strictjson.h"

namespace terrarium {

/// One call of a tool while it runs. It ends with done() or by being destroyed, after which nothing of it goes on: whatever a tool
/// waits for has this object as its context. Owned by the server.
class ToolCall : public QObject {
  Q_OBJECT
 public:
  ToolCall(std::shared_ptr<Facade> facade, const QJsonObject& arguments, bool wantsProgress, QObject* parent);

  [[nodiscard]] Facade& facade() { return *facade_; }
  [[nodiscard]] FieldReader& arguments() { return reader_; }
  /// All arguments as they came, for tools that pass a request on.
  [[nodiscard]] const QJsonObject& rawArguments() const { return raw_; }
  /// To be asked when all arguments were read; false, and the call has failed, when one was wrong or unknown.
  [[nodiscard]] bool argumentsAreRight();

  [[nodiscard]] bool wantsProgress() const { return wantsProgress_; }
  /// Passed on when it has grown.
  void progress(double value, std::optional<double> total, const QString& message);

  void succeed(const QJsonObject& result);
  /// Content blocks as the protocol has them.
  void succeedWith(const QJsonArray& content);
  void fail(const Error& error);

  /// What the client's cancellation needs beyond the end of this object.
  void onCancel(std::function<void()> undo) { undo_ = std::move(undo); }
  void cancel() {
    if (undo_) undo_();
  }

 signals:
  void done(const QJsonObject& result);
  void progressed(double value, double total, const QString& message);

 private:
  std::shared_ptr<Facade> facade_;
  QJsonObject raw_;
  FieldReader reader_;
  bool wantsProgress_;
  double lastProgress_ = -1;
  std::function<void()> undo_;
};

[[nodiscard]] QJsonObject textContent(const QString& text);
/// A binary resource of a sandbox.
[[nodiscard]] QJsonObject blobContent(const SandboxId& id, const std::string& path, const QString& mimeType,
                                      const QByteArray& bytes);

/// The result of a call that failed: a sentence for the model.
[[nodiscard]] QJsonObject toolError(const Error& error);

}  // namespace terrarium
