// The rules of a screen, asked without a page: what shows when, what a clock is worth, where a text is cut, the lunar day.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { runInThisContext } from "node:vm";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
for (const name of ["screen_rules", "screen_qr"]) runInThisContext(read(`static/js/${name}.js`), { filename: `${name}.js` });
const rules = globalThis.ScreenRules;
const jsqr = createRequire(import.meta.url)("jsqr");
const words = Object.fromEntries(
  read("content/words/vi/screen.ftl")
    .split("\n")
    .map((line) => line.match(/^screen-([\w-]+) = (.*)$/))
    .filter(Boolean)
    .map(([, key, value]) => [key, value.replaceAll('{"\\u00A0"}', "\u00a0").replace(/\{ \$(\w+) \}/g, "{$1}")])
);

const at = (text) => Date.parse(`${text}+07:00`);
const NOW = at("2026-11-23T12:00:00");
const HOUR = 3_600_000;
const LIMIT = 168 * HOUR;

function item(id, more) {
  return { id, edition: 1, from: "2026-11-01T08:00:00+07:00", until: null, priority: "normal", files: [], title: id, group: "", ...more };
}

const bulletin = (...items) => ({ issued_at: "2026-11-23T11:59:00+07:00", items, articles: [] });
const ids = (found) => found.map(({ id, edition }) => `${id}${edition > 1 ? `@${edition}` : ""}`);

describe("what shows", () => {
  const ends = item("ends", { until: "2026-11-23T12:00:00+07:00" });
  const begins = item("begins", { from: "2026-11-23T12:00:00+07:00", until: "2026-11-24T00:00:00+07:00" });

  test("is what has begun and has not ended, to the instant", () => {
    const found = (now) => ids(rules.shown(bulletin(ends, begins, item("stays")), now, "sure", NOW + HOUR, LIMIT).all);
    assert.deepEqual(found(NOW - 1), ["ends", "stays"]);
    assert.deepEqual(found(NOW), ["begins", "stays"]);
    assert.deepEqual(found(at("2026-11-24T00:00:00") - 1), ["begins", "stays"]);
    assert.deepEqual(found(at("2026-11-24T00:00:00")), ["stays"]);
  });

  test("is the higher of two editions, and the earlier one until that begins", () => {
    const second = item("x", { edition: 2, from: "2026-11-23T12:00:00+07:00" });
    const both = bulletin(item("x"), second, item("y"));
    assert.deepEqual(ids(rules.shown(both, NOW - 1, "sure", NOW + HOUR, LIMIT).all), ["x", "y"]);
    assert.deepEqual(ids(rules.shown(both, NOW, "sure", NOW + HOUR, LIMIT).all), ["x@2", "y"]);
  });

  test("is told with its age when the line is silent, and after the limit only what has no end", () => {
    const held = bulletin(item("ends", { until: "2027-01-01T00:00:00+07:00" }), item("stays"));
    const found = (now) => rules.shown(held, now, "sure", NOW, LIMIT);
    assert.deepEqual([found(NOW - 1).reason, found(NOW).reason, found(NOW + LIMIT).reason, found(NOW + LIMIT + 1).reason], ["", "stale", "stale", "limit"]);
    assert.deepEqual(ids(found(NOW + LIMIT).all), ["ends", "stays"]);
    assert.deepEqual(ids(found(NOW + LIMIT + 1).all), ["stays"]);
    assert.equal(found(NOW + LIMIT + 1).hidden, 1);
  });

  test("by a clock that is not trusted is what has no end and had begun when the bulletin was issued", () => {
    const later = item("later", { from: "2026-11-23T12:30:00+07:00" });
    for (const clock of ["unset", "jumped"]) {
      const found = rules.shown(bulletin(ends, begins, later, item("stays")), NOW + HOUR, clock, NOW + HOUR, LIMIT);
      assert.deepEqual([ids(found.all), found.reason], [["stays"], "clock"]);
    }
    assert.equal(rules.shown(bulletin(ends), NOW - 1, "unproved", NOW + HOUR, LIMIT).all.length, 1);
  });

  test("is the urgent alone, and everything can be looked up", () => {
    const found = rules.shown(bulletin(item("a"), item("b", { priority: "urgent" }), item("c", { priority: "urgent" }), item("d", { priority: "new-word" })), NOW, "sure", NOW + HOUR, LIMIT);
    assert.deepEqual([ids(found.turn), ids(found.all), found.urgent], [["b", "c"], ["a", "b", "c", "d"], true]);
  });

  test("is never an error: nothing held is an empty screen", () => {
    assert.deepEqual(ids(rules.shown(null, NOW, "sure", NaN, LIMIT).all), []);
  });

  test("says when it changes next", () => {
    assert.equal(rules.shown(bulletin(ends, begins), NOW - 5, "sure", NOW + HOUR, LIMIT).next, NOW);
    assert.equal(rules.shown(bulletin(item("stays")), NOW - 5, "sure", NOW + HOUR, LIMIT).next, NOW + HOUR);
  });

  test("has no file whose own end is past, and none at all with an end by a clock that is not trusted", () => {
    const file = (until, shown_as = null) => ({ name: "a", until, shown_as });
    const holder = item("x", { files: [file(null), file("2026-11-23T12:00:00+07:00"), file(null, "https://portal/anh/1")] });
    assert.equal(rules.attachments(holder, NOW - 1, "sure").length, 2);
    assert.equal(rules.attachments(holder, NOW, "sure").length, 1);
    assert.equal(rules.attachments(holder, NOW - 1, "unset").length, 1);
  });

  test("leaves no words behind when it is over", () => {
    const held = bulletin(ends, item("stays"));
    assert.equal(rules.pruned(held, NOW - 1, "sure"), null);
    assert.deepEqual(ids(rules.pruned(held, NOW, "sure").items), ["stays"]);
    assert.equal(rules.pruned(held, NOW, "jumped"), null, "a clock that is wrong deletes nothing");
  });

  test("is grouped as the unit's board is", () => {
    const all = [item("a", { group: "Hai" }), item("b", { group: "Một" }), item("c"), item("d", { priority: "urgent", group: "Một" }), item("n", { byline: "" }), item("e", { group: "Lạ" })];
    const found = rules.groups(all, ["Một", "Hai", "Ba"], words).map((group) => [group.name, ids(group.items).join()]);
    assert.deepEqual(found, [[words.urgent, "d"], ["Một", "b"], ["Hai", "a"], ["Lạ", "e"], [words.others, "c"], [words.news, "n"]]);
  });
});

