// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMainWindow>
#include <QSettings>

#include "backend/api/facade.h"
#include "ui/connections/connectionsdialog.h"
#include "ui/style/theme.h"

class QLabel;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace terrarium {

class Banner;
class ConnectionModel;
class CreateDialog;
class Inspector;
class KeyStore;
class NotificationLog;
class SandboxActions;
class SandboxFeed;
class SandboxModel;
class SandboxesPage;
class TemplateModel;
class TemplatesPage;
class ToastArea;

/// The frame: rail, pages, banners, status bar. It owns what the pages share and holds no business rules. Closing it stops nothing.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  MainWindow(Facade& facade, Theme& theme, QSettings& settings, QWidget* parent = nullptr);
  ~MainWindow() override;

  [[nodiscard]] SandboxesPage& sandboxPage() { return *sandboxes_; }
  [[nodiscard]] Inspector& inspector() { return *inspector_; }
  [[nodiscard]] SandboxActions& actions() { return *actions_; }
  [[nodiscard]] CreateDialog& createDialog() { return *create_; }
  [[nodiscard]] ToastArea& toasts() { return *toasts_; }
  void showSandboxes();
  void showTemplates();
  void openCreateDialog();
  /// Why the engine could not be started; stands in the banner until it answers.
  void showEngineProblem(const QString& problem);
  /// What the facade talks to now: shown in the window, and written into code to copy.
  void setConnection(const EngineConnection& connection);
  /// Lets a person choose among saved connections; the one of the last time is chosen at once. Without this the window has none.
  void offerConnections(KeyStore& keys, ConnectionTester tester);
  [[nodiscard]] const EngineConnection& connection() const { return connection_; }
  [[nodiscard]] ConnectionsDialog* connectionsDialog() const { return connections_; }

 signals:
  /// The engine cannot be reached; whoever can start one should.
  void reconnectRequested();
  /// Whoever owns the facade should turn it there. An empty key with this machine.
  void connectionChosen(const terrarium::EngineConnection& connection, const QString& key);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  [[nodiscard]] QWidget* buildRail();
  QToolButton* addRailButton(const QString& icon, const QString& text, const QKeySequence& key);
  [[nodiscard]] QWidget* buildPages();
  void buildStatusBar();
  void buildShortcuts();
  void connectParts();
  void chooseThemeMenu();
  void showNotifications();
  void openConnections();
  void switchTo(const EngineConnection& connection, const QString& key);
  void bannerPressed();
  void connectionChanged(bool connected, const QString& problem);
  void askHost();
  void showHost(const HostInfo& info);
  void sandboxCreated(const SandboxInfo& info);
  void refreshStatus();
  void applyTheme();
  [[nodiscard]] QString suggestedName() const;

  Facade& facade_;
  Theme& theme_;
  QSettings& settings_;
  SandboxModel* model_;
  TemplateModel* templates_;
  NotificationLog* notifications_;
  ToastArea* toasts_ = nullptr;
  SandboxActions* actions_ = nullptr;
  SandboxFeed* feed_ = nullptr;
  SandboxesPage* sandboxes_ = nullptr;
  TemplatesPage* templatesPage_ = nullptr;
  Inspector* inspector_ = nullptr;
  CreateDialog* create_ = nullptr;
  ConnectionModel* savedConnections_ = nullptr;
  ConnectionsDialog* connections_ = nullptr;
  EngineConnection connection_;
  Banner* awayBanner_;
  Banner* accelerator_;
  QStackedWidget* pages_ = nullptr;
  QSplitter* splitter_ = nullptr;
  QToolButton* sandboxesButton_ = nullptr;
  QToolButton* templatesButton_ = nullptr;
  QToolButton* engineButton_ = nullptr;
  QToolButton* bell_ = nullptr;
  QLabel* counts_ = nullptr;
  QLabel* host_ = nullptr;
  QString engineProblem_;
  bool acceleratorDismissed_ = false;
  bool closing_ = false;
};

}  // namespace terrarium
