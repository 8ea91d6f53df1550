// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/engineoptions.h"

#include <arpa/inet.h>
#include <netinet/in.h>

namespace terrarium {

namespace {
Result<quint16> parsePort(const QString& text) {
  bool isNumber = false;
  const auto port = text.toUShort(&isNumber);
  if (isNumber) return port;
  return failure(
      badRequest("--port", "--port takes a number from 0 to 65535 (0: any free port), not '" + text.toStdString() + "'"));
}

Result<QString> parseAddress(const QString& text) {
  in_addr four{};
  in6_addr six{};
  const auto written = text.toLatin1();
  if (::inet_pton(AF_INET, written.constData(), &four) == 1 && four.s_addr != INADDR_ANY) return text;
  if (::inet_pton(AF_INET6, written.constData(), &six) == 1 && !IN6_IS_ADDR_UNSPECIFIED(&six)) return text;
  return failure(badRequest("--listen", "--listen takes one address of this computer such as 192.0.2.1, not '" +
                                            text.toStdString() + "'. Give it once for each address"));
}

bool isSetting(const QString& argument) {
  const auto name = argument.left(argument.indexOf(QLatin1Char('=')));
  return name == QLatin1String("--port") || name == QLatin1String("--listen") || name == QLatin1String("--host-name");
}
}  // namespace

Result<void> EngineOptions::take(const QString& name, const QString& value) {
  if (name == QLatin1String("--port")) {
    const auto parsed = parsePort(value);
    if (!parsed) return failure(parsed.error());
    port = *parsed;
  } else if (name == QLatin1String("--listen")) {
    const auto address = parseAddress(value);
    if (!address) return failure(address.error());
    addresses << *address;
  } else {
    if (value.isEmpty()) return failure(badRequest("--host-name", "--host-name takes the name that others call this computer by"));
    hostNames << value;
  }
  return {};
}

QStringList EngineOptions::supervisedArguments() const {
  QStringList arguments{QStringLiteral("--supervised"), QStringLiteral("--port"), QString::number(port)};
  for (const auto& address : addresses) arguments << QStringLiteral("--listen") << address;
  for (const auto& name : hostNames) arguments << QStringLiteral("--host-name") << name;
  return arguments;
}

Result<EngineOptions> EngineOptions::parse(const QStringList& arguments) {
  EngineOptions options;
  for (qsizetype i = 0; i < arguments.size(); ++i) {
    const auto& argument = arguments.at(i);
    if (argument == QLatin1String("--foreground")) {
      options.foreground = true;
    } else if (argument == QLatin1String("--supervised")) {
      options.supervised = true;
    } else if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
      options.help = true;
    } else if (argument == QLatin1String("--version")) {
      options.version = true;
    } else if (isSetting(argument)) {
      const auto equals = argument.indexOf(QLatin1Char('='));
      const auto value = equals < 0 ? arguments.value(++i) : argument.mid(equals + 1);
      if (const auto taken = options.take(argument.left(equals), value); !taken) return failure(taken.error());
    } else {
      return failure(
          badRequest(argument.toStdString(), "unknown argument '" + argument.toStdString() + "'; see terrariumd --help"));
    }
  }
  return options;
}

QString EngineOptions::helpText() {
  return QStringLiteral(
      "Usage: terrariumd [--foreground] [--port N] [--listen ADDRESS [--host-name NAME]]\n"
      "The engine of Terrarium: owns sandboxes and serves the API on loopback.\n\n"
      "  --foreground  stay in the terminal and log there\n"
      "  --port N      listen on this port (default: the one of last time, else any free one)\n"
      "  --listen ADDRESS  answer at this address, too (again for more of them): whoever has the key can then do everything from\n"
      "                there, and what is sent can be read on the way, so only use it in a network that you trust\n"
      "  --host-name NAME  a name by which others call that address\n"
      "  --version     print the version\n");
}

}  // namespace terrarium