describe("a document is taken", () => {
  const document = { protocol: "bangtin/1", kind: "timestamp", unit: { code: "99001" }, series: "0193b", number: 10, content: "c", issued_at: "2026-11-23T12:00:00+07:00" };
  const held = { series: "0193b", number: 10, timestamp_at: "2026-11-23T12:00:00+07:00", bulletin_at: "2026-11-23T11:00:00+07:00" };
  const why = (change, now = NOW, of = held) => rules.refusal({ ...document, ...change }, "timestamp", "99001", of, now);

  test("only in order, of this unit, of this protocol and not from the future", () => {
    assert.equal(why({}), "");
    assert.equal(why({ number: 11, issued_at: "2026-11-23T11:59:00+07:00" }), "", "a higher number comes first");
    assert.equal(why({ number: 9 }), "replayed");
    assert.equal(why({ issued_at: "2026-11-23T11:59:59+07:00" }), "replayed");
    assert.equal(why({ series: "0193a", number: 99 }), "replayed");
    assert.equal(why({ series: "0193c", number: 1 }), "", "a later series begins lower");
    assert.equal(why({ unit: { code: "99002" } }), "wrong-unit");
    assert.equal(why({ protocol: "bangtin/2" }), "not-understood");
    assert.equal(why({ kind: "bulletin" }), "not-understood");
    assert.equal(why({ number: undefined }), "not-understood");
    assert.equal(rules.refusal(null, "timestamp", "99001", null, NOW), "not-understood");
    assert.equal(why({ issued_at: "2026-11-23T12:05:01+07:00" }), "from-the-future");
    assert.equal(why({ issued_at: "2029-11-23T12:05:01+07:00" }, NaN), "", "a clock that proves nothing refuses nothing");
  });

  test("with each item as its digest says, in canonical JSON", () => {
    assert.equal(rules.canonical({ b: [1, null, true], a: "Ơ \u2028\n\"", "ă": {} }), '{"a":"Ơ \u2028\\n\\"","b":[1,null,true],"ă":{}}');
  });

  test("again after a pause that grows and is drawn at random", () => {
    assert.deepEqual([1, 4, 20].map((failures) => rules.pause(failures, 1, 0)), [2_000, 16_000, 300_000]);
    assert.equal(rules.pause(3, 0, 0), 0);
    assert.equal(rules.pause(1, 1, 30), 32_000);
    assert.equal(rules.pause(1, 1, 7200), 2_000, "nobody is kept away for hours");
  });
});

