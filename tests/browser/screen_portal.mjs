// A portal for a screen's tests: the shell and its scripts are those of the running server; the bulletin is made and signed
// here, and the line can fail in every way in which lines fail.

import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import { base } from "./shared.mjs";

const SPKI = 12;
export const CODE = "99001";
export const PATH = `/bang-tin/${CODE}/man-hinh`;
export const LOGIN = "<!doctype html><title>Đăng nhập wifi</title><h1>Xin đăng nhập để dùng mạng</h1>";

// RFC 8785, for what stands in a bulletin.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`;
}

const sha256 = (bytes, form = "hex") => createHash("sha256").update(bytes).digest(form);
export const local = (at) => `${new Date(at + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;

export function key() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(SPKI);
  return { id: sha256(raw).slice(0, 16), public: raw.toString("base64"), sign: (bytes) => sign(null, bytes, privateKey).toString("base64"), since: local(Date.now()) };
}

export function item(slug, more = {}) {
  const of = {
    id: `https://portal.example/niem-yet/${slug}`, url: `https://portal.example/niem-yet/${slug}`, edition: 1, from: "2026-11-01T08:00:00+07:00", until: null,
    posted_at: "2026-11-01T08:00:00+07:00", title: slug, lead: "", html: "<p>Thân của văn bản.</p>", markdown: "", number: "5/TB-UBND", issuer: "UBND xã Đông Kiều",
    signer: "", type: { slug: "thong-bao", name: "Thông báo" }, group: "", priority: "normal", drill: false, sample: false, origin: null, line: "", issued: null,
    legal_basis: [], effective: null, expires: null, suspended: null, event: null, comments_from: null, comments_until: null, note: "", replaces: [], amends: [],
    corrects: [], files: [], source: null, ...more,
  };
  return { ...of, digest: sha256(canonical(of)) };
}

// `now` is the portal's clock; `mode` what the line does: "through", "captive", "broken" (500), "cut", "forged", "gone".
export async function portal(now = () => Date.now()) {
  const self = { mode: "through", items: [], articles: [], number: 1, series: "0193aaaa", unit: CODE, keys: [key()], files: {}, asked: [], shown: [], state: null, vouched: 300, known: [] };
  self.known = [self.keys[0]];
  const head = (kind, more) => ({ protocol: "bangtin/1", kind, series: self.series, number: self.number, issued_at: local(now()), fresh_until: local(now() + self.vouched * 1000), ...more });
  const content = () => sha256(canonical([self.items, self.articles]));
  const documents = {
    [`/bang-tin/${CODE}/bulletin.json`]: () => head("bulletin", { portal: { name: "Cổng thử", address: "https://portal.example" }, unit: { code: self.unit, name: "xã Đông Kiều", url: `https://portal.example/bang-tin/${CODE}` }, content: content(), horizon: local(now() + 86_400_000), items: self.items, articles: self.articles, figures: [] }),
    [`/bang-tin/${CODE}/timestamp.json`]: () => head("timestamp", { unit: { code: self.unit }, content: content() }),
    "/.well-known/bangtin.json": () => ({ ...head("portal", { name: "Cổng thử", address: "https://portal.example", ask_every_seconds: 10, most_wait_seconds: 25 }), keys: self.known.map((key) => ({ alg: "Ed25519", pem: "", until: null, endorsed_by: null, endorsement: null, revocation: null, ...key, sign: undefined })) }),
  };

  function signed(answer, document) {
    let bytes = Buffer.from(JSON.stringify(document));
    const by = self.keys.at(-1);
    const headers = { "content-type": "application/json", "bulletin-signature": `keyid="${by.id}", sig=:${by.sign(bytes)}:, address="x"`, "content-digest": `sha-256=:${sha256(bytes, "base64")}:`, etag: `"${sha256(bytes).slice(0, 32)}"` };
    if (self.mode === "forged") {
      bytes = Buffer.from(bytes.toString().replaceAll("Thân", "Giả").replace('"number":', '"number":9'));
      headers["content-digest"] = `sha-256=:${sha256(bytes, "base64")}:`;
    }
    if (self.mode === "cut") bytes = bytes.subarray(0, bytes.length / 2);
    answer.writeHead(200, headers).end(bytes);
  }

  const server = createServer(async (request, answer) => {
    const { pathname, search } = new URL(request.url, base);
    self.asked.push(pathname);
    try {
      if (self.mode === "gone") return request.socket.destroy();
      if (self.mode === "captive") return answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(LOGIN);
      if (self.mode === "broken") return answer.writeHead(500).end("broken");
      if (pathname === "/shown") {
        let body = "";
        for await (const piece of request) body += piece;
        self.shown.push(JSON.parse(body));
        return answer.writeHead(204).end();
      }
      if (pathname === "/state.json") return answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ content: self.items.length ? content() : null, now: local(now()), issued_at: local(now()), heard_at: local(now()), fresh_until: local(now() + self.vouched * 1000), clock: "sure", fault: "", pairing: null, files: Object.keys(self.files), ...self.state }));
      const digest = /^\/(?:tep|bang-tin\/\d+\/tep)\/([0-9a-f]{64})/.exec(pathname)?.[1];
      if (digest) return self.files[digest] ? answer.writeHead(200, { "content-type": "image/svg+xml" }).end(self.files[digest]) : answer.writeHead(404).end();
      if (documents[pathname]) {
        const document = documents[pathname]();
        // A long poll that is soon over: the tests wait for states and not for time.
        if (search.includes("wait=")) await new Promise((resolve) => setTimeout(resolve, 150));
        return signed(answer, document);
      }
      const real = await fetch(new URL(request.url, base), { headers: { "accept-encoding": "identity" }, redirect: "manual" });
      const kept = ["content-type", "cache-control", "content-security-policy", "service-worker-allowed", "bulletin-screen"].filter((name) => real.headers.has(name));
      let bytes = Buffer.from(await real.arrayBuffer());
      if (pathname === PATH && self.state) bytes = Buffer.from(bytes.toString().replace('data-state=""', 'data-state="/state.json"').replace('data-shown=""', 'data-shown="/shown"').replace('data-files=""', 'data-files="/tep/"').replace(/data-worker="[^"]*"/, 'data-worker=""').replace(/data-timestamp="[^"]*"/, 'data-timestamp=""'));
      answer.writeHead(real.status, Object.fromEntries(kept.map((name) => [name, real.headers.get(name)]))).end(bytes);
    } catch (error) {
      if (!answer.headersSent) answer.writeHead(502).end(String(error));
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  self.address = `http://127.0.0.1:${server.address().port}`;
  self.path = PATH;
  // What hangs from now on.
  self.hang = (...items) => {
    self.items = items;
    self.number += 1;
  };
  self.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return self;
}

// A picture, kept under its digest; `shown_as` is how the text names it.
export function picture(portal, slug) {
  const bytes = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540"><rect width="960" height="540" fill="#2e7d5b"/><circle cx="480" cy="270" r="150" fill="#e9c46a"/><!-- ${slug} --></svg>`;
  const digest = sha256(bytes);
  portal.files[digest] = bytes;
  return { name: `${slug}.svg`, title: "", url: `https://portal.example/bang-tin/${CODE}/tep/${digest}/${slug}.svg`, shown_as: `https://portal.example/anh/${slug}`, type: "image/svg+xml", bytes: bytes.length, sha256: digest, until: null };
}
