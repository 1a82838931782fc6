// What a screen knows: the bulletin that it holds, how old that is, what the clock is worth, and what is wrong with the line.
// On the portal it asks, checks and keeps by itself (docs/protocol); on a device the program beside it has done so.
(function (root) {
  "use strict";

  const rules = root.ScreenRules;
  const SECOND = 1000;
  const ASK_EVERY = 10 * SECOND;
  const ASK_DEVICE = 2 * SECOND;
  // A device that has not answered for so long is dead, whatever was heard of it last.
  const DEVICE_DEAD = 20 * SECOND;
  const WAIT = 25;
  const PATIENCE = 40 * SECOND;
  const DAY = 86400 * SECOND;
  // Told at once; of the others the first in a row may be a passing weakness.
  const LOUD = { "no-answer": 2, cut: 2 };

  const subtle = root.crypto && root.crypto.subtle;
  const mono = () => performance.now();

  class Refused extends Error {
    constructor(fault, after) {
      super(fault);
      this.fault = fault;
      this.after = after || 0;
    }
  }

  async function ask(address, known, wait) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const headers = known ? { "If-None-Match": known } : {};
      const url = wait && known ? address + "?wait=" + WAIT : address;
      const response = await fetch(url, { headers: headers, cache: "no-store", redirect: "manual", credentials: "omit", signal: stop.signal });
      if (response.status >= 500 || response.status === 429) throw new Refused("no-answer", Number(response.headers.get("retry-after")) || 0);
      return { response: response, bytes: response.status === 304 ? null : await response.arrayBuffer() };
    } catch (error) {
      throw error instanceof Refused ? error : new Refused("no-answer");
    } finally {
      clearTimeout(timer);
    }
  }

  // ---- what is signed -------------------------------------------------------------------------------------------------

  const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const toHex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => (byte < 16 ? "0" : "") + byte.toString(16)).join("");
  const toBase64 = (buffer) => btoa(String.fromCharCode.apply(null, new Uint8Array(buffer)));
  const encode = (text) => new TextEncoder().encode(text);
  const sha256 = (bytes) => subtle.digest("SHA-256", bytes);

  async function verify(key, signature, bytes) {
    try {
      const imported = await subtle.importKey("raw", fromBase64(key), { name: "Ed25519" }, false, ["verify"]);
      return await subtle.verify({ name: "Ed25519" }, imported, fromBase64(signature), bytes);
    } catch (error) {
      return false;
    }
  }

  // Whether this browser can check signatures at all: a newer one, and over https or on the machine itself.
  let canVerify = null;
  function verifies() {
    if (!subtle) return Promise.resolve(false);
    const supported = () => subtle.importKey("raw", new Uint8Array(32).fill(9), { name: "Ed25519" }, false, ["verify"]).then(() => true, () => false);
    canVerify = canVerify || supported();
    return canVerify;
  }

  function told(response) {
    const header = response.headers.get("bulletin-signature") || "";
    const key = /keyid="([0-9a-f]{16})"/.exec(header);
    const signature = /sig=:([A-Za-z0-9+/=]+):/.exec(header);
    return key && signature ? { key: key[1], signature: signature[1] } : null;
  }

  async function isWhole(response, bytes) {
    const digest = /sha-256=:([A-Za-z0-9+/=]+):/.exec(response.headers.get("content-digest") || "");
    // What was packed on the line is unpacked here, and its digest with it.
    if (!digest || !subtle || response.headers.get("content-encoding")) return true;
    return toBase64(await sha256(bytes)) === digest[1];
  }

  // Protocol, §3: the keys that a key document leaves trusted, if it may be believed.
  async function learnt(pin, address) {
    const { response, bytes } = await ask(address);
    const signed = response.status === 200 ? told(response) : null;
    if (!signed) throw new Refused("not-understood");
    let document;
    try {
      document = JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      throw new Refused("not-understood");
    }
    if (document.protocol !== "bangtin/1" || document.kind !== "portal" || !Array.isArray(document.keys) || document.keys.length > 200) throw new Refused("not-understood");
    const next = { trusted: Object.assign({}, pin && pin.trusted), revoked: Object.assign({}, pin && pin.revoked), issued_at: document.issued_at, asked_at: Date.now() };
    if (pin && rules.parsed(document.issued_at) < rules.parsed(pin.issued_at)) throw new Refused("replayed");
    const sound = [];
    for (const key of document.keys) {
      const isItsOwn = toHex(await sha256(fromBase64(key.public))).slice(0, 16) === key.id;
      if (isItsOwn) sound.push(key);
    }
    // Used for the first time: the key that signs this is believed.
    if (!pin) sound.filter((key) => key.id === signed.key).forEach((key) => { next.trusted[key.id] = { public: key.public, until: key.until }; });
    for (let isMore = true; isMore;) {
      isMore = false;
      for (const key of sound) {
        const by = next.trusted[key.endorsed_by];
        if (next.trusted[key.id] || next.revoked[key.id] || !by || !key.endorsement) continue;
        if (await verify(by.public, key.endorsement, encode("bangtin-key-1\n" + key.id + "\n" + key.public + "\n" + key.since + "\n"))) {
          next.trusted[key.id] = { public: key.public, until: key.until };
          isMore = true;
        }
      }
    }
    const left = Object.assign({}, next.trusted);
    for (const key of sound) {
      const word = key.revocation;
      const by = word && word.by !== key.id ? left[word.by] : null;
      if (by && (await verify(by.public, word.signature, encode("bangtin-revocation-1\n" + key.id + "\n" + word.at + "\n")))) {
        delete next.trusted[key.id];
        next.revoked[key.id] = true;
      }
      const held = next.trusted[key.id];
      // An end only becomes earlier.
      if (held && held.public === key.public && key.until && (!held.until || rules.parsed(key.until) < rules.parsed(held.until))) held.until = key.until;
    }
    const signer = next.trusted[signed.key];
    if (!signer) throw new Refused(next.revoked[signed.key] ? "revoked-key" : "unknown-key");
    if (!(await verify(signer.public, signed.signature, bytes))) throw new Refused("bad-signature");
    return next;
  }

  // ---- what is kept ---------------------------------------------------------------------------------------------------

  // One object store: `bulletin:{code}` and `line:{code}`, written together in one transaction. Where nothing can be kept the
  // screen lives without.
  function shelf(code) {
    const opened = new Promise((resolve) => {
      try {
        const request = root.indexedDB.open("bangtin-screen", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("held");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve(null);
        request.onblocked = () => resolve(null);
      } catch (error) {
        resolve(null);
      }
    });
    const step = (mode, act) => opened.then((base) => base && new Promise((resolve) => {
      try {
        const step = base.transaction("held", mode);
        const outcome = act(step.objectStore("held"));
        step.oncomplete = () => resolve(outcome());
        step.onerror = step.onabort = () => resolve(null);
      } catch (error) {
        resolve(null);
      }
    }));
    return {
      read: () => step("readonly", (store) => {
        const found = ["bulletin", "line"].map((name) => store.get(name + ":" + code));
        return () => found.map((request) => request.result || null);
      }),
      write: (parts) => step("readwrite", (store) => {
        Object.keys(parts).forEach((name) => store.put(parts[name], name + ":" + code));
        return () => true;
      }),
    };
  }

  // ---- on the portal --------------------------------------------------------------------------------------------------

  function portal(settings) {
    const kept = shelf(settings.code);
    const start = { wall: Date.now(), mono: mono() };
    let bulletin = null;
    // `series`, `number`, `timestamp_at`, `bulletin_at`, `fresh_until`, `known`, `pin`.
    let line = null;
    let heard = null;
    let etag = "";
    let failures = 0;
    let fault = "";
    let wake = null;
    let savedAt = 0;

    const clock = () => rules.time({ wall: Date.now(), mono: mono(), start: start, heard: heard, known: line ? line.known : 0 });

    async function checked(address, kind, known, wait) {
      const { response, bytes } = await ask(address, known, wait);
      if (response.status === 304 && known) return null;
      const signed = response.status === 200 ? told(response) : null;
      if (signed && !(await isWhole(response, bytes))) throw new Refused("cut");
      if (!signed) throw new Refused("not-understood");
      let until = null;
      if (await verifies()) {
        let pin = line && line.pin;
        const isOld = pin && Date.now() - pin.asked_at > DAY;
        if (!pin || isOld || !pin.trusted[signed.key]) {
          try {
            pin = await learnt(pin, settings.keys);
            line = Object.assign({ known: 0 }, line, { pin: pin });
          } catch (error) {
            // Asked for the day's sake alone, it may fail.
            if (!pin || !pin.trusted[signed.key]) throw pin && pin.revoked[signed.key] ? new Refused("revoked-key") : error;
          }
        }
        const key = pin.trusted[signed.key];
        if (!key) throw new Refused(pin.revoked[signed.key] ? "revoked-key" : "unknown-key");
        if (!(await verify(key.public, signed.signature, bytes))) throw new Refused("bad-signature");
        until = key.until;
      }
      let document;
      try {
        document = JSON.parse(new TextDecoder().decode(bytes));
      } catch (error) {
        throw new Refused("not-understood");
      }
      const time = clock();
      const why = rules.refusal(document, kind, settings.code, line && line.series ? line : null, time.clock === "sure" ? time.now : NaN);
      if (why) throw new Refused(why);
      if (until && rules.parsed(document.issued_at) > rules.parsed(until)) throw new Refused("revoked-key");
      return { document: document, etag: response.headers.get("etag") || "" };
    }

    async function digests(found) {
      if (!subtle) return;
      for (const item of found.items.concat(found.articles || [])) {
        const { digest, ...rest } = item;
        if (toHex(await sha256(encode(rules.canonical(rest)))) !== digest) throw new Refused("bad-digest");
      }
    }

    function take(document, name) {
      const issued = rules.parsed(document.issued_at);
      const isNewer = !line || !line[name] || issued > rules.parsed(line[name]) || document.series !== line.series;
      line = Object.assign({ known: 0 }, line, { series: document.series, number: document.number, fresh_until: document.fresh_until });
      line[name] = document.issued_at;
      // Only what was not known before says what time it is: an old answer may be given again.
      if (isNewer) {
        heard = { issued: issued, wall: Date.now(), mono: mono() };
        line.known = issued;
      }
    }

    async function once() {
      const stamp = await checked(settings.timestamp, "timestamp", etag, true);
      if (stamp) {
        if (!bulletin || stamp.document.content !== bulletin.content) {
          const found = (await checked(settings.bulletin, "bulletin")).document;
          await digests(found);
          bulletin = found;
          take(found, "bulletin_at");
          savedAt = mono();
          await kept.write({ bulletin: bulletin, line: line });
        }
        etag = stamp.etag;
        if (rules.parsed(stamp.document.issued_at) >= rules.parsed(line.bulletin_at)) take(stamp.document, "timestamp_at");
      }
      // Once a minute will do, and spares the memory of cheap sets.
      if (line && (mono() - savedAt > 60 * SECOND || !savedAt)) {
        savedAt = mono();
        await kept.write({ line: line });
      }
    }

    async function run() {
      const found = await kept.read();
      if (found) {
        bulletin = found[0];
        line = found[1];
      }
      for (;;) {
        const began = mono();
        let rest;
        try {
          await once();
          failures = 0;
          fault = "";
          rest = mono() - began > 5 * SECOND ? 0 : Math.random() * ASK_EVERY;
        } catch (error) {
          failures += 1;
          const why = error instanceof Refused ? error.fault : "not-understood";
          if (failures >= (LOUD[why] || 1)) fault = why;
          etag = "";
          rest = rules.pause(failures, Math.random(), error.after);
        }
        await new Promise((resolve) => {
          wake = resolve;
          setTimeout(resolve, rest);
        });
      }
    }

    root.addEventListener("online", () => wake && wake());
    run();
    return {
      // All that a screen asks, at one instant.
      now: () => {
        const time = clock();
        const rest = rules.pruned(bulletin, time.now, time.clock);
        if (rest) {
          bulletin = rest;
          kept.write({ bulletin: bulletin });
        }
        const at = line ? Math.max(rules.parsed(line.timestamp_at) || 0, rules.parsed(line.bulletin_at) || 0) : NaN;
        return { bulletin: bulletin, now: time.now, clock: time.clock, freshUntil: line ? rules.parsed(line.fresh_until) : NaN, updatedAt: at || NaN, fault: fault, pairing: null, files: null };
      },
      tell: () => {},
    };
  }

  // ---- on a device ----------------------------------------------------------------------------------------------------

  function device(settings) {
    let bulletin = null;
    let content = null;
    let state = null;
    let at = mono();

    async function once() {
      const { response, bytes } = await ask(settings.state);
      if (response.status !== 200) throw new Refused("no-device");
      const found = JSON.parse(new TextDecoder().decode(bytes));
      state = found;
      at = mono();
      if (found.content === content) return;
      if (found.content) {
        const answer = await ask(settings.bulletin);
        if (answer.response.status !== 200) throw new Refused("no-device");
        bulletin = JSON.parse(new TextDecoder().decode(answer.bytes));
      } else bulletin = null;
      content = found.content;
    }

    async function run() {
      for (;;) {
        try {
          await once();
        } catch (error) {
          // Told below by how long it has been.
        }
        await new Promise((resolve) => setTimeout(resolve, ASK_DEVICE));
      }
    }

    run();
    return {
      now: () => {
        const isDead = mono() - at > DEVICE_DEAD;
        if (!state) return { bulletin: null, now: Date.now(), clock: "unproved", freshUntil: NaN, updatedAt: NaN, fault: isDead ? "no-device" : "", pairing: null, files: [] };
        return {
          bulletin: bulletin,
          now: rules.parsed(state.now) + (mono() - at),
          clock: state.clock,
          freshUntil: rules.parsed(state.fresh_until),
          updatedAt: rules.parsed(state.issued_at),
          fault: isDead ? "no-device" : state.fault || "",
          pairing: state.pairing,
          files: state.files || [],
        };
      },
      tell: (what) => {
        if (!settings.shown) return;
        fetch(settings.shown, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what), keepalive: true }).catch(() => {});
      },
    };
  }

  root.ScreenLine = { start: (settings) => (settings.state ? device(settings) : portal(settings)) };
})(typeof globalThis === "object" ? globalThis : self);