describe("a clock", () => {
  const start = { wall: NOW, mono: 0 };
  const clock = (seen) => rules.time({ start, heard: null, known: 0, ...seen });
  const MINUTE = 60_000;

  test("that nobody has confirmed is used and said to be unproved", () => {
    assert.deepEqual(clock({ wall: NOW + HOUR, mono: HOUR }), { now: NOW + HOUR, clock: "unproved" });
  });

  test("that says an instant before what is known to have been is not set", () => {
    assert.equal(clock({ wall: 0, mono: 0, start: { wall: 0, mono: 0 } }).clock, "unset");
    assert.equal(clock({ wall: NOW, mono: 0, known: NOW + HOUR }).clock, "unset");
    assert.equal(clock({ wall: NOW, mono: 0, known: NOW + MINUTE }).clock, "unproved");
  });

  test("that moves against the one that only counts has jumped", () => {
    assert.equal(clock({ wall: NOW + 3 * HOUR, mono: HOUR }).clock, "jumped");
    assert.equal(clock({ wall: NOW - HOUR, mono: HOUR }).clock, "jumped");
  });

  test("that a signed timestamp confirms is sure", () => {
    const heard = { issued: NOW - MINUTE, wall: NOW, mono: 0 };
    assert.deepEqual(clock({ wall: NOW + 9 * HOUR, mono: 9 * HOUR, heard }), { now: NOW + 9 * HOUR, clock: "sure" });
  });

  test("that is wrong gives way to the signed instant and what was counted since", () => {
    const wrong = { wall: NOW - 100 * HOUR, mono: 0 };
    const heard = { issued: NOW, ...wrong };
    assert.deepEqual(rules.time({ start: wrong, heard, known: NOW, wall: wrong.wall + HOUR, mono: HOUR }), { now: NOW + HOUR, clock: "sure" });
  });

  test("that jumps while the line is alive is put right, and is not believed while it is silent", () => {
    const heard = { issued: NOW, wall: NOW, mono: 0 };
    assert.deepEqual(clock({ wall: NOW + 50 * HOUR, mono: MINUTE, heard }), { now: NOW + MINUTE, clock: "sure" });
    assert.equal(clock({ wall: NOW + 50 * HOUR, mono: HOUR, heard }).clock, "jumped");
  });
});

