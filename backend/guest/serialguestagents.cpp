// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/serialguestagents.h"

#include "backend/guest/agentversion.h"
#include "backend/guest/serialguestagent.h"

namespace terrarium {

Pending<std::shared_ptr<GuestAgent>> SerialGuestAgents::connect(const QString& socket, std::chrono::milliseconds limit) {
  const Resolver<std::shared_ptr<GuestAgent>> resolver;
  // Deleted later: the last owner may let go while the agent's own signal is being delivered.
  const std::shared_ptr<SerialGuestAgent> agent(new SerialGuestAgent(socket), [](SerialGuestAgent* gone) { gone->deleteLater(); });
  auto* conversation = &agent->conversation();
  auto* waiting = new QObject(conversation);
  // The connections hold the agent until one of the two has happened.
  QObject::connect(conversation, &AgentConversation::ready, waiting, [resolver, agent, waiting] {
    waiting->deleteLater();
    resolver.resolve(std::shared_ptr<GuestAgent>(agent));
  });
  QObject::connect(conversation, &AgentConversation::lost, waiting, [resolver, agent, waiting](const Error& error) {
    waiting->deleteLater();
    resolver.resolve(failure(error));
  });
  conversation->open(limit);
  return resolver.pending();
}

std::string SerialGuestAgents::shippedVersion() const { return guest::kAgentVersion; }

}  // namespace terrarium
