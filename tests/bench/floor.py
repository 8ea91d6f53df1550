# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floor that the engine is compared with: a bare script that copies the same RAM file, starts the same QEMU command, loads the same
snapshot over QMP and waits for the agent's first byte. No database, no HTTP, no confinement beyond QEMU's own."""
import array
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import tempfile
import time

MARK = bytes([0xF5, 0xD4, 0xB2, 0xE9, 0xFF, 0x9C, 0xC1, 0xA7, 0xFB, 0x83, 0xD6, 0xEE, 0x90, 0xBD, 0xF8, 0xCB])


def frame(message):
    """One message in the framing of backend/guest/agentprotocol.h."""
    return b"TRAG" + struct.pack("<I", len(message)) + message + b"\n"


def field(number, payload):
    """A length-delimited protobuf field of at most 127 bytes."""
    return bytes([number << 3 | 2, len(payload)]) + payload


# The tag of GuestFrame.exit in agent.proto: how a command ended.
EXIT_TAG = b"\x42"
HELLO = MARK + frame(field(2, b"\x08\x01" + b"\x11" + os.urandom(8)))


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def exec_frame(stream, command, stdin=False):
    """HostFrame{stream, exec{command, open_stdin}} of agent.proto."""
    return frame(b"\x08" + bytes([stream]) + field(8, field(1, command) + (b"\x38\x01" if stdin else b"")))


def data_frame(stream, data):
    return frame(b"\x08" + bytes([stream]) + b"\x6a" + varint(len(data)) + data)


def end_frame(stream):
    return frame(b"\x08" + bytes([stream]) + field(14, b""))


def credit_frame(stream, count):
    return frame(b"\x08" + bytes([stream]) + b"\x88\x01" + varint(count))


# Numbers in GuestFrame, and how much may be under way (agentprotocol.h).
OUTPUT, EXIT, CREDIT = 7, 8, 9
WINDOW, CHUNK = 256 * 1024, 32 * 1024


class Recipe:
    """How QEMU was started for a sandbox that runs: its arguments and what its inherited descriptors are."""

    def __init__(self, pid):
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            self.arguments = [part.decode() for part in file.read().split(b"\0")[:-1]]
        self.directory = os.readlink(f"/proc/{pid}/cwd")
        text = "\n".join(self.arguments)
        # QEMU keeps copies of these under other numbers; which file each is stands in the snapshot's manifest.
        self.layer_numbers = sorted(int(n) for n in re.findall(r"^fd=(\d+),set=", text, re.M))
        self.servers = {name: int(n) for name, n in re.findall(r"socket,id=(\w+),fd=(\d+)", text)}
        self.nic = int(re.search(r"local\.str=(\d+)", text).group(1))
        self.ram = re.search(r"mem-path=([^,\n]+)", text).group(1)
        overlay = [json.loads(a) for a in self.arguments if a.startswith("{") and '"filename"' in a]
        self.overlay = [o["filename"] for o in overlay if not o["filename"].startswith("/dev/fdset")][0]


def sparse_copy(source, target):
    """Copies only what is allocated. Bytes copied."""
    copied = 0
    with open(source, "rb") as src, open(target, "wb") as dst:
        size = os.fstat(src.fileno()).st_size
        dst.truncate(size)
        position = 0
        while position < size:
            try:
                start = os.lseek(src.fileno(), position, os.SEEK_DATA)
            except OSError:
                break
            end = os.lseek(src.fileno(), start, os.SEEK_HOLE)
            offset = start
            while offset < end:
                done = os.copy_file_range(src.fileno(), dst.fileno(), end - offset, offset, offset)
                offset += done
                copied += done
            position = end
    return copied


class Qmp:
    def __init__(self, connection):
        self.connection = connection
        self.lines = connection.makefile("rb")
        self.next()
        self.command("qmp_capabilities")

    def next(self):
        return json.loads(self.lines.readline())

    def command(self, name, arguments=None, descriptor=None):
        request = {"execute": name}
        if arguments is not None:
            request["arguments"] = arguments
        extra = [] if descriptor is None else [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [descriptor]))]
        self.connection.sendmsg([json.dumps(request).encode() + b"\n"], extra)
        while True:
            reply = self.next()
            if "return" in reply:
                return reply["return"]
            if "error" in reply:
                raise RuntimeError(f"{name}: {reply['error']}")

    def wait_for_status(self, wanted):
        while True:
            status = self.command("query-migrate").get("status")
            if status == wanted:
                return
            if status == "failed":
                raise RuntimeError("migration failed")
            time.sleep(0.001)


class BareMachine:
    """One run of the floor."""

    def __init__(self, recipe, snapshot):
        self.directory = tempfile.mkdtemp(prefix="floor-", dir=os.path.dirname(recipe.directory))
        self.recipe = recipe
        self.snapshot = snapshot
        self.process = None
        overlay_size = "4G"
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", os.path.join(self.directory, recipe.overlay), overlay_size], check=True)

    def copy_ram(self):
        sparse_copy(os.path.join(self.snapshot, "ram"), os.path.join(self.directory, self.recipe.ram))

    def start(self):
        wanted, self.keep = {}, []
        for name, number in self.recipe.servers.items():
            server = socket.socket(socket.AF_UNIX)
            server.bind(os.path.join(self.directory, name))
            server.listen(1)
            wanted[number] = server.fileno()
            self.keep.append(server)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.keep += [ours, theirs]
        wanted[self.recipe.nic] = theirs.fileno()
        with open(os.path.join(self.snapshot, "manifest.json")) as manifest:
            layers = [layer["name"] if isinstance(layer, dict) else layer for layer in json.load(manifest)["layers"]]
        folder = os.path.join(os.path.dirname(os.path.dirname(self.snapshot)), "layers")
        for number, layer in zip(self.recipe.layer_numbers, layers, strict=True):
            file = open(os.path.join(folder, layer), "rb")
            self.keep.append(file)
            wanted[number] = file.fileno()
        # Out of the way of the numbers that QEMU expects.
        moved = {number: os.dup2(source, 200 + number, inheritable=True) for number, source in wanted.items()}

        def place():
            for number, source in moved.items():
                os.dup2(source, number)
            for source in moved.values():
                os.close(source)

        log = open(os.path.join(self.directory, "log"), "wb")
        self.process = subprocess.Popen(self.recipe.arguments, executable=shutil.which("qemu-system-x86_64"), cwd=self.directory, close_fds=False,
                                        preexec_fn=place, stdout=log, stderr=log)
        for source in moved.values():
            os.close(source)
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.path.join(self.directory, "qmp"))
        self.qmp = Qmp(connection)

    def load(self):
        self.qmp.command("migrate-set-capabilities", {"capabilities": [{"capability": "x-ignore-shared", "state": True}]})
        with open(os.path.join(self.snapshot, "state"), "rb") as state:
            self.qmp.command("getfd", {"fdname": "state"}, state.fileno())
        self.qmp.command("migrate-incoming", {"uri": "fd:state"})
        self.qmp.wait_for_status("completed")

    def wait_for_agent(self):
        self.qmp.command("cont")
        self.agent = socket.socket(socket.AF_UNIX)
        self.agent.connect(os.path.join(self.directory, "agent"))
        self.agent.settimeout(0.03)
        for _ in range(1000):
            self.agent.sendall(HELLO)
            try:
                if self.agent.recv(65536):
                    self.agent.settimeout(10)
                    return
            except socket.timeout:
                continue
        raise RuntimeError("the agent did not answer")

    def stop_and_save(self):
        """What a pause cannot do without: stand still, write the device state."""
        self.qmp.command("stop")
        self.qmp.command("migrate-set-capabilities", {"capabilities": [{"capability": "x-ignore-shared", "state": True}]})
        with open(os.path.join(self.directory, "saved"), "wb") as state:
            self.qmp.command("getfd", {"fdname": "out"}, state.fileno())
            self.qmp.command("migrate", {"uri": "fd:out"})
            self.qmp.wait_for_status("completed")
            state.flush()
        ram = os.open(os.path.join(self.directory, self.recipe.ram), os.O_RDWR)
        began = time.perf_counter()
        os.fsync(ram)
        self.fsync_seconds = time.perf_counter() - began
        os.close(ram)

    def exec_round_trip(self, stream):
        """Seconds from asking for /bin/true to the first frame that ends it."""
        began = time.perf_counter()
        self.agent.sendall(exec_frame(stream, b"/bin/true"))
        received = b""
        # The exit frame comes last; started and exit may share one read.
        while received.count(b"TRAG") < 1 or not self.has_exit(received):
            received += self.agent.recv(65536)
        return time.perf_counter() - began

    def frames(self):
        """(number, payload) of each frame that comes, whatever its stream."""
        buffer = bytearray()
        while True:
            # What was read before may have ended within a frame: a guest that answers late answers several greetings.
            if not buffer.startswith(b"TRAG"):
                start = buffer.find(b"TRAG")
                del buffer[:start if start >= 0 else max(0, len(buffer) - 3)]
            while len(buffer) >= 8 and len(buffer) >= 9 + (length := struct.unpack_from("<I", buffer, 4)[0]):
                yield self.body_of(bytes(buffer[8:8 + length]))
                del buffer[:9 + length]
            buffer += self.agent.recv(1 << 20)

    @staticmethod
    def body_of(message):
        position, result = 0, (0, b"")

        def number():
            nonlocal position
            value = shift = 0
            while True:
                byte = message[position]
                position += 1
                value |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    return value

        while position < len(message):
            tag = number()
            if tag & 7 == 0:
                value = number()
                if tag >> 3 != 1:
                    result = (tag >> 3, value)
                continue
            length = number()
            result = (tag >> 3, message[position:position + length])
            position += length
        return result

    def echo_times(self, stream, rounds):
        """Seconds from a line on stdin of `cat` until it comes back, each time."""
        self.agent.sendall(exec_frame(stream, b"exec cat", stdin=True))
        frames, times = self.frames(), []
        for _ in range(rounds):
            began = time.perf_counter()
            self.agent.sendall(data_frame(stream, b"x\n"))
            while next(frames)[0] != OUTPUT:
                pass
            times.append(time.perf_counter() - began)
        self.agent.sendall(end_frame(stream))
        while next(frames)[0] != EXIT:
            pass
        return times

    def pump_out(self, stream, size):
        """Seconds for that many bytes of a command's stdout."""
        began = time.perf_counter()
        self.agent.sendall(exec_frame(stream, b"head -c %d /dev/zero" % size))
        for number, payload in self.frames():
            if number == OUTPUT:
                self.agent.sendall(credit_frame(stream, len(self.body_of(payload)[1])))
            if number == EXIT:
                return time.perf_counter() - began

    def pump_in(self, stream, size):
        """Seconds for that many bytes to a command's stdin."""
        began = time.perf_counter()
        self.agent.sendall(exec_frame(stream, b"cat > /dev/null", stdin=True))
        frames, window, left, chunk = self.frames(), WINDOW, size, bytes(CHUNK)
        while left > 0:
            while window < CHUNK:
                number, value = next(frames)
                window += value if number == CREDIT else 0
            self.agent.sendall(data_frame(stream, chunk))
            window -= CHUNK
            left -= CHUNK
        self.agent.sendall(end_frame(stream))
        while next(frames)[0] != EXIT:
            pass
        return time.perf_counter() - began

    @staticmethod
    def has_exit(received):
        position, last = 0, b""
        while (position := received.find(b"TRAG", position)) >= 0:
            length = struct.unpack("<I", received[position + 4:position + 8])[0]
            if len(received) < position + 8 + length + 1:
                return False
            last = received[position + 8:position + 8 + length]
            position += 8 + length
        return EXIT_TAG in last

    def end(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        for item in getattr(self, "keep", []):
            item.close()
        shutil.rmtree(self.directory, ignore_errors=True)
