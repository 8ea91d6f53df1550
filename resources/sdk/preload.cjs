// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Loaded into Node.js by NODE_OPTIONS=--require, as `terrariumctl env` prints it. The official SDK derives the host of a sandbox by
// itself, so that commands, files and access tokens would go to the hosted service although SUPERSERVE_BASE_URL names another one.
// This sends every request for a sandbox host to the origin of SUPERSERVE_BASE_URL instead. It touches nothing else, and nothing at
// all when that variable is unset or names the hosted service.
'use strict';

const dns = require('node:dns');

const DOMAIN = '.superserve.ai';
const LOOPBACK = /^(?:127\.[0-9.]+|\[::1\]|localhost)$/;
const SANDBOX_HOST = /^(?:(boxd|[0-9]+)-([0-9a-z-]+)\.)?[a-z0-9-]*sandbox[a-z0-9-]*\.superserve\.ai$/;

// Read at each call: a program may set its environment after this module was loaded.
function engine() {
  try {
    const base = new URL(process.env.SUPERSERVE_BASE_URL.trim());
    return base.hostname.endsWith(DOMAIN) ? undefined : base;
  } catch {
    return undefined;
  }
}

// Where a request really goes, or undefined when it is none of ours. `id` is the sandbox that the host named.
function redirected(address) {
  let target;
  try {
    target = new URL(address);
  } catch {
    return undefined;
  }
  const match = SANDBOX_HOST.exec(target.hostname);
  const base = match && engine();
  if (!base) return undefined;
  const isSocket = target.protocol === 'ws:' || target.protocol === 'wss:';
  target.protocol = isSocket ? base.protocol.replace('http', 'ws') : base.protocol;
  target.host = base.host;
  // `host` leaves the port alone when the new one is the default of its scheme.
  target.port = base.port;
  if (match[1] && match[1] !== 'boxd') {
    // A preview: the engine knows it by its host name.
    target.hostname = `${match[1]}-${match[2]}.${LOOPBACK.test(base.hostname) ? 'localhost' : base.hostname}`;
    return { url: target };
  }
  target.pathname = base.pathname.replace(/\/+$/, '') + target.pathname;
  return { url: target, id: match[2] };
}

function wrapFetch(original) {
  return function fetch(input, init) {
    const isRequest = typeof Request === 'function' && input instanceof Request;
    const found = redirected(isRequest ? input.url : input);
    if (!found) return original.call(this, input, init);
    const headers = new Headers((init && init.headers) || (isRequest ? input.headers : undefined));
    if (found.id) headers.set('X-Superserve-Sandbox-Id', found.id);
    return original.call(this, isRequest ? new Request(found.url, input) : found.url, { ...init, headers });
  };
}

function wrapSocket(Original) {
  return class WebSocket extends Original {
    constructor(address, protocols) {
      const found = redirected(address);
      // The headers of a WebSocket cannot be set, so the sandbox is named in the query.
      if (found && found.id) found.url.searchParams.set('sandbox_id', found.id);
      super(found ? found.url : address, protocols);
    }
  };
}

// Node makes these globals when they are first used, and so do the wrappers: most programs need neither. Node's own getter puts what
// it made in place of itself, so the wrapper has to be put there after it.
function wrapGlobal(name, wrap) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  if (!before || !before.configurable) return;
  const settle = (value) =>
    Object.defineProperty(globalThis, name, { configurable: true, enumerable: before.enumerable, writable: true, value });
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: before.enumerable,
    get() {
      const original = before.get ? before.get.call(globalThis) : before.value;
      const wrapped = typeof original === 'function' ? wrap(original) : original;
      settle(wrapped);
      return wrapped;
    },
    set: settle,
  });
}

// Names below localhost mean this machine (RFC 6761), but not every system knows that. Previews have such names.
const lookup = dns.lookup;
dns.lookup = function (hostname, ...rest) {
  const isHere = typeof hostname === 'string' && hostname.endsWith('.localhost');
  return lookup.call(this, isHere ? '127.0.0.1' : hostname, ...rest);
};

wrapGlobal('fetch', wrapFetch);
wrapGlobal('WebSocket', wrapSocket);
