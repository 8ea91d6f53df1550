// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The unmodified SDK against an engine, in nothing but the environment that `terrariumctl env` prints.

import assert from "node:assert/strict"
import * as sdk from "@superserve/sdk"
import { runCases } from "./harness.mjs"

const { Sandbox } = sdk
const TAG = { suite: "sdk" }
let box
const run = (command, options) => box.commands.run(command, options)
const extra = async (options = {}, use = async () => {}) => {
  const made = await Sandbox.create({ name: "extra", ...options })
  try {
    await use(made)
  } finally {
    await made.kill()
  }
}
const rejects = (promise, kind, statusCode) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof kind, `${error?.constructor?.name}: ${error?.message}`)
    if (statusCode) assert.equal(error.statusCode, statusCode)
    return true
  })

const cases = {
  "a command runs the moment create returns": async () => {
    box = await Sandbox.create({ name: "sdk suite", metadata: TAG, envVars: { GREETING: "hi there" }, timeoutSeconds: 3600 })
    assert.match(box.id, /^[0-9a-f-]{36}$/)
    assert.equal(box.status, "active")
    assert.deepEqual(await run("echo hello"), { stdout: "hello\n", stderr: "", exitCode: 0 })
  },
  "an exit code is passed on": async () => {
    const result = await run("echo bad >&2; exit 42")
    assert.deepEqual(result, { stdout: "", stderr: "bad\n", exitCode: 42 })
  },
  "output of a loop streams as it is written": async () => {
    const seen = []
    const begun = Date.now()
    const result = await run("for i in 1 2 3; do echo line $i; sleep 0.4; done; echo done >&2", {
      onStdout: (text) => seen.push([text, Date.now() - begun]),
      onStderr: (text) => seen.push([text, Date.now() - begun]),
    })
    assert.equal(seen.map(([text]) => text).join(""), "line 1\nline 2\nline 3\ndone\n")
    assert.ok(seen.at(-1)[1] - seen[0][1] > 600, "came at once: " + JSON.stringify(seen))
    assert.equal(result.stdout, "line 1\nline 2\nline 3\n")
    assert.equal(result.stderr, "done\n")
  },
  "a rune is never cut in a stream": async () => {
    let text = ""
    const result = await run("for i in $(seq 3000); do printf 'äöü€😀'; done", { onStdout: (piece) => (text += piece) })
    assert.equal(text, "äöü€😀".repeat(3000))
    assert.equal(result.stdout, text)
  },
  "environment and directory": async () => {
    const result = await run('echo "$GREETING $EXTRA"; pwd', { env: { EXTRA: "$HOME 'x'" }, cwd: "/tmp" })
    assert.equal(result.stdout, "hi there $HOME 'x'\n/tmp\n")
  },
  "a command that takes too long ends with 124": async () => {
    assert.equal((await run("sleep 60", { timeoutMs: 1000 })).exitCode, 124)
  },
  "a text file goes there and back": async () => {
    const path = "/home/user/a folder/näme.txt"
    await box.files.write(path, "content ä\n")
    assert.equal(await box.files.readText(path), "content ä\n")
    assert.equal((await run("cat '/home/user/a folder/näme.txt'")).stdout, "content ä\n")
  },
  "binary files go there and back": async () => {
    const bytes = new Uint8Array(1_500_000).map((_, i) => (i * 31 + (i >> 8)) & 255)
    await box.files.write("/home/user/data.bin", bytes)
    assert.deepEqual(Buffer.compare(await box.files.read("/home/user/data.bin"), bytes), 0)
    await box.files.write("/home/user/blob.bin", new Blob([bytes.slice(0, 10)]))
    assert.equal((await run("wc -c < /home/user/blob.bin")).stdout.trim(), "10")
    await box.files.write("/home/user/empty", "")
    assert.equal((await box.files.read("/home/user/empty")).length, 0)
  },
  "a folder comes as an archive": async () => {
    await run("mkdir -p /home/user/pack/sub && echo one > /home/user/pack/one.txt && echo two > /home/user/pack/sub/two.txt")
    const zip = await box.files.downloadDir("/home/user/pack")
    assert.equal(Buffer.from(zip.slice(0, 4)).toString("latin1"), "PK\u0003\u0004")
    const text = Buffer.from(zip).toString("latin1")
    for (const name of ["pack/", "pack/one.txt", "pack/sub/", "pack/sub/two.txt"]) assert.ok(text.includes(name), name)
  },
  "a spawned command reads its input": async () => {
    let heard = ""
    const session = await box.commands.spawn("cat; echo over >&2; exit 3", { onStdout: (text) => (heard += text) })
    session.stdin.write("first\n")
    session.stdin.write(new TextEncoder().encode("second\n"))
    session.stdin.close()
    assert.deepEqual(await session.wait(), { stdout: "first\nsecond\n", stderr: "over\n", exitCode: 3 })
    assert.equal(heard, "first\nsecond\n")
  },
  "a megabyte passes through a spawned command": async () => {
    const session = await box.commands.spawn("wc -c")
    session.stdin.write(new Uint8Array(1 << 20))
    session.stdin.close()
    assert.equal((await session.wait()).stdout.trim(), String(1 << 20))
  },
  "a spawned command takes directory and environment": async () => {
    const session = await box.commands.spawn("echo $GREETING $MORE; pwd", { cwd: "/tmp", env: { MORE: "more" } })
    assert.equal((await session.wait()).stdout, "hi there more\n/tmp\n")
  },
  "a spawned command is killed": async () => {
    const session = await box.commands.spawn("echo up; exec sleep 600", { onStdout: () => session.kill() })
    assert.equal((await session.wait()).exitCode, 143)
    const stubborn = await box.commands.spawn("trap '' TERM; echo up; sleep 600", { onStdout: () => stubborn.kill("SIGKILL") })
    assert.equal((await stubborn.wait()).exitCode, 137)
  },
  "a closed session ends its command": async () => {
    const session = await box.commands.spawn("exec sleep 31415")
    const ended = assert.rejects(session.wait())
    await session.close()
    await ended
    assert.equal((await run("for i in $(seq 50); do pgrep -f 'sleep 3141[5]' >/dev/null || exit 0; sleep 0.1; done; exit 1")).exitCode, 0)
  },
  "information about one": async () => {
    const info = await box.getInfo()
    assert.equal(info.id, box.id)
    assert.equal(info.name, "sdk suite")
    assert.equal(info.status, "active")
    assert.equal(info.timeoutSeconds, 3600)
    assert.deepEqual(info.metadata, TAG)
    assert.ok(info.vcpuCount >= 1 && info.memoryMib >= 256 && info.createdAt instanceof Date)
  },
  "a list by metadata": async () => {
    await extra({ metadata: { suite: "other", "odd key": "a&b=c ä" } }, async (other) => {
      const ids = async (metadata) => (await Sandbox.list({ metadata })).map((info) => info.id)
      assert.deepEqual(await ids(TAG), [box.id])
      assert.deepEqual(await ids({ "odd key": "a&b=c ä" }), [other.id])
      assert.deepEqual(await ids({ suite: "sdk", "odd key": "x" }), [])
      assert.ok((await ids(undefined)).includes(box.id) && (await ids(undefined)).includes(other.id))
    })
  },
  "an update": async () => {
    await box.update({ metadata: { ...TAG, step: "2" }, timeoutSeconds: 7200, autoDeleteSeconds: 600 })
    await box.update({ network: { allowOut: ["api.example.com"], denyOut: ["0.0.0.0/0"] } })
    let info = await box.getInfo()
    assert.deepEqual(info.metadata, { ...TAG, step: "2" })
    assert.equal(info.timeoutSeconds, 7200)
    assert.equal(info.autoDeleteSeconds, 600)
    assert.deepEqual(info.network, { allowOut: ["api.example.com"], denyOut: ["0.0.0.0/0"] })
    await Sandbox.updateById(box.id, { metadata: TAG, timeoutSeconds: null, autoDeleteSeconds: null })
    info = await box.getInfo()
    assert.deepEqual(info.metadata, TAG)
    assert.equal(info.timeoutSeconds, undefined)
    assert.equal(info.autoDeleteSeconds, undefined)
  },
  "pause and resume keep memory and files": async () => {
    await run("echo disk > /home/user/kept; echo memory > /dev/shm/kept")
    await box.pause()
    assert.equal((await box.getInfo()).status, "paused")
    await box.resume()
    assert.equal((await box.getInfo()).status, "active")
    assert.equal((await run("cat /home/user/kept /dev/shm/kept")).stdout, "disk\nmemory\n")
  },
  "a paused sandbox wakes for a command": async () => {
    await box.pause()
    assert.equal((await run("echo awake")).stdout, "awake\n")
    assert.equal((await box.getInfo()).status, "active")
  },
  "a paused sandbox wakes for a stream": async () => {
    await box.pause()
    let text = ""
    await run("echo awake", { onStdout: (piece) => (text += piece) })
    assert.equal(text, "awake\n")
  },
  "a paused sandbox wakes for files": async () => {
    await box.pause()
    await box.files.write("/home/user/woken", "yes")
    await box.pause()
    assert.equal(await box.files.readText("/home/user/woken"), "yes")
  },
  "a paused sandbox wakes for a spawn": async () => {
    await box.pause()
    assert.equal((await (await box.commands.spawn("echo awake")).wait()).stdout, "awake\n")
  },
  "many commands at once": async () => {
    const results = await Promise.all([...Array(16).keys()].map((i) => run("echo " + i)))
    assert.deepEqual(results.map((result) => result.stdout.trim()), [...Array(16).keys()].map(String))
  },
  "connect finds it, and both clients stay in": async () => {
    await box.pause()
    const other = await Sandbox.connect(box.id)
    assert.equal(other.name, "sdk suite")
    assert.equal((await other.commands.run("echo other")).stdout, "other\n")
    assert.equal((await run("echo mine")).stdout, "mine\n")
  },
  "a hard lifetime destroys": async () => {
    const short = await Sandbox.create({ name: "short", timeoutSeconds: 2 })
    const limit = Date.now() + 20_000
    while ((await Sandbox.list()).some((info) => info.id === short.id)) assert.ok(Date.now() < limit, "still listed")
    await rejects(short.getInfo(), sdk.NotFoundError, 404)
    await rejects(Sandbox.connect(short.id), sdk.NotFoundError, 404)
  },
  "kill is final and may be repeated": async () => {
    const made = await Sandbox.create({ name: "to kill" })
    await Sandbox.killById(made.id)
    await made.kill()
    await rejects(made.getInfo(), sdk.NotFoundError, 404)
    await rejects(made.commands.run("true"), sdk.NotFoundError)
  },
  "errors have the SDK's classes": async () => {
    await rejects(Sandbox.create({ name: "" }), sdk.ValidationError, 400)
    await rejects(Sandbox.create({ name: "x", metadata: { "superserve.x": "1" } }), sdk.ValidationError, 400)
    await rejects(Sandbox.create({ name: "x", fromTemplate: "no-such-template" }), sdk.NotFoundError, 404)
    await rejects(Sandbox.create({ name: "x", apiKey: "wrong" }), sdk.AuthenticationError, 401)
    await rejects(Sandbox.connect("00000000-0000-4000-8000-000000000000"), sdk.NotFoundError, 404)
    await rejects(Sandbox.connect("not-an-id"), sdk.ValidationError, 400)
    await rejects(box.resume(), sdk.ConflictError, 409)
    await rejects(box.files.read("/no/such/file"), sdk.NotFoundError, 404)
    await rejects(box.files.write("relative", "x"), sdk.ValidationError)
    await rejects(box.files.downloadDir("/home/user/kept"), sdk.ValidationError, 400)
    await rejects(box.update({ timeoutSeconds: 1 }), sdk.ValidationError, 400)
    await rejects(run(""), sdk.ValidationError, 400)
  },
  "a signal aborts a command, which ends": async () => {
    const abort = new AbortController()
    const streamed = run("echo up; exec sleep 27182", { onStdout: () => abort.abort(), signal: abort.signal })
    await assert.rejects(streamed, (error) => /abort/i.test(error.name + error.message))
    assert.equal((await run("for i in $(seq 50); do pgrep -f 'sleep 2718[2]' >/dev/null || exit 0; sleep 0.1; done; exit 1")).exitCode, 0)
    await assert.rejects(Sandbox.list({ signal: AbortSignal.abort() }), (error) => /abort/i.test(error.name + error.message))
  },
  "templates are listed": async () => {
    const names = (await sdk.Template.list({ namePrefix: "superserve/" })).map((info) => info.name)
    assert.ok(names.includes("superserve/base"), names.join())
    const template = await sdk.Template.connect("superserve/base")
    assert.equal(template.name, "superserve/base")
    assert.equal((await template.getInfo()).status, "ready")
    await extra({ fromTemplate: template }, async (made) => assert.equal((await made.commands.run("echo t")).stdout, "t\n"))
  },
  "a preview shows what listens": async () => {
    const url = box.getPreviewUrl(8080)
    assert.equal(url, `https://8080-${box.id}.sandbox.superserve.ai`)
    await run("mkdir -p /srv/www && echo shown > /srv/www/page && cd /srv/www && (python3 -m http.server 8080 >/dev/null 2>&1 &)")
    const limit = Date.now() + 20_000
    let response
    while (!(response = await fetch(url + "/page")).ok) assert.ok(Date.now() < limit, "status " + response.status)
    assert.equal(await response.text(), "shown\n")
    assert.throws(() => box.getPreviewUrl(80), sdk.ValidationError)
  },
  "requests go to the engine alone": async () => {
    for (const host of [`boxd-${box.id}.sandbox.superserve.ai`, "usw-sandbox.superserve.ai"]) {
      assert.equal((await fetch(`https://${host}/health`)).url, process.env.SUPERSERVE_BASE_URL + "/health")
      // Made twice: the first use of a global must not be the only one that is turned.
      for (const socket of [new WebSocket(`wss://${host}/x`), new WebSocket(`wss://${host}/x`)]) {
        socket.onerror = () => {}
        assert.ok(socket.url.startsWith(process.env.SUPERSERVE_BASE_URL.replace("http", "ws")), socket.url)
      }
    }
  },
}

await runCases(cases, async () => {
  for (const info of await Sandbox.list()) await Sandbox.killById(info.id)
})
