# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of the Python SDK, made with the libraries that it uses and to the hosts that it derives, in nothing but the environment
that `terrariumctl env` prints. The SDK itself is not needed for it."""

import asyncio
import json
import os
import sys
import time
import traceback

import httpx
import websockets

BASE = os.environ["SUPERSERVE_BASE_URL"]
KEY = {"X-API-Key": os.environ["SUPERSERVE_API_KEY"]}
SHARED = "https://sandbox.superserve.ai"
box = {}


def own_host(scheme="https"):
    return f"{scheme}://boxd-{box['id']}.sandbox.superserve.ai"


def token():
    return {"X-Access-Token": box["access_token"]}


def create():
    response = httpx.post(BASE + "/sandboxes", headers=KEY, json={"name": "bridge"}, timeout=60)
    assert response.status_code == 201, response.text
    box.update(response.json())


def command_by_host():
    response = httpx.post(own_host() + "/exec", headers=token(), json={"command": "echo $0 hello; exit 3"}, timeout=60)
    assert response.url.host == "127.0.0.1", response.url
    assert response.json()["exit_code"] == 3 and "hello" in response.json()["stdout"], response.text


def command_by_header():
    headers = {**token(), "X-Superserve-Sandbox-Id": box["id"]}
    with httpx.Client(timeout=60) as client:
        response = client.post(SHARED + "/exec", headers=headers, json={"command": "echo pooled"})
    assert response.json()["stdout"] == "pooled\n", response.text


def stream():
    body = {"command": "for i in 1 2 3; do echo $i; done"}
    with httpx.stream("POST", own_host() + "/exec/stream", headers=token(), json=body, timeout=60) as response:
        events = [json.loads(line[5:]) for line in response.iter_lines() if line.startswith("data:")]
    assert "".join(event.get("stdout", "") for event in events) == "1\n2\n3\n", events
    assert events[-1]["finished"] and events[-1]["exit_code"] == 0, events


def files():
    content = bytes(range(256)) * 1000
    where = own_host() + "/files?path=%2Fhome%2Fuser%2Fa%20b.bin"
    headers = {**token(), "Content-Type": "application/octet-stream"}
    assert httpx.post(where, headers=headers, content=content, timeout=60).status_code == 200
    assert httpx.get(where, headers=token(), timeout=60).content == content


def asynchronous_command():
    async def run():
        async with httpx.AsyncClient(timeout=60) as client:
            return await client.post(own_host() + "/exec", headers=token(), json={"command": "echo later"})

    assert asyncio.run(run()).json()["stdout"] == "later\n"


def spawn():
    async def run():
        protocols = ["superserve.exec.v1", "token." + box["access_token"]]
        async with websockets.connect(own_host("wss") + "/exec/connect", subprotocols=protocols) as socket:
            await socket.send(json.dumps({"command": "cat; exit 4"}))
            await socket.send(b"\x00through")
            await socket.send(json.dumps({"type": "stdin_close"}))
            return [message async for message in socket]

    messages = asyncio.run(run())
    assert b"".join(m[1:] for m in messages if isinstance(m, bytes) and m[0] == 1) == b"through", messages
    assert json.loads(messages[-1]) == {"exit_code": 4, "finished": True}, messages


def preview():
    command = "mkdir -p /srv/www && echo shown > /srv/www/page && cd /srv/www && (python3 -m http.server 8080 >/dev/null 2>&1 &)"
    assert httpx.post(own_host() + "/exec", headers=token(), json={"command": command}, timeout=60).json()["exit_code"] == 0
    limit = time.monotonic() + 20
    while not (response := httpx.get(f"https://8080-{box['id']}.sandbox.superserve.ai/page", timeout=20)).is_success:
        assert time.monotonic() < limit, response.text
    assert response.text == "shown\n", response.text


def kill():
    assert httpx.delete(f"{BASE}/sandboxes/{box['id']}", headers=KEY, timeout=60).status_code == 204
    assert httpx.get(f"{BASE}/sandboxes/{box['id']}", headers=KEY).status_code == 404


CASES = [create, command_by_host, command_by_header, stream, files, asynchronous_command, spawn, preview, kill]


def say(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


say({"cases": [case.__name__.replace("_", " ") for case in CASES]})
for case in CASES:
    name = case.__name__.replace("_", " ")
    try:
        case()
        say({"name": name, "ok": True})
    except Exception:
        say({"name": name, "ok": False, "problem": traceback.format_exc()})
