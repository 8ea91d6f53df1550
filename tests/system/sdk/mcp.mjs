// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The official client of the Model Context Protocol as the peer of `terrariumctl mcp`, whose program file is the first argument.

import assert from "node:assert/strict"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js"
import { runCases } from "./harness.mjs"

const [program] = process.argv.slice(2)
const env = Object.fromEntries(["PATH", "HOME", "TERRARIUM_HOME", "TERRARIUM_ACCEL"].flatMap((n) => (process.env[n] ? [[n, process.env[n]]] : [])))
const transport = new StdioClientTransport({ command: program, args: ["mcp"], env, stderr: "inherit" })
const client = new Client({ name: "terrarium-test", version: "1" })

const call = (name, args, options) => client.callTool({ name, arguments: args }, undefined, { timeout: 120_000, ...options })
const value = async (name, args, options) => {
  const result = await call(name, args, options)
  assert.ok(!result.isError, JSON.stringify(result.content))
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent)
  return result.structuredContent
}
const problem = async (name, args) => {
  const result = await call(name, args)
  assert.equal(result.isError, true, JSON.stringify(result).slice(0, 500))
  return result.content[0].text
}
const box = { sandbox_id: "assistant" }
const exec = (command, more, options) => value("sandbox_exec", { ...box, command, ...more }, options)