describe("a page", () => {
  test("stays as long as somebody who reads slowly needs", () => {
    assert.equal(rules.readingTime("Ba từ thôi"), 8_000);
    assert.equal(rules.readingTime("từ ".repeat(90)), 34_000);
    assert.equal(rules.readingTime("từ ".repeat(900)), 60_000);
    assert.equal(rules.syllables("  "), 0);
  });

  test("has lines that are read from where people stand", () => {
    assert.equal(rules.size(1920, 1080), 39.96);
    assert.equal(rules.size(1080, 1920), 39.96);
    assert.equal(rules.size(360, 640), 18);
  });

  const TEXT = "Câu một ở TP. Huế. Câu hai có khoản 1. và số 2. Câu ba?  “Câu bốn!” Hết";

  test("may end where a sentence ends, and not at a short form", () => {
    const ends = rules.sentences(TEXT);
    const found = ends.map((end, index) => TEXT.slice(ends[index - 1] ?? 0, end).trim());
    assert.deepEqual(found, ["Câu một ở TP. Huế.", "Câu hai có khoản 1. và số 2. Câu ba?", "“Câu bốn!”", "Hết"]);
    assert.deepEqual(rules.sentences("x"), [1]);
  });

  test("may end at a comma where a sentence is longer than any page", () => {
    const text = `${"một hai ba, ".repeat(60)}hết.`;
    const ends = rules.sentences(text);
    assert.ok(ends.length > 2 && ends.slice(0, -1).every((end) => text.slice(0, end).endsWith(", ")));
    assert.equal(ends.at(-1), text.length);
    assert.ok(rules.sentences("x".repeat(900)).length > 3, "also where there is no blank");
  });

  // A page of ten lines: a heading takes two, a sentence two, an item or a row one, and a table one more for its head.
  const COST = { heading: 2, text: 2, list: 1, table: 1, figure: 6 };
  function laid(blocks, most = 10) {
    const cost = ({ block, from, to }) => (to - from) * COST[blocks[block].kind] + (blocks[block].kind === "table" ? 1 : 0);
    const fits = (page) => page.reduce((sum, piece) => sum + cost(piece), 0) <= most;
    const found = rules.pages(blocks, fits, cost);
    const seen = found.flat().map(({ block, from, to }) => `${block}:${from}-${to}`);
    let [block, from] = [0, 0];
    for (const piece of found.flat()) {
      assert.deepEqual([piece.block, piece.from], [block, from], `nothing is lost and nothing twice: ${seen}`);
      [block, from] = piece.to === blocks[block].parts ? [block + 1, 0] : [block, piece.to];
    }
    assert.equal(block, blocks.length);
    return found.map((page) => page.map(({ block, from, to }) => `${blocks[block].kind} ${from}-${to}`).join(", "));
  }

  test("is cut between blocks first, and then within one", () => {
    assert.deepEqual(laid([{ kind: "text", parts: 3 }, { kind: "list", parts: 8 }]), ["text 0-3, list 0-4", "list 4-8"]);
    assert.deepEqual(laid([{ kind: "text", parts: 2 }, { kind: "figure", parts: 1 }, { kind: "figure", parts: 1 }]), ["text 0-2, figure 0-1", "figure 0-1"]);
  });

  test("has no heading at its foot", () => {
    assert.deepEqual(laid([{ kind: "list", parts: 8 }, { kind: "heading", parts: 1 }, { kind: "text", parts: 3 }]), ["list 0-8", "heading 0-1, text 0-3"]);
    assert.deepEqual(laid([{ kind: "list", parts: 6 }, { kind: "heading", parts: 1 }, { kind: "heading", parts: 1 }, { kind: "figure", parts: 1 }]), ["list 0-6", "heading 0-1, heading 0-1, figure 0-1"]);
  });

  test("repeats the head of a table, and leaves no row alone under it", () => {
    assert.deepEqual(laid([{ kind: "list", parts: 8 }, { kind: "table", parts: 5 }]), ["list 0-8", "table 0-5"]);
    assert.deepEqual(laid([{ kind: "table", parts: 20 }]), ["table 0-9", "table 9-18", "table 18-20"]);
  });

  test("holds what is too large for any page, and goes on", () => {
    assert.deepEqual(laid([{ kind: "heading", parts: 1 }, { kind: "figure", parts: 1 }, { kind: "text", parts: 1 }], 5), ["heading 0-1, figure 0-1", "text 0-1"]);
  });

  test("is whole whatever comes", () => {
    const kinds = Object.keys(COST);
    for (let seed = 1; seed < 400; seed += 1) {
      let state = seed;
      const draw = (below) => (state = (state * 48271) % 2147483647) % below;
      const blocks = Array.from({ length: 1 + draw(9) }, () => {
        const kind = kinds[draw(kinds.length)];
        return { kind, parts: kind === "heading" || kind === "figure" ? 1 : 1 + draw(30) };
      });
      for (const page of laid(blocks, 3 + draw(20)).slice(0, -1)) assert.ok(!/heading 0-1$/.test(page) || /^(heading 0-1(, )?)+$/.test(page), page);
    }
  });
});

