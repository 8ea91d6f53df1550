// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <cstdio>

#include "app/desktop/composition.h"
#include "app/desktop/connectiontest.h"
#include "app/desktop/desktopappearance.h"
#include "app/desktop/desktopoptions.h"
#include "app/desktop/keychainstore.h"
#include "app/desktop/screenshots.h"
#include "app/desktop/singleinstance.h"
#include "ui/mainwindow.h"
#include "ui/style/theme.h"
#include "ui/widgets/plurals.h"

using namespace terrarium;

namespace {
constexpr int kUsage = 2;

void raise(MainWindow& window) {
  window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
  window.show();
  window.raise();
  window.activateWindow();
}

/// Pictures for the documentation always look the same, whatever this user has chosen.
QString settingsFile(const DesktopOptions& options, const Directories& directories, const QTemporaryDir& throwaway) {
  if (options.screenshotDirectory.isEmpty()) return directories.state + QStringLiteral("/window.ini");
  return throwaway.filePath(QStringLiteral("window.ini"));
}
}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("terrarium"));
  QApplication::setApplicationDisplayName(QStringLiteral("Terrarium"));
  QApplication::setApplicationVersion(QStringLiteral(TERRARIUM_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("terrarium"));
  installPlurals();
  const auto options = DesktopOptions::parse(QApplication::arguments());
  if (!options) {
    std::fprintf(stderr, "terrarium: %s\n", options.error().message.c_str());
    return kUsage;
  }
  const auto directories = Directories::fromEnvironment();
  SingleInstance instance(directories.runtime);
  const bool alone = options->demo || !options->screenshotDirectory.isEmpty() || !options->engine.isEmpty();
  if (!alone && !instance.claim()) {
    QObject::connect(&instance, &SingleInstance::delivered, &application, &QCoreApplication::quit);
    instance.knock();
    return QApplication::exec();
  }

  const QTemporaryDir throwaway;
  QSettings settings(settingsFile(*options, directories, throwaway), QSettings::IniFormat);
  Theme theme;
  followDesktopAppearance(theme);
  theme.setMode(themeModeFromName(settings.value(QStringLiteral("window/theme")).toString()));
  DesktopComposition composition(directories, *options);
  MainWindow window(composition.facade(), theme, settings);
  QObject::connect(&instance, &SingleInstance::raiseRequested, &window, [&window] { raise(window); });
  QObject::connect(&window, &MainWindow::reconnectRequested, &composition, &DesktopComposition::reachEngine);
  QObject::connect(&composition, &DesktopComposition::engineUnreachable, &window, &MainWindow::showEngineProblem);
  QObject::connect(&composition, &DesktopComposition::located, &window, &MainWindow::setConnection);
  QObject::connect(&window, &MainWindow::connectionChosen, &composition, &DesktopComposition::use);
  window.setConnection(composition.connection());
  window.show();
  KeychainStore keys;
  if (!alone) window.offerConnections(keys, testConnection);
  composition.reachEngine();
  Screenshots screenshots(window, theme, options->screenshotDirectory);
  if (!options->screenshotDirectory.isEmpty()) {
    QObject::connect(&screenshots, &Screenshots::finished, &application,
                     [](bool allWritten) { QApplication::exit(allWritten ? 0 : 1); });
    screenshots.start();
  }
  return QApplication::exec();
}
