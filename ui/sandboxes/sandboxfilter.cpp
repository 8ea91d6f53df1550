// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/sandboxfilter.h"

#include <algorithm>

#include "ui/sandboxes/sandboxmodel.h"
#include "ui/sandboxes/statelook.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {

bool has(const QString& text, const QString& part) { return text.contains(part, Qt::CaseInsensitive); }

/// Words, where double quotes keep spaces together.
QStringList wordsOf(const QString& text) {
  QStringList words;
  QString word;
  bool quoted = false;
  for (const QChar c : text) {
    if (c == QLatin1Char('"')) {
      quoted = !quoted;
    } else if (c.isSpace() && !quoted) {
      if (!word.isEmpty()) words << word;
      word.clear();
    } else {
      word += c;
    }
  }
  if (!word.isEmpty()) words << word;
  return words;
}

}  // namespace

SandboxFilter::Term SandboxFilter::parseTerm(QString word) {
  Term term;
  if (word.size() > 1 && word.startsWith(QLatin1Char('-'))) {
    term.negated = true;
    word.remove(0, 1);
  }
  const qsizetype colon = word.indexOf(QLatin1Char(':'));
  const QString head = word.left(colon).toLower();
  term.value = word.mid(colon + 1);
  if (colon > 0 && (head == QLatin1StringView("state") || head == QLatin1StringView("status"))) {
    term.kind = Term::Kind::State;
  } else if (colon > 0 && head == QLatin1StringView("template")) {
    term.kind = Term::Kind::Template;
  } else if (colon > 0 && head == QLatin1StringView("name")) {
    term.kind = Term::Kind::Name;
    if (term.value.startsWith(QLatin1Char('~'))) term.value.remove(0, 1);
  } else if (colon > 0 && (head == QLatin1StringView("tag") || head.startsWith(QLatin1StringView("meta.")))) {
    term.kind = Term::Kind::Tag;
    const bool isTag = head == QLatin1StringView("tag");
    const qsizetype equals = term.value.indexOf(QLatin1Char('='));
    term.key = isTag ? term.value.left(equals) : word.mid(5, colon - 5);
    if (isTag) term.value = equals < 0 ? QString() : term.value.mid(equals + 1);
  } else {
    term.value = word;
  }
  return term;
}

SandboxFilter SandboxFilter::parse(const QString& text) {
  SandboxFilter filter;
  bool negateNext = false;
  for (const QString& word : wordsOf(text)) {
    if (word.compare(QLatin1StringView("not"), Qt::CaseInsensitive) == 0) {
      negateNext = true;
      continue;
    }
    Term term = parseTerm(word);
    if (negateNext) term.negated = !term.negated;
    negateNext = false;
    filter.terms_.push_back(std::move(term));
  }
  return filter;
}

bool SandboxFilter::holds(const Term& term, const SandboxInfo& info) {
  switch (term.kind) {
    case Term::Kind::Name:
      return has(toText(info.name.value()), term.value);
    case Term::Kind::State:
      return toText(phaseName(info.state)).startsWith(term.value, Qt::CaseInsensitive) ||
             lookOf(info.state).word.startsWith(term.value, Qt::CaseInsensitive);
    case Term::Kind::Template:
      return has(toText(info.templateName), term.value);
    case Term::Kind::Tag: {
      const auto& entries = info.metadata.entries();
      const auto it = entries.find(term.key.toStdString());
      return it != entries.end() && (term.value.isEmpty() || toText(it->second).compare(term.value, Qt::CaseInsensitive) == 0);
    }
    case Term::Kind::Anything:
      return has(toText(info.name.value()), term.value) || has(toText(info.templateName), term.value) ||
             has(lookOf(info.state).word, term.value) || has(tagTexts(info.metadata).join(QLatin1Char(' ')), term.value);
  }
  return false;
}

bool SandboxFilter::matches(const SandboxInfo& info) const {
  return std::all_of(terms_.begin(), terms_.end(), [&](const Term& term) { return holds(term, info) != term.negated; });
}

}  // namespace terrarium