describe("the lunar day", () => {
  const lunar = (day, month, year) => {
    const found = rules.lunar(day, month, year);
    return `${found.day}/${found.month}${found.leap ? "n" : ""}/${found.year}`;
  };

  test("is the Vietnamese one where the Chinese differs", () => {
    assert.equal(lunar(21, 1, 1985), "1/1/1985");
    assert.equal(lunar(17, 2, 2007), "1/1/2007");
    assert.equal(lunar(2, 2, 2030), "1/1/2030");
    assert.equal(lunar(29, 1, 1968), "1/1/1968");
  });

  test("is right in years that everybody remembers", () => {
    const known = { "10/2/2024": "1/1/2024", "29/1/2025": "1/1/2025", "17/2/2026": "1/1/2026", "6/2/2027": "1/1/2027", "26/1/2028": "1/1/2028", "13/2/2029": "1/1/2029", "9/2/2024": "30/12/2023", "27/8/2026": "15/7/2026", "25/9/2026": "15/8/2026", "26/4/2026": "10/3/2026" };
    for (const [solar, expected] of Object.entries(known)) assert.equal(lunar(...solar.split("/").map(Number)), expected, solar);
  });

  test("tells leap months", () => {
    assert.equal(lunar(22, 3, 2023), "1/2n/2023");
    assert.equal(lunar(25, 7, 2025), "1/6n/2025");
    assert.equal(lunar(23, 5, 2020), "1/4n/2020");
    assert.equal(lunar(21, 3, 1985), "1/2n/1985", "the Chinese year before had it");
  });

  test("follows the one before it on every day of a century", () => {
    let last = rules.lunar(1, 1, 1970);
    for (let day = Date.UTC(1970, 0, 2); day < Date.UTC(2070, 0, 1); day += 86_400_000) {
      const date = new Date(day);
      const found = rules.lunar(date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear());
      const isNext = found.day === last.day + 1 && found.month === last.month && found.leap === last.leap && found.year === last.year;
      const isFirst = found.day === 1 && (last.day === 29 || last.day === 30) && (found.month === (last.month % 12) + 1 || (found.leap && found.month === last.month));
      const isYear = found.year === last.year + (found.month === 1 && last.month === 12 ? 1 : 0);
      assert.ok((isNext || isFirst) && isYear, `${date.toISOString()}: ${JSON.stringify([last, found])}`);
      last = found;
    }
  });

  test("is said as people say it", () => {
    const said = (day) => rules.lunarWords(at(`${day}T12:00:00`), words).replaceAll("\u00a0", " ").toLowerCase();
    assert.equal(said("2027-02-10"), "mùng 5 tháng giêng năm đinh mùi");
    assert.equal(said("2026-08-27"), "rằm tháng bảy năm bính ngọ");
    assert.equal(said("2027-01-30"), "23 tháng chạp năm bính ngọ");
    assert.equal(said("2025-07-25"), "mùng 1 tháng sáu nhuận năm ất tỵ");
    assert.equal(said("2026-11-23"), "rằm tháng mười năm bính ngọ");
  });

  test("turns at midnight in Viet Nam", () => {
    assert.notEqual(rules.lunarWords(at("2026-11-23T23:59:59"), words), rules.lunarWords(at("2026-11-24T00:00:00"), words));
  });
});

