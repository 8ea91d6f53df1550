// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <set>

#include "backend/domain/errorname.h"

using namespace terrarium;

class ErrorNameTest : public QObject {
  Q_OBJECT
 private slots:
  void codesHaveTheirNameAndStatus_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("status");
    const auto row = [](ErrorCode code, const char* name, int status) {
      QTest::newRow(name) << static_cast<int>(code) << QByteArray(name) << status;
    };
    row(ErrorCode::BadRequest, "bad_request", 400);
    row(ErrorCode::UnknownReference, "secret_not_found", 400);
    row(ErrorCode::AuthenticationFailed, "auth_failed", 401);
    row(ErrorCode::Forbidden, "forbidden", 403);
    row(ErrorCode::NotFound, "not_found", 404);
    row(ErrorCode::RouteStale, "sandbox_route_stale", 404);
    row(ErrorCode::Conflict, "conflict", 409);
    row(ErrorCode::SnapshotInProgress, "snapshot_in_progress", 409);
    row(ErrorCode::Gone, "gone", 410);
    row(ErrorCode::TooLarge, "too_large", 413);
    row(ErrorCode::TooManyRequests, "rate_limited", 429);
    row(ErrorCode::TooManySandboxes, "too_many_sandboxes", 429);
    row(ErrorCode::StorageFull, "sandbox_storage_full", 507);
    row(ErrorCode::FileSystem, "sandbox_filesystem_error", 500);
    row(ErrorCode::NotRunning, "sandbox_unavailable", 503);
    row(ErrorCode::Unavailable, "service_unavailable", 503);
    row(ErrorCode::TimedOut, "timed_out", 504);
    row(ErrorCode::Cancelled, "cancelled", 409);
    row(ErrorCode::Internal, "internal_error", 500);
  }
  void codesHaveTheirNameAndStatus() {
    QFETCH(int, code);
    QFETCH(QByteArray, name);
    QFETCH(int, status);
    const auto errorCode = static_cast<ErrorCode>(code);
    QCOMPARE(QByteArray::fromStdString(std::string(wireName(errorCode))), name);
    QCOMPARE(httpStatus(errorCode), status);
    QCOMPARE(errorCodeFromWire(name.toStdString(), 0), errorCode);
  }

  void unknownNamesFollowTheirStatus_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, int status, ErrorCode code) {
      QTest::addRow("%s %d", name, status) << QByteArray(name) << status << static_cast<int>(code);
    };
    row("", 400, ErrorCode::BadRequest);
    row("odd", 401, ErrorCode::AuthenticationFailed);
    row("odd", 404, ErrorCode::NotFound);
    row("odd", 409, ErrorCode::Conflict);
    row("odd", 418, ErrorCode::BadRequest);
    row("odd", 429, ErrorCode::TooManyRequests);
    row("odd", 500, ErrorCode::Internal);
    row("odd", 502, ErrorCode::Internal);
    row("odd", 503, ErrorCode::Unavailable);
    row("unauthorized", 401, ErrorCode::AuthenticationFailed);
    row("too_many_builds", 429, ErrorCode::TooManyRequests);
    row("host_state_missing", 503, ErrorCode::Unavailable);
  }
  void unknownNamesFollowTheirStatus() {
    QFETCH(QByteArray, name);
    QFETCH(int, status);
    QTEST(static_cast<int>(errorCodeFromWire(name.toStdString(), status)), "code");
  }
};

QTEST_GUILESS_MAIN(ErrorNameTest)
#include "errornametest.moc"
