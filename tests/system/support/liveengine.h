// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QUrl>
#include <functional>
#include <memory>

namespace terrarium {

/// A real engine in a home of its own, driven over its API as a client would. Blocks; for system tests only.
class LiveEngine {
 public:
  struct Reply {
    int status = 0;  ///< 0 when the connection failed
    QByteArray body;
    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(body).array(); }
    [[nodiscard]] QString errorCode() const;
    [[nodiscard]] QString errorMessage() const;
  };

  /// Image cache and home are kept apart, so that every home can use images that were made before.
  LiveEngine(QString home, const QString& imageCache);
  ~LiveEngine();

  /// Where images are kept between test runs: TERRARIUM_TEST_CACHE, else a folder in the user's cache directory.
  [[nodiscard]] static QString sharedImageCache();

  [[nodiscard]] QProcessEnvironment& environment() { return environment_; }
  [[nodiscard]] const QString& home() const { return home_; }
  [[nodiscard]] QUrl url() const { return QUrl(url_); }
  [[nodiscard]] const QByteArray& key() const { return key_; }
  /// For an engine somewhere else: started with `arguments` after `before`, and reached at `host`.
  void liveAt(const QString& host, const std::function<void()>& before, const QStringList& arguments);
  /// True when the endpoint answers within `limitMs`.
  [[nodiscard]] bool start(int limitMs = 20000);
  /// Starts it and has superserve/base built; empty when that went well, else what was said.
  [[nodiscard]] QByteArray startWithBase();
  /// Asks it to stop and waits; returns the exit code of the supervisor.
  int stop();
  /// kill -9 of the engine proper; true when the supervisor's next engine answers.
  [[nodiscard]] bool crashAndComeBack(int limitMs = 30000);
  [[nodiscard]] qint64 enginePid() const { return enginePid_; }
  [[nodiscard]] QByteArray log();

  Reply call(const QByteArray& method, const QString& path, const QByteArray& body = {},
             const QList<std::pair<QByteArray, QByteArray>>& headers = {}, int limitMs = 60000);
  /// Starts a call and does not wait for its answer.
  void fire(const QByteArray& method, const QString& path, const QByteArray& body = {});

  Reply create(const QJsonObject& request);
  /// Runs a shell command over the data plane.
  Reply exec(const QJsonObject& sandbox, const QString& command, int timeoutSeconds = 30);
  [[nodiscard]] QJsonObject sandbox(const QString& id);
  /// Waits until `phase` is reached; false after `limitMs`.
  [[nodiscard]] bool waitForPhase(const QString& id, const QString& phase, int limitMs = 30000);
  /// Runs terrariumctl against this engine.
  struct Output {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
  };
  Output ctl(const QStringList& arguments, int limitMs = 600000, const QByteArray& input = {});
  [[nodiscard]] static Output runCtl(const QProcessEnvironment& environment, const QStringList& arguments, int limitMs,
                                     const QByteArray& input = {});
  /// QEMU processes of this home, found by their directory and command line.
  [[nodiscard]] QList<qint64> machinePids() const;
  /// Files of machines and half-written ones that nobody owns when there is no sandbox; empty when all is clean.
  [[nodiscard]] QStringList litter() const;

 private:
  [[nodiscard]] bool waitForEndpoint(qint64 otherThan, int limitMs);
  [[nodiscard]] bool readEndpoint(qint64 otherThan);

  QString home_;
  QProcessEnvironment environment_;
  QProcess process_;
  QNetworkAccessManager network_;
  QStringList arguments_{QStringLiteral("--foreground")};
  QString host_;
  QString url_;
  QByteArray key_;
  qint64 enginePid_ = 0;
};

}  // namespace terrarium
