// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/system/support/liveengine.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>
#include <csignal>
#include <utility>

namespace terrarium {

namespace {
// Beside the test program, not at the place of the build: the built tree may have been copied for another user.
QString program(const char* name) {
  return QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../bin/") + QLatin1String(name));
}
}  // namespace

QString LiveEngine::Reply::errorCode() const {
  return object().value(QLatin1String("error")).toObject().value(QLatin1String("code")).toString();
}

QString LiveEngine::Reply::errorMessage() const {
  return object().value(QLatin1String("error")).toObject().value(QLatin1String("message")).toString();
}

QString LiveEngine::sharedImageCache() {
  const auto chosen = qEnvironmentVariable("TERRARIUM_TEST_CACHE");
  if (!chosen.isEmpty()) return chosen;
  return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/terrarium-tests");
}

LiveEngine::LiveEngine(QString home, const QString& imageCache) : home_(std::move(home)) {
  environment_ = QProcessEnvironment::systemEnvironment();
  environment_.insert(QStringLiteral("TERRARIUM_HOME"), home_);
  // Tests count machines; those that wait on purpose would be among them.
  environment_.insert(QStringLiteral("TERRARIUM_WAITING"), QStringLiteral("0"));
  QDir().mkpath(home_);
  QDir().mkpath(imageCache);
  QFile::link(imageCache, home_ + QStringLiteral("/cache"));
}

LiveEngine::~LiveEngine() {
  if (process_.state() != QProcess::NotRunning) stop();
}

void LiveEngine::liveAt(const QString& host, const std::function<void()>& before, const QStringList& arguments) {
  host_ = host;
  process_.setChildProcessModifier(before);
  arguments_ += arguments;
}

bool LiveEngine::start(int limitMs) {
  process_.setProcessEnvironment(environment_);
  process_.setStandardOutputFile(home_ + QStringLiteral("/engine-output.log"), QIODevice::Append);
  process_.setProcessChannelMode(QProcess::MergedChannels);
  process_.start(program("terrariumd"), arguments_);
  return process_.waitForStarted() && waitForEndpoint(enginePid_, limitMs);
}

QByteArray LiveEngine::startWithBase() {
  constexpr int kImageLimitMs = 900000;  // an image that nobody has made yet
  if (!start()) return "the engine did not start: " + log();
  const auto built = ctl({QStringLiteral("template"), QStringLiteral("build"), QStringLiteral("superserve/base")}, kImageLimitMs);
  return built.exitCode == 0 ? QByteArray() : "superserve/base could not be built: " + built.out + built.err + log();
}

int LiveEngine::stop() {
  process_.terminate();
  if (!process_.waitForFinished(60000)) {
    process_.kill();
    process_.waitForFinished(5000);
    return -1;
  }
  return process_.exitCode();
}

bool LiveEngine::crashAndComeBack(int limitMs) {
  const auto before = enginePid_;
  ::kill(static_cast<pid_t>(before), SIGKILL);
  return waitForEndpoint(before, limitMs);
}

QByteArray LiveEngine::log() {
  QFile file(home_ + QStringLiteral("/engine-output.log"));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool LiveEngine::readEndpoint(qint64 otherThan) {
  QFile file(home_ + QStringLiteral("/run/endpoint.json"));
  if (!file.open(QIODevice::ReadOnly)) return false;
  const auto object = QJsonDocument::fromJson(file.readAll()).object();
  const auto pid = object.value(QLatin1String("pid")).toInteger();
  if (pid <= 0 || pid == otherThan) return false;
  url_ = object.value(QLatin1String("url")).toString();
  if (!host_.isEmpty()) url_.replace(QLatin1String("127.0.0.1"), host_);
  key_ = object.value(QLatin1String("api_key")).toString().toLatin1();
  enginePid_ = pid;
  return true;
}

bool LiveEngine::waitForEndpoint(qint64 otherThan, int limitMs) {
  return QTest::qWaitFor(
      [&] { return readEndpoint(otherThan) && call("GET", QStringLiteral("/health"), {}, {}, 2000).status == 200; }, limitMs);
}

LiveEngine::Reply LiveEngine::call(const QByteArray& method, const QString& path, const QByteArray& body,
                                   const QList<std::pair<QByteArray, QByteArray>>& headers, int limitMs) {
  QNetworkRequest request(QUrl(url_ + path));
  request.setRawHeader("X-API-Key", key_);
  request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
  request.setTransferTimeout(limitMs);
  for (const auto& [name, value] : headers) request.setRawHeader(name, value);
  std::unique_ptr<QNetworkReply> reply(network_.sendCustomRequest(request, method, body));
  QEventLoop loop;
  QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
  if (!reply->isFinished()) loop.exec();
  return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
}

void LiveEngine::fire(const QByteArray& method, const QString& path, const QByteArray& body) {
  QNetworkRequest request(QUrl(url_ + path));
  request.setRawHeader("X-API-Key", key_);
  request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
  auto* reply = network_.sendCustomRequest(request, method, body);
  QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
}

LiveEngine::Reply LiveEngine::create(const QJsonObject& request) {
  return call("POST", QStringLiteral("/sandboxes"), QJsonDocument(request).toJson(QJsonDocument::Compact));
}

LiveEngine::Reply LiveEngine::exec(const QJsonObject& sandbox, const QString& command, int timeoutSeconds) {
  const QJsonObject request{{QStringLiteral("command"), command}, {QStringLiteral("timeout_s"), timeoutSeconds}};
  return call("POST", QStringLiteral("/exec"), QJsonDocument(request).toJson(QJsonDocument::Compact),
              {{"X-Superserve-Sandbox-Id", sandbox.value(QLatin1String("id")).toString().toLatin1()},
               {"X-Access-Token", sandbox.value(QLatin1String("access_token")).toString().toLatin1()}},
              (timeoutSeconds + 10) * 1000);
}

QJsonObject LiveEngine::sandbox(const QString& id) { return call("GET", QStringLiteral("/sandboxes/") + id).object(); }

bool LiveEngine::waitForPhase(const QString& id, const QString& phase, int limitMs) {
  return QTest::qWaitFor([&] { return sandbox(id).value(QLatin1String("phase")).toString() == phase; }, limitMs);
}

LiveEngine::Output LiveEngine::ctl(const QStringList& arguments, int limitMs, const QByteArray& input) {
  QStringList where;
  if (!host_.isEmpty()) {
    where = {QStringLiteral("--engine"), url_, QStringLiteral("--api-key"), QString::fromLatin1(key_)};
  }
  return runCtl(environment_, where + arguments, limitMs, input);
}

LiveEngine::Output LiveEngine::runCtl(const QProcessEnvironment& environment, const QStringList& arguments, int limitMs,
                                      const QByteArray& input) {
  QProcess ctl;
  ctl.setProcessEnvironment(environment);
  ctl.start(program("terrariumctl"), arguments);
  ctl.write(input);
  ctl.closeWriteChannel();
  if (!ctl.waitForFinished(limitMs)) {
    ctl.kill();
    ctl.waitForFinished(5000);
    return {-1, ctl.readAllStandardOutput(), ctl.readAllStandardError() + "\n(killed: it took too long)"};
  }
  return {ctl.exitCode(), ctl.readAllStandardOutput(), ctl.readAllStandardError()};
}

QStringList LiveEngine::litter() const {
  QStringList found;
  for (const auto* name : {"sandboxes", "snapshots", "layers"}) {
    const QDir folder(home_ + QStringLiteral("/data/") + QLatin1String(name));
    const bool works = qstrcmp(name, "sandboxes") == 0;
    // What is whole has a plain name.
    const auto entries = folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const auto& entry : entries) {
      if (works || entry.startsWith(QLatin1Char('.'))) found << folder.filePath(entry);
    }
  }
  return found;
}

QList<qint64> LiveEngine::machinePids() const {
  QList<qint64> found;
  for (const auto& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
    bool isNumber = false;
    const auto pid = entry.toLongLong(&isNumber);
    if (!isNumber) continue;
    // Machines work in a directory of their own beneath the home.
    if (!QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(pid)).startsWith(home_ + QLatin1Char('/'))) continue;
    QFile file(QStringLiteral("/proc/%1/cmdline").arg(pid));
    if (file.open(QIODevice::ReadOnly) && file.readAll().contains("process=terrarium-vm")) found << pid;
  }
  return found;
}

}  // namespace terrarium