describe("an age", () => {
  test("is told in words", () => {
    const MINUTE = 60_000;
    const said = (span) => rules.age(span, words).replaceAll("\u00a0", " ");
    assert.deepEqual([0, 59_000, 5 * MINUTE, 90 * MINUTE, 47 * HOUR, 49 * HOUR].map(said), ["vừa xong", "vừa xong", "5 phút trước", "1 giờ trước", "47 giờ trước", "2 ngày trước"]);
  });

  test("and an instant as the site writes it", () => {
    assert.equal(rules.when(at("2026-11-23T07:05:00"), NOW), "07:05");
    assert.equal(rules.when(at("2026-11-22T07:05:00"), NOW), "07:05 22/11/2026");
    assert.equal(rules.rfc3339(NOW + 123), "2026-11-23T12:00:00+07:00");
    assert.equal(rules.untilWords({ until: "2026-12-02T00:00:00+07:00" }), "01/12/2026");
    assert.equal(rules.untilWords({ until: "2026-12-19T12:00:00+07:00" }), "12:00 19/12/2026");
    assert.equal(rules.untilWords({ until: null }), "");
  });
});

describe("a QR code", () => {
  function seen(code) {
    const [quiet, scale] = [4, 4];
    const side = (code.size + 2 * quiet) * scale;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    code.modules.forEach((row, r) => row.forEach((dark, c) => {
      if (!dark) return;
      for (let y = 0; y < scale; y += 1) for (let x = 0; x < scale; x += 1) {
        const at = (((r + quiet) * scale + y) * side + (c + quiet) * scale + x) * 4;
        pixels.fill(0, at, at + 3);
      }
    }));
    return jsqr(pixels, side, side)?.data;
  }

  test("is read by others as the address it was made of, at every length it takes", () => {
    const address = "https://bangtin.huonglua.example/niem-yet/";
    for (let length = 8; length <= 213; length += 5) {
      const text = (address + "cong-khai-ngan-sach-".repeat(12)).slice(0, length);
      assert.equal(seen(globalThis.ScreenQr.make(text)), text, `${length} bytes`);
    }
    assert.equal(seen(globalThis.ScreenQr.make(`${address}a`.padEnd(213, "z"))), `${address}a`.padEnd(213, "z"));
  });

  test("is not made of what is too long for the eye of a phone", () => {
    assert.equal(globalThis.ScreenQr.make("z".repeat(214)), null);
  });

  test("is drawn dark where it is dark", () => {
    const code = globalThis.ScreenQr.make("https://portal/niem-yet/a");
    const drawn = code.modules.map((row) => row.map(() => false));
    for (const [, from, row, length] of code.path.matchAll(/M(\d+) (\d+)\.5h(\d+)/g)) drawn[row].fill(true, Number(from), Number(from) + Number(length));
    assert.deepEqual(drawn, code.modules);
  });
});

describe("a screen's scripts and its style", () => {
  // A set of 2019 has Chromium 70 and is never renewed: what it cannot read leaves its wall dark.
  const TOO_NEW = [/\?\.[\w([]/, /\?\?/, /catch \{/, /\.(replaceAll|replaceChildren|at|flat|flatMap|matchAll|fromEntries|allSettled)\(/, /\|\|=|&&=/, /\bimport[\s(]|\bexport\s/, /\d_\d{3}/, /\bstructuredClone\b/, /^\s*(static )?#\w/m];

  test("speak as old television sets do", () => {
    for (const name of ["screen", "screen_line", "screen_qr", "screen_rules", "screen_text"]) {
      const text = read(`static/js/${name}.js`).replace(/^\s*\/\/.*$/gm, "");
      for (const form of TOO_NEW) assert.ok(!form.test(text), `${name}.js: ${form.exec(text)?.[0]}`);
    }
  });

  test("ask for no length and no gap that old sets do not know", () => {
    const text = read("static/css/screen.css").replace(/\/\*[^]*?\*\//g, "");
    for (const form of [/clamp\(|min\(|max\(/, /\bgap:/, /\binset:/, /aspect-ratio/, /:is\(|:where\(|:has\(/, /\bd?[ls]v[hw]\b/]) assert.ok(!form.test(text), String(form));
  });

  test("never stop anybody with a window of their own", () => {
    for (const name of ["screen", "screen_line", "screen_text"]) assert.ok(!/\b(alert|confirm|prompt)\(|innerHTML|insertAdjacentHTML|document\.write|eval\(/.test(read(`static/js/${name}.js`)), name);
  });
});
