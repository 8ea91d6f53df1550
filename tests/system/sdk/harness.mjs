// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs named cases one after the other and prints one JSON line for the list of them and one for each result. What reads them counts
// a case without a result as failed, so a crash cannot pass.

const CASE_LIMIT_MS = 120_000

export async function runCases(cases, tidy) {
  const print = (line) => process.stdout.write(JSON.stringify(line) + "\n")
  print({ cases: Object.keys(cases) })
  for (const [name, run] of Object.entries(cases)) {
    let timer
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("took longer than " + CASE_LIMIT_MS + " ms")), CASE_LIMIT_MS)
    })
    try {
      await Promise.race([run(), limit])
      print({ name, ok: true })
    } catch (error) {
      print({ name, ok: false, problem: String(error?.stack ?? error) })
    } finally {
      clearTimeout(timer)
    }
  }
  await tidy()
}
