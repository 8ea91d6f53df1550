// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/democontent.h"

namespace terrarium {

namespace {

using namespace std::chrono_literals;
using State = SandboxState;

struct Row {
  const char* name;
  const char* fromTemplate;
  State state;
  std::chrono::seconds age;
  std::int64_t timeoutSeconds;     // 0: none
  std::int64_t autoDeleteSeconds;  // -1: none
  Metadata::Entries metadata;
  std::vector<std::string> allowOut;
  std::vector<std::string> denyOut;
  std::vector<SecretBindingInfo> secrets;
};

/// Oldest first.
std::vector<Row> lastingRows() {
  return {{"nightly-crawler",
           "superserve/python-3.11",
           State::Paused,
           47h,
           604800,
           86400,
           {{"team", "data"}, {"env", "prod"}},
           {"*.wikipedia.org", "api.openai.com"},
           {"0.0.0.0/0"},
           {{"OPENAI_API_KEY", "openai-main", false}}},
          {"npm audit \xE2\x80\x93 left-pad",
           "superserve/node-22",
           State::Active,
           9h,
           0,
           -1,
           {{"owner", "mira"}, {"purpose", "untrusted"}},
           {"registry.npmjs.org"},
           {},
           {}},
          {"agent-research-07",
           "my-python-env",
           State::Active,
           3h + 12min,
           14400,
           3600,
           {{"agent", "researcher"}, {"team", "core"}, {"run", "07"}},
           {"api.openai.com", "*.arxiv.org", "*.github.com"},
           {},
           {{"OPENAI_API_KEY", "openai-main", false}, {"GITHUB_TOKEN", "github-bot", false}}},
          {"billing-replay",
           "superserve/node-22",
           State::Failed,
           2h,
           0,
           -1,
           {{"team", "payments"}},
           {},
           {"203.0.113.0/24"},
           {{"STRIPE_KEY", "stripe-test", true}}}};
}

/// Younger than an hour, oldest first.
std::vector<Row> freshRows() {
  return {
      {"pr-1482-review", "superserve/base", State::Active, 38min, 3600, -1, {{"team", "core"}, {"pr", "1482"}}, {}, {}, {}},
      {"jupyter-scratch", "my-python-env", State::Paused, 25min, 0, -1, {{"owner", "mira"}}, {}, {}, {}},
      {"agent-coder-12",
       "superserve/node-22",
       State::Resuming,
       11min,
       7200,
       -1,
       {{"agent", "coder"}, {"team", "core"}, {"run", "12"}},
       {"*.npmjs.org", "*.github.com"},
       {},
       {{"GITHUB_TOKEN", "github-bot", false}}},
      {"demo-for-friday", "superserve/base", State::Active, 95s, 600, -1, {}, {}, {}, {}},
  };
}

DemoSandboxes::Entry entryFrom(const Row& row, int number, WallTime now, const DemoTemplates& templates) {
  const auto& from = *templates.find(TemplateRef::parse(row.fromTemplate).value());
  SandboxInfo info{SandboxId::parse("5a0db0c5-0000-4000-8000-00000000000" + std::to_string(number)).value(),
                   SandboxName::parse(row.name).value(), row.state, from.id, from.name};
  info.size = from.size;
  info.createdAt = now - row.age;
  if (row.timeoutSeconds > 0) info.timeout = Timeout::parse(row.timeoutSeconds).value();
  if (row.autoDeleteSeconds >= 0) info.autoDelete = AutoDelete::parse(row.autoDeleteSeconds).value();
  info.egress = EgressRules::parse(row.allowOut, row.denyOut).value();
  info.metadata = Metadata::parse(row.metadata).value();
  info.secrets = row.secrets;
  info.emulated = true;
  if (row.state == State::Paused || row.state == State::Resuming) {
    info.pausedAt = now - row.age / 3;
    info.snapshotId = "c0ffee00-0000-4000-8000-00000000000" + std::to_string(number);
  }
  if (row.state == State::Failed) info.problem = "The machine ended by itself: the guest's kernel panicked (out of memory).";
  return {std::move(info), {{"LANG", "C.UTF-8"}}, 0};
}

}  // namespace

std::vector<DemoSandboxes::Entry> demoContent(WallTime now, const DemoTemplates& templates) {
  std::vector<DemoSandboxes::Entry> entries;
  int number = 0;
  for (const auto& rows : {lastingRows(), freshRows()}) {
    for (const auto& row : rows) entries.push_back(entryFrom(row, ++number, now, templates));
  }
  return entries;
}

}  // namespace terrarium
