# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imported by Python at its start because PYTHONPATH names this folder, as `terrariumctl env` prints it.

The official SDK derives the host of a sandbox by itself, so that commands, files and access tokens would go to the hosted service
although SUPERSERVE_BASE_URL names another one. This sends every request for a sandbox host, made with the libraries that the SDK
uses (httpx and websockets), to the origin of SUPERSERVE_BASE_URL instead. It touches nothing else, and nothing at all when that
variable is unset or names the hosted service. A sitecustomize module that was there before still runs.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import re
import sys

_DOMAIN = ".superserve.ai"
_LOOPBACK = re.compile(r"127\.[0-9.]+|::1|localhost")
_SANDBOX_HOST = re.compile(r"(?:(boxd|[0-9]+)-([0-9a-z-]+)\.)?[a-z0-9-]*sandbox[a-z0-9-]*\.superserve\.ai")


def _redirected(address):
    """(new address, sandbox that the host named or None), or None when the request is none of ours."""
    from urllib.parse import quote, urlsplit

    try:
        target = urlsplit(address)
        base = urlsplit(os.environ.get("SUPERSERVE_BASE_URL", "").strip())
        match = _SANDBOX_HOST.fullmatch(target.hostname or "")
        if not match or not base.hostname or base.hostname.endswith(_DOMAIN):
            return None
        port = base.port
    except ValueError:
        return None
    is_socket = target.scheme in ("ws", "wss")
    scheme = base.scheme.replace("http", "ws") if is_socket else base.scheme
    kind, sandbox = match.groups()
    if kind and kind != "boxd":
        # A preview: the engine knows it by its host name.
        domain = "localhost" if _LOOPBACK.fullmatch(base.hostname) else base.hostname
        netloc = f"{kind}-{sandbox}.{domain}" + (f":{port}" if port else "")
        return target._replace(scheme=scheme, netloc=netloc).geturl(), None
    moved = target._replace(scheme=scheme, netloc=base.netloc, path=base.path.rstrip("/") + target.path)
    if is_socket and sandbox:
        # So that one way serves every library; some take no headers for a WebSocket.
        query = "sandbox_id=" + quote(sandbox)
        moved = moved._replace(query=moved.query + "&" + query if moved.query else query)
    return moved.geturl(), sandbox


def _redirect_request(httpx, request):
    found = _redirected(str(request.url))
    if found:
        request.url = httpx.URL(found[0])
        request.headers["Host"] = request.url.netloc.decode("ascii")
        if found[1]:
            request.headers["X-Superserve-Sandbox-Id"] = found[1]


def _patch_httpx(httpx):
    send, async_send = httpx.Client.send, httpx.AsyncClient.send

    def redirected_send(self, request, *args, **kwargs):
        _redirect_request(httpx, request)
        return send(self, request, *args, **kwargs)

    async def redirected_async_send(self, request, *args, **kwargs):
        _redirect_request(httpx, request)
        return await async_send(self, request, *args, **kwargs)

    httpx.Client.send, httpx.AsyncClient.send = redirected_send, redirected_async_send


def _redirect_first_argument(function, position):
    """`function` with the address among its arguments redirected, whether it is given by position or by name."""

    def redirecting(*args, **kwargs):
        if "uri" in kwargs:
            found = _redirected(kwargs["uri"])
            if found:
                kwargs["uri"] = found[0]
        elif len(args) > position:
            found = _redirected(args[position])
            if found:
                args = args[:position] + (found[0],) + args[position + 1 :]
        return function(*args, **kwargs)

    return redirecting


def _patch_connect_class(module):
    # Before version 14 a class Connect, since then a class connect.
    target = getattr(module, "Connect", None) or module.connect
    target.__init__ = _redirect_first_argument(target.__init__, 1)


def _patch_connect_function(module):
    module.connect = _redirect_first_argument(module.connect, 0)


def _patch_socket(socket):
    # Names below localhost mean this machine (RFC 6761), but not every system knows that. Previews have such names.
    getaddrinfo = socket.getaddrinfo

    def local_getaddrinfo(host, *args, **kwargs):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        is_here = isinstance(name, str) and name.endswith(".localhost")
        return getaddrinfo("127.0.0.1" if is_here else host, *args, **kwargs)

    socket.getaddrinfo = local_getaddrinfo


_PATCHES = {
    "socket": _patch_socket,
    "httpx": _patch_httpx,
    "websockets.asyncio.client": _patch_connect_class,
    "websockets.legacy.client": _patch_connect_class,
    "websockets.sync.client": _patch_connect_function,
}


class _PatchingFinder(importlib.abc.MetaPathFinder):
    """Patches a library right after it was loaded, so that programs which do not use it pay nothing."""

    def find_spec(self, name, path=None, target=None):
        patch = _PATCHES.pop(name, None)
        if not patch:
            return None
        spec = importlib.util.find_spec(name)
        if not spec or not spec.loader:
            return spec
        load = spec.loader.exec_module

        def load_and_patch(module):
            load(module)
            patch(module)

        spec.loader.exec_module = load_and_patch
        return spec


def _run_shadowed_module():
    """Runs the sitecustomize module that this one stands before."""
    here = os.path.dirname(os.path.abspath(__file__))
    others = [path for path in sys.path if os.path.abspath(path) != here]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if spec and spec.loader:
        module = importlib.util.module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


sys.meta_path.insert(0, _PatchingFinder())
_run_shadowed_module()
