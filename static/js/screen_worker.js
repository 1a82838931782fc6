// Keeps a unit's screen where the line is dead: its shell, what the shell is made of, and the pictures of its bulletin. The
// bulletin itself is not its business: the page asks, checks and keeps that (screen_line.js).
//
// Nothing is believed for having come with a 200: a network that asks for a sign-in answers everything so. The shell counts
// when it bears our mark, a part of it when it is what its version says, a picture when it is what its digest says.
"use strict";

const SCOPE = new URL(self.registration.scope).pathname;
const SHELL = "screen-1:shell:" + SCOPE;
const FILES = "screen-1:files:" + SCOPE;
// A slower network than this is as good as none, in milliseconds.
const PATIENCE = 5000;
const PART = /\/static\/[\w./-]+\?v=([0-9a-f]{8})/g;
const FILE = /\/tep\/([0-9a-f]{64})\//;

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => (byte < 16 ? "0" : "") + byte.toString(16)).join("");

async function isWhat(response, digest) {
  return hex(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer())).startsWith(digest);
}

function within(time, promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(fail, time, new Error("too slow")))]);
}

// Got and looked at; an error where it is not what it must be.
async function part(address) {
  const response = await fetch(address, { redirect: "error" });
  const digest = /v=([0-9a-f]{8})/.exec(address);
  if (response.status !== 200 || !digest || !(await isWhat(response, digest[1]))) throw new Error(address);
  return response;
}

// First all that a shell is made of, then the shell: there is never a shell that lacks something.
async function keep(shell) {
  const cache = await caches.open(SHELL);
  const wanted = Array.from(new Set((await shell.clone().text()).match(PART) || []));
  for (const address of wanted) {
    if (!(await cache.match(address))) await cache.put(address, await part(address));
  }
  await cache.put(SCOPE, shell);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (pathname !== SCOPE && wanted.indexOf(pathname + search) < 0) await cache.delete(request);
  }
}

async function fresh() {
  const response = await within(PATIENCE, fetch(SCOPE, { redirect: "error", cache: "no-cache" }));
  if (response.status !== 200 || response.headers.get("bulletin-screen") !== "1") throw new Error("not the shell");
  return response;
}

async function shell(event) {
  try {
    const response = await fresh();
    event.waitUntil(keep(response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    const kept = await (await caches.open(SHELL)).match(SCOPE);
    // With nothing kept there is nothing better than what the network says.
    return kept || fetch(event.request);
  }
}

async function fixed(event) {
  const cache = await caches.open(SHELL);
  const { pathname, search } = new URL(event.request.url);
  return (await cache.match(pathname + search)) || fetch(event.request);
}

async function file(event, digest) {
  const cache = await caches.open(FILES);
  const kept = await cache.match("/" + digest);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.status === 200) {
    if (!(await isWhat(response, digest))) return Response.error();
    event.waitUntil(cache.put("/" + digest, response.clone()));
  }
  return response;
}

self.addEventListener("install", (event) => {
  event.waitUntil(fresh().then(keep).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const isOurs = (name) => name.startsWith("screen-") && name.endsWith(":" + SCOPE);
  const old = (names) => names.filter((name) => isOurs(name) && name !== SHELL && name !== FILES);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { origin, pathname, search } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  const digest = FILE.exec(pathname);
  if (event.request.mode === "navigate" && pathname === SCOPE) event.respondWith(shell(event));
  else if (pathname.startsWith("/static/") && search.startsWith("?v=")) event.respondWith(fixed(event));
  else if (digest) event.respondWith(file(event, digest[1]));
});

// The page says which pictures its bulletin has: those are got, all others go.
self.addEventListener("message", (event) => {
  const wanted = (event.data && event.data.files) || [];
  const tidy = async () => {
    const cache = await caches.open(FILES);
    const names = wanted.map((one) => "/" + one.sha256);
    for (const request of await cache.keys()) {
      if (names.indexOf(new URL(request.url).pathname) < 0) await cache.delete(request);
    }
    for (const one of wanted) {
      if (await cache.match("/" + one.sha256)) continue;
      const response = await fetch(one.path, { redirect: "error" });
      if (response.status === 200 && (await isWhat(response, one.sha256))) await cache.put("/" + one.sha256, response);
    }
  };
  event.waitUntil(tidy().catch(() => {}));
});
