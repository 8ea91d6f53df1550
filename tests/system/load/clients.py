#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many clients of one engine at once, each with a mixture of calls; prints a JSON summary.

clients.py URL KEY CLIENTS CALLS STEADY MOVING: STEADY and MOVING are comma-separated ids of active sandboxes. Steady ones are never
paused, so that every command and file in them has to succeed; moving ones are paused and activated all the time.
"""
import http.client
import json
import random
import sys
import threading
import urllib.parse

URL, KEY = urllib.parse.urlsplit(sys.argv[1]), sys.argv[2]
CLIENTS, CALLS = int(sys.argv[3]), int(sys.argv[4])
STEADY, MOVING = sys.argv[5].split(","), sys.argv[6].split(",")
# What a transition may answer to somebody else's request.
IN_TRANSITION = {409, 503}
LISTENERS = 4


class Summary:
    def __init__(self):
        self.lock = threading.Lock()
        self.calls, self.refused, self.events, self.problems = 0, 0, 0, []

    def count(self, status):
        with self.lock:
            self.calls += 1
            self.refused += status in IN_TRANSITION

    def complain(self, text):
        with self.lock:
            if len(self.problems) < 20:
                self.problems.append(text)


class Client(threading.Thread):
    def __init__(self, number, summary, tokens):
        super().__init__()
        self.number, self.summary, self.tokens = number, summary, tokens
        self.random = random.Random(number)
        self.connection = http.client.HTTPConnection(URL.hostname, URL.port, timeout=60)
        self.left = CALLS

    def call(self, method, path, accepted, body=None, headers=None):
        self.left -= 1
        content = json.dumps(body) if isinstance(body, dict) else body
        try:
            self.connection.request(method, path, content, {"X-API-Key": KEY, **(headers or {})})
            reply = self.connection.getresponse()
            answer = reply.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.summary.complain(f"{method} {path}: {error!r}")
            return None
        self.summary.count(reply.status)
        if reply.status not in accepted:
            self.summary.complain(f"{method} {path}: {reply.status} {answer[:300]!r}")
        return answer if reply.status == 200 else None

    def data(self, sandbox):
        return {"X-Superserve-Sandbox-Id": sandbox, "X-Access-Token": self.tokens[sandbox]}

    def any_sandbox(self):
        sandbox = self.random.choice(STEADY + MOVING)
        return sandbox, {200} if sandbox in STEADY else {200} | IN_TRANSITION

    def list(self):
        query = self.random.choice(["", "?limit=2&sort=name", "?status=active", "?q=load", "?metadata.load=yes", "?offset=1&order=asc"])
        answer = self.call("GET", "/sandboxes" + query, {200})
        if answer and not isinstance(json.loads(answer), list):
            self.summary.complain("GET /sandboxes is no list")

    def get(self):
        sandbox, _ = self.any_sandbox()
        answer = self.call("GET", f"/sandboxes/{sandbox}", {200})
        if answer and json.loads(answer)["id"] != sandbox:
            self.summary.complain("GET answered for another sandbox")

    def patch(self):
        sandbox, _ = self.any_sandbox()
        metadata = {"load": "yes", f"client-{self.number % 8}": str(self.left)}
        self.call("PATCH", f"/sandboxes/{sandbox}", {204}, {"metadata": metadata})

    def exec(self):
        sandbox, accepted = self.any_sandbox()
        word = f"{self.number}-{self.left}"
        answer = self.call("POST", "/exec", accepted, {"command": f"echo {word}", "timeout_s": 60}, self.data(sandbox))
        if answer and json.loads(answer)["stdout"] != word + "\n":
            self.summary.complain(f"exec answered {answer[:200]!r} for {word}")

    def files(self):
        sandbox, accepted = self.any_sandbox()
        content = self.random.randbytes(self.random.choice([0, 1, 1000, 70000]))
        path = f"/files?path=%2Ftmp%2Fload-{self.number}"
        headers = {**self.data(sandbox), "Content-Type": "application/octet-stream"}
        if self.call("POST", path, accepted, content, headers) is None:
            return
        answer = self.call("GET", path, accepted, None, headers)
        if answer is not None and answer != content:
            self.summary.complain(f"a file of {len(content)} bytes came back with {len(answer)}")

    def look_around(self):
        self.call("GET", self.random.choice(["/health", "/templates", "/local/host"]), {200})

    def pause(self):
        self.call("POST", f"/sandboxes/{self.random.choice(MOVING)}/pause", {204} | IN_TRANSITION)

    def activate(self):
        self.call("POST", f"/sandboxes/{self.random.choice(MOVING)}/activate", {200} | IN_TRANSITION)

    def mistake(self):
        method, path, status, body = self.random.choice([
            ("POST", "/sandboxes", 400, b"{nonsense"),
            ("POST", "/sandboxes", 400, b'{"name":""}'),
            ("GET", "/sandboxes/00000000-0000-4000-8000-000000000000", 404, None),
            ("GET", "/sandboxes?limit=many", 400, None),
            ("GET", "/nothing/here", 404, None),
            ("DELETE", "/sandboxes", 405, None)])
        self.call(method, path, {status}, body)

    def run(self):
        kinds = {self.list: 40, self.get: 22, self.patch: 12, self.exec: 6, self.files: 3, self.look_around: 8, self.pause: 1,
                 self.activate: 3, self.mistake: 5}
        while self.left > 0:
            self.random.choices(list(kinds), list(kinds.values()))[0]()
        self.connection.close()


class Listener(threading.Thread):
    def __init__(self, summary):
        super().__init__(daemon=True)
        self.summary = summary
        self.connection = http.client.HTTPConnection(URL.hostname, URL.port, timeout=60)
        self.connection.request("GET", "/local/events", headers={"X-API-Key": KEY})
        self.reply = self.connection.getresponse()
        if self.reply.status != 200:
            summary.complain(f"GET /local/events: {self.reply.status}")

    def run(self):
        for line in self.reply:
            if line.startswith(b"data:"):
                json.loads(line[5:])
                with self.summary.lock:
                    self.summary.events += 1


def tokens():
    connection = http.client.HTTPConnection(URL.hostname, URL.port, timeout=60)
    found = {}
    for sandbox in STEADY + MOVING:
        connection.request("GET", f"/sandboxes/{sandbox}", headers={"X-API-Key": KEY})
        found[sandbox] = json.loads(connection.getresponse().read())["access_token"]
    return found


def main():
    summary, known = Summary(), tokens()
    for _ in range(LISTENERS):
        Listener(summary).start()
    clients = [Client(number, summary, known) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    print(json.dumps({"calls": summary.calls, "in_transition": summary.refused, "events": summary.events, "problems": summary.problems}))


main()