const cases = {
  "the handshake": async () => {
    await client.connect(transport)
    assert.equal(client.getServerVersion().name, "terrarium")
    assert.ok(client.getInstructions().includes("sandboxes"))
    await client.ping()
  },
  "every tool says what it takes": async () => {
    const { tools } = await client.listTools()
    const names = tools.map((tool) => tool.name)
    for (const name of ["create", "update", "list", "info", "exec", "files_read", "files_write", "files_list", "files_download_dir", "pause", "resume", "kill", "fork", "preview_url"]) {
      assert.ok(names.includes("sandbox_" + name), name)
    }
    assert.ok(names.includes("template_list"))
    for (const tool of tools) {
      assert.equal(tool.inputSchema.additionalProperties, false, tool.name)
      assert.equal(typeof tool.annotations.readOnlyHint, "boolean", tool.name)
    }
  },
  "a sandbox is created, with progress": async () => {
    const seen = []
    const made = await value("sandbox_create", { name: "assistant", metadata: { by: "mcp" }, env_vars: { GREETING: "hi" } }, { onprogress: (p) => seen.push(p) })
    assert.equal(made.status, "active")
    assert.equal(made.access_token, undefined)
    assert.ok(seen.length > 0 && seen.every((p, i) => i === 0 || p.progress > seen[i - 1].progress), JSON.stringify(seen))
  },
  "a command runs": async () => {
    const result = await exec("echo $GREETING $MORE; pwd; echo bad >&2; exit 7", { env: { MORE: "more" }, working_dir: "/tmp" })
    assert.equal(result.exit_code, 7)
    assert.equal(result.stdout, "hi more\n/tmp\n")
    assert.equal(result.stderr, "bad\n")
    assert.equal(result.truncated, false)
  },
  "long output is cut in the middle": async () => {
    const result = await exec("echo first; seq 100000; echo last; head -c 100000 /dev/zero | tr '\\0' e >&2")
    assert.equal(result.truncated, true)
    assert.ok(result.stdout.startsWith("first\n1\n2\n") && result.stdout.endsWith("\n100000\nlast\n"), result.stdout.slice(-50))
    assert.match(result.stdout, /\[\d+ of 588906 bytes are left out here\]/)
    assert.ok(result.stdout.length < 33_000 && result.stderr.length < 33_000)
  },
  "a command is killed when its time is up": async () => {
    assert.equal((await exec("sleep 100", { timeout_seconds: 1 })).exit_code, 124)
  },
  "a long command tells its progress": async () => {
    const seen = []
    await exec("sleep 2.5", {}, { onprogress: (p) => seen.push(p) })
    assert.ok(seen.length >= 1 && seen[0].total === 60, JSON.stringify(seen))
  },
  "a call that is taken back ends its command": async () => {
    const abort = new AbortController()
    const running = call("sandbox_exec", { ...box, command: "exec sleep 16180" }, { signal: abort.signal })
    const ended = assert.rejects(running)
    const waiting = "for i in $(seq 100); do pgrep -f 'sleep 1618[0]' >/dev/null"
    assert.equal((await exec(waiting + " && exit 0; sleep 0.1; done; exit 1")).exit_code, 0)
    abort.abort()
    await ended
    assert.equal((await exec(waiting + " || exit 0; sleep 0.1; done; exit 1")).exit_code, 0)
  },
  "text files": async () => {
    const path = "/home/user/deep/näme.txt"
    assert.deepEqual(await value("sandbox_files_write", { ...box, path, content: "zwölf\n" }), { path, size: 7 })
    const read = await call("sandbox_files_read", { ...box, path })
    assert.deepEqual(read.content, [{ type: "text", text: "zwölf\n" }])
  },
  "binary files": async () => {
    const path = "/home/user/data.bin"
    const bytes = Buffer.from([...Array(256).keys()])
    assert.equal((await value("sandbox_files_write", { ...box, path, content: bytes.toString("base64"), encoding: "base64" })).size, 256)
    const [block] = (await call("sandbox_files_read", { ...box, path })).content
    assert.equal(block.type, "resource")
    assert.equal(block.resource.blob, bytes.toString("base64"))
  },
  "files of the greatest size": async () => {
    const path = "/home/user/great.txt"
    const content = "é".repeat(4 << 20)
    assert.equal((await value("sandbox_files_write", { ...box, path, content })).size, 8 << 20)
    const read = await call("sandbox_files_read", { ...box, path, offset: 1 << 20 })
    assert.equal(read.content[0].text, "é".repeat(1 << 19))
    assert.match(read.content[1].text, /The rest begins at offset 2097152/)
    assert.match(await problem("sandbox_files_write", { ...box, path, content: content + "x" }), /8 MiB/)
  },
  "folders": async () => {
    const { entries } = await value("sandbox_files_list", { ...box, path: "/home/user" })
    const own = entries.filter((e) => !e.name.startsWith("."))
    assert.deepEqual(own.map((e) => [e.name, e.is_dir]).sort(), [["data.bin", false], ["deep", true], ["great.txt", false]])
    const [block] = (await call("sandbox_files_download_dir", { ...box, path: "/home/user/deep" })).content
    assert.equal(block.resource.mimeType, "application/zip")
    assert.equal(Buffer.from(block.resource.blob, "base64").subarray(0, 2).toString(), "PK")
    await exec("mkdir /home/user/noise && head -c 3000000 /dev/urandom > /home/user/noise/n")
    assert.match(await problem("sandbox_files_download_dir", { ...box, path: "/home/user/noise" }), /larger than 1 MiB/)
  },
  "a fork": async () => {
    await exec("echo shared > /dev/shm/memory")
    const { sandboxes } = await value("sandbox_fork", { ...box, count: 2, name: "clone" })
    assert.equal(sandboxes.length, 2)
    for (const { id } of sandboxes) {
      assert.equal((await value("sandbox_exec", { sandbox_id: id, command: "cat /dev/shm/memory" })).stdout, "shared\n")
      await value("sandbox_kill", { sandbox_id: id })
    }
    assert.match(await problem("sandbox_fork", { ...box, count: 33 }), /32/)
  },
  "the address of a port": async () => {
    const { sandboxes } = await value("sandbox_list", {})
    assert.match((await value("sandbox_preview_url", { ...box, port: 8080 })).url, new RegExp(`^http://8080-${sandboxes[0].id}\\.localhost:[0-9]+/?$`))
    assert.match(await problem("sandbox_preview_url", { ...box, port: 80 }), /1024/)
  },
  "an update": async () => {
    const info = await value("sandbox_update", { ...box, metadata: { by: "mcp", step: "2" }, timeout_seconds: 3600 })
    assert.deepEqual(info.metadata, { by: "mcp", step: "2" })
    assert.equal((await value("sandbox_update", { ...box, timeout_seconds: null })).timeout_seconds, undefined)
    assert.match(await problem("sandbox_update", box), /./)
  },
  "a pause, and waking by a command": async () => {
    assert.equal((await value("sandbox_pause", box)).status, "paused")
    assert.equal((await value("sandbox_info", box)).status, "paused")
    assert.equal((await exec("echo awake")).stdout, "awake\n")
    await value("sandbox_pause", box)
    assert.equal((await value("sandbox_resume", box)).status, "active")
  },
  "lists": async () => {
    const page = await value("sandbox_list", { metadata: { by: "mcp" } })
    assert.equal(page.total, 1)
    assert.equal(page.sandboxes[0].name, "assistant")
    assert.equal((await value("sandbox_list", { q: "nobody" })).total, 0)
    const { templates } = await value("template_list", {})
    assert.ok(templates.some((t) => t.name === "superserve/base"))
  },
  "what is wrong is said": async () => {
    assert.match(await problem("sandbox_info", { sandbox_id: "nobody" }), /no sandbox 'nobody'/)
    assert.match(await problem("sandbox_exec", { ...box, command: "x", timeout_seconds: 601 }), /timeout_seconds.*600/)
    assert.match(await problem("sandbox_exec", { ...box, command: "x", colour: "red" }), /colour/)
    assert.match(await problem("sandbox_exec", { ...box, command: 5 }), /command/)
    assert.match(await problem("sandbox_create", { name: "x", from_template: "no-such" }), /no-such/)
    assert.match(await problem("sandbox_files_read", { ...box, path: "../x" }), /path/i)
    assert.match(await problem("sandbox_files_read", { ...box, path: "/no/such" }), /./)
    await assert.rejects(call("no_such_tool", {}), /no_such_tool/)
  },
  "many calls at once": async () => {
    const results = await Promise.all([...Array(20).keys()].map((i) => exec("echo " + i)))
    assert.deepEqual(results.map((r) => r.stdout.trim()), [...Array(20).keys()].map(String))
  },
  "a kill": async () => {
    assert.equal((await value("sandbox_kill", box)).status, "deleted")
    assert.match(await problem("sandbox_info", box), /assistant/)
  },
}

await runCases(cases, () => client.close())
