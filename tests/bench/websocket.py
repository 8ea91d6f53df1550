# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of a WebSocket client as the benchmark needs."""
import base64
import json
import os
import socket
import struct

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class WebSocket:
    def __init__(self, port, path, headers):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                 "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode()]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.reader = self.socket.makefile("rb", buffering=1 << 20)
        status = self.reader.readline()
        if b" 101 " not in status:
            raise RuntimeError(f"no WebSocket: {status}")
        while self.reader.readline().strip():
            pass

    def send(self, kind, payload):
        # A mask of zeros is a mask, and saves this client the work.
        length = len(payload)
        size = bytes([0x80 | length]) if length < 126 else b"\xfe" + struct.pack(">H", length) if length < 65536 else b"\xff" + struct.pack(">Q", length)
        self.socket.sendall(bytes([0x80 | kind]) + size + b"\0\0\0\0" + payload)

    def receive(self):
        """The next message: its kind and payload."""
        message, kind = b"", None
        while True:
            first, length = self.reader.read(2)
            if length >= 126:
                length = struct.unpack(">H", self.reader.read(2))[0] if length == 126 else struct.unpack(">Q", self.reader.read(8))[0]
            payload = self.reader.read(length)
            if first & 15 == PING:
                self.send(PONG, payload)
                continue
            kind = kind or first & 15
            message += payload
            if first & 0x80:
                return kind, message

    def close(self):
        self.reader.close()
        self.socket.close()


class Command:
    """A command behind /exec/connect, with pipes."""

    def __init__(self, port, box, command):
        self.web = WebSocket(port, "/exec/connect", {"X-Superserve-Sandbox-Id": box["id"], "X-Access-Token": box["access_token"],
                                                     "Sec-WebSocket-Protocol": "superserve.exec.v1"})
        self.web.send(TEXT, json.dumps({"command": command}).encode())

    def write(self, data):
        self.web.send(BINARY, b"\0" + data)

    def close_input(self):
        self.web.send(TEXT, b'{"type": "stdin_close"}')

    def read(self):
        """Bytes of stdout; None when the command has ended."""
        while True:
            kind, payload = self.web.receive()
            if kind == BINARY and payload[:1] == b"\1":
                return payload[1:]
            if kind == TEXT:
                self.web.close()
                return None
