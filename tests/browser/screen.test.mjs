// A unit's board on a screen, in a real browser: what shows and how large, alone or in turn, with the line and without it,
// and for whoever stands before it. The line is a stand-in portal (screen_portal.mjs), so that it can fail as lines do.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { base, none, visitor } from "./shared.mjs";
import { CODE, LOGIN, PATH, item, key, local, picture, portal } from "./screen_portal.mjs";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WIDE = { viewport: { width: 1920, height: 1080 }, serviceWorkers: "block" };
const TALL = { viewport: { width: 1080, height: 1920 }, serviceWorkers: "block" };
const LAPTOP = { viewport: { width: 1366, height: 768 }, serviceWorkers: "block" };
const PHONE = { viewport: { width: 360, height: 740 }, serviceWorkers: "block" };
const SIZES = { WIDE, TALL, LAPTOP, TABLET: { viewport: { width: 1280, height: 800 }, serviceWorkers: "block" } };
const HOUR = 3_600_000;

const sentence = "Ủy ban nhân dân xã Đông Kiều thông báo đến toàn thể bà con về việc nạo vét kênh mương trước vụ đông xuân. ";
const LONG = Array.from({ length: 8 }, (_, i) => `<h2>${i + 1}. Mục</h2><p>${sentence.repeat(3)}</p><ul><li>${sentence}</li><li>Thôn Hạ</li></ul>`).join("");
const rows = (count) => Array.from({ length: count }, (_, i) => `<tr><td>Xã thứ ${i + 1}</td><td>Ngày ${i + 1} hằng tháng</td><td>Trụ sở xã</td><td class="right">1.25${i % 10}.000</td></tr>`).join("");
const TABLE = `<figure><figcaption>Lịch</figcaption><div class="table"><table><thead><tr><th scope="col">Xã</th><th scope="col">Ngày</th><th scope="col">Nơi</th><th scope="col" class="right">Số tiền</th></tr></thead><tbody>${rows(40)}</tbody></table></div></figure>`;

// A screen before a portal of its own, with its first text in sight.
async function screen(options, set, look) {
  const line = await portal(options.now);
  try {
    await set(line);
    await visitor(options, async (page, context) => {
      const faults = [];
      page.on("pageerror", (error) => faults.push(error.stack));
      page.on("console", (message) => message.type() === "error" && !/Failed to load resource|violates the following Content Security Policy/.test(message.text()) && faults.push(message.text()));
      await page.goto(line.address + PATH);
      await look(page, line, context);
      none(faults, "the screen said");
    });
  } finally {
    line.close();
  }
}

const titled = (page, title) => page.locator(".sheet:not(.is-measured):not(.is-going) .title", { hasText: title }).first().waitFor();
const notice = (page, text) => page.locator("#notice:not([hidden])", { hasText: text }).waitFor();
const calm = (page, text) => page.locator(".calm", { hasText: text }).waitFor();
const height = (locator) => locator.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
const where = (page, text) => page.waitForFunction((text) => document.getElementById("where").textContent.replace(/\u00a0/g, " ").includes(text), text);

// What is cut off, lies over something else, or leaves the window.
function crowded(page) {
  return page.evaluate(() => {
    const found = [];
    const isShown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
    const name = (element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 40)}”`;
    for (const element of document.querySelectorAll("h1, .top-time p, .title, .words, .words > *, .facts, .facts dd, .qr, .tags, #notice, .foot-state, .foot-controls button, .calm > *, th, td")) {
      if (!isShown(element) || element.closest(".is-measured, .is-going")) continue;
      const box = element.getBoundingClientRect();
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`outside: ${name(element)}`);
      // The whole title stands on the first page; on the others it is a reminder.
      const isClipping = getComputedStyle(element).overflow !== "visible" && !element.matches(".is-later .title");
      if (isClipping && (element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2)) found.push(`cut: ${name(element)}`);
      const words = element.closest(".words");
      if (words && element !== words && box.bottom > words.getBoundingClientRect().bottom + 2) found.push(`cut: ${name(element)}`);
    }
    const parts = [".title", ".tags", ".words", ".facts", ".qr", "#notice", ".foot-row", ".top"].map((part) => [part, [...document.querySelectorAll(part)].find((one) => isShown(one) && !one.closest(".is-measured, .is-going"))]);
    for (const [one, a] of parts) {
      for (const [other, b] of parts) {
        if (!a || !b || one >= other) continue;
        const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
        if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1) found.push(`${one} lies over ${other}`);
      }
    }
    return found;
  });
}

async function sound(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  none(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), "axe");
}

const KINDS = {
  short: item("ngan", { title: "Họp thôn tối thứ Bảy", line: "Mang theo sổ hộ." }),
  long: item("dai", { title: "Kế hoạch nạo vét kênh mương nội đồng trước vụ đông xuân 2026–2027 trên địa bàn xã Đông Kiều, tỉnh Hương Lúa", lead: sentence, html: LONG, sample: true, issuer: "Sở Nông nghiệp và Môi trường tỉnh Hương Lúa (mẫu)", until: "2027-12-19T12:00:00+07:00", origin: { code: "99", name: "tỉnh Hương Lúa", rule: "below", text: "của tỉnh Hương Lúa, gửi mọi xã, phường" } }),
  table: item("bang", { title: "Lịch giao dịch cố định năm 2027", html: `<p>${sentence}</p>${TABLE}` }),
  urgent: item("khan", { title: "Xả lũ hồ Kiều: bà con vùng thấp di dời trước 17 giờ", html: `<p>${sentence}</p>`, priority: "urgent", drill: true }),
};

describe("a text on a screen", () => {
  for (const [size, options] of Object.entries(SIZES)) {
    test(`is whole on every page, and nothing lies over anything (${size})`, async () => {
      for (const kind of Object.values(KINDS)) {
        await screen(options, (line) => line.hang(kind), async (page) => {
          await titled(page, kind.title);
          const count = Number((await page.locator("#where").textContent()).split("/").pop());
          for (let number = 1; number <= Math.min(count, 6); number += 1) {
            await where(page, `Trang ${number}/`);
            none(await crowded(page), `${kind.title}, page ${number}`);
            await page.keyboard.press("ArrowRight");
          }
        });
      }
    });
  }

  test("is read from four metres on a television set, lying or standing", async () => {
    for (const options of [WIDE, TALL]) {
      await screen(options, (line) => line.hang(KINDS.long), async (page) => {
        await titled(page, "Kế hoạch");
        assert.ok((await height(page.locator(".words p").first())) >= 38);
        assert.ok((await height(page.locator(".title").first())) >= 60);
        assert.ok((await height(page.locator("#clock"))) >= 90);
        assert.ok((await height(page.locator("#updated"))) >= 28);
        const lines = await page.locator(".words p").first().evaluate((one) => parseFloat(getComputedStyle(one).lineHeight) / parseFloat(getComputedStyle(one).fontSize));
        assert.ok(lines >= 1.45, "marks stand above marks");
      });
    }
  });

  test("loses no word and no row between its pages", () =>
    screen(WIDE, (line) => line.hang(KINDS.table, KINDS.long), async (page) => {
      for (const [title, html] of [["Lịch giao dịch", KINDS.table.html], ["Kế hoạch", LONG]]) {
        await titled(page, title);
        const count = Number((await page.locator("#where").textContent()).split("/").pop());
        let seen = "";
        for (let number = 1; number <= count; number += 1) {
          await where(page, `Trang ${number}/${count}`);
          const part = page.locator(".sheet:not(.is-measured) .words");
          if (title === "Lịch giao dịch" && number > 1) assert.equal(await part.locator("thead th").count(), 4, "the head stands on every page");
          assert.ok(!/^H\d$/.test(await part.evaluate((box) => box.lastElementChild.tagName)), "no heading at the foot");
          seen += await part.evaluate((box) => [...box.querySelectorAll("td, p, li, h3")].map((one) => one.textContent).join(" "));
          await page.keyboard.press("ArrowRight");
        }
        const words = (text) => text.replace(/<[^>]+>/g, " ").replace(/\s+/g, "");
        const all = words(seen);
        for (const piece of html.match(/>[^<]+</g).map((one) => words(one.slice(1, -1))).filter((one) => one.length > 4 && !/^(Ngày|SốTiền|Lịch|Nơi|Sốtiền)/.test(one))) assert.ok(all.includes(piece), piece);
      }
    }));

  test("says that it is an exercise or a sample, and leads to the telephone", () =>
    screen(WIDE, (line) => line.hang(item("mau", { sample: true, drill: true, priority: "urgent", files: [{ name: "a.pdf", title: "", url: "https://portal.example/a", shown_as: null, type: "application/pdf", bytes: 1, sha256: "0".repeat(64), until: null }] })), async (page) => {
      await titled(page, "mau");
      const said = await page.locator(".tags").innerText();
      assert.match(said, /DIỄN TẬP/);
      assert.match(said, /Dữ liệu mẫu/);
      assert.match(await page.locator(".qr").innerText(), /1.tệp kèm theo/);
      assert.equal(await page.locator(".qr svg").getAttribute("aria-label"), `${await page.locator(".qr figcaption").textContent()}: https://portal.example/niem-yet/mau`);
    }));

  test("brings no script, no frame and no link to a wall, whatever it holds", () =>
    screen(WIDE, (line) => line.hang(item("xau", { html: `<script>window.broken = 1</script><img src="x" onerror="window.broken=1"><iframe src="https://x.example"></iframe><p onclick="window.broken=1" style="color:red">Xem <a href="https://x.example/a">trang này</a><a href="javascript:window.broken=1">.</a></p><form><input></form>` })), async (page) => {
      await titled(page, "xau");
      const words = page.locator(".sheet:not(.is-measured) .words");
      assert.equal(await words.locator("a, script, iframe, input, form, [onclick], [style]").count(), 0);
      assert.match(await words.innerText(), /Xem trang này \(x\.example\/a\)/);
      assert.equal(await page.evaluate(() => window.broken), undefined);
    }));

  test("shows its pictures, and their words where they do not come", () =>
    screen(WIDE, (line) => line.hang(item("anh", { html: '<p><img src="https://portal.example/anh/mot" alt="Bản đồ"></p><h2>Sau</h2><p><img src="https://portal.example/anh/hai" alt="Sơ đồ"></p>', files: [picture(line, "mot"), { ...picture(line, "hai"), sha256: "0".repeat(64), url: `https://portal.example/bang-tin/${CODE}/tep/${"0".repeat(64)}/hai.svg` }] })), async (page) => {
      await titled(page, "anh");
      await page.locator(".sheet:not(.is-measured) .words img").waitFor();
      assert.ok(await page.locator(".sheet:not(.is-measured) .words img").evaluate((image) => image.naturalWidth > 0));
      await page.keyboard.press("ArrowRight");
      await page.locator(".sheet:not(.is-measured) .words", { hasText: "Ảnh: Sơ đồ" }).waitFor();
    }));

  test("urgent takes all of the screen, alone, as soon as it is heard", () =>
    screen(WIDE, (line) => line.hang(KINDS.short, item("khac", { title: "Việc khác" })), async (page, line) => {
      await titled(page, "Họp thôn");
      line.hang(KINDS.short, KINDS.urgent);
      await titled(page, "Xả lũ");
      assert.equal(await page.locator(".sheet:not(.is-going):not(.is-measured)").count(), 1);
      await page.keyboard.press("ArrowDown");
      await titled(page, "Xả lũ");
      await sound(page);
      line.hang(KINDS.short);
      await titled(page, "Họp thôn");
    }));

  test("is never an empty screen", () =>
    screen(WIDE, (line) => line.hang(), async (page, line) => {
      await calm(page, "Hiện không có văn bản nào đang niêm yết.");
      assert.match(await page.locator(".calm").innerText(), /Bảng tin xã Đông Kiều/);
      assert.match(await page.locator("#clock").innerText(), /^\d\d:\d\d$/);
      none(await crowded(page), "nothing");
      await sound(page);
      line.hang(KINDS.short);
      await titled(page, "Họp thôn");
    }));
});

describe("a screen by itself", () => {
  const start = Date.parse("2026-11-23T12:00:00+07:00");

  // One clock for the page and its portal.
  async function timed(set, look) {
    let now = start;
    await screen({ ...WIDE, now: () => now }, set, async (page, line) => {
      await page.clock.install({ time: start });
      await page.goto(line.address + PATH);
      await look(page, line, async (span) => {
        // In steps, so that no beat of the screen is left out.
        for (let left = span; left > 0; left -= 10_000) {
          now += Math.min(left, 10_000);
          await page.clock.runFor(Math.min(left, 10_000));
        }
      });
    });
  }

  test("turns its pages when they are read, from text to text and round again", () =>
    timed((line) => line.hang(KINDS.short, item("hai", { title: "Văn bản hai" })), async (page, line, pass) => {
      await page.clock.runFor(1000);
      await titled(page, "Họp thôn");
      await pass(20_000);
      await titled(page, "Văn bản hai");
      await pass(20_000);
      await titled(page, "Họp thôn");
    }));

  test("takes a text down by its own clock when its end has come and the line is dead", () =>
    timed((line) => line.hang(item("het", { title: "Sắp hết", until: local(start + HOUR) }), item("con", { title: "Còn mãi" })), async (page, line, pass) => {
      await page.clock.runFor(1000);
      await titled(page, "Sắp hết");
      line.mode = "gone";
      await page.clock.fastForward(HOUR - 60_000);
      await pass(50_000);
      await page.keyboard.press("ArrowDown");
      await pass(70_000);
      await titled(page, "Còn mãi");
      await pass(40_000);
      assert.equal(await page.getByText("Sắp hết").count(), 0);
      await notice(page, "Nội dung có thể đã cũ");
      await page.clock.fastForward(8 * 24 * HOUR);
      await page.clock.runFor(2000);
      await notice(page, "Chỉ hiện văn bản không ghi ngày kết thúc");
      await titled(page, "Còn mãi");
    }));

  test("believes no clock that was moved while the line is dead", () =>
    timed((line) => line.hang(item("het", { title: "Có ngày hết", until: local(start + 48 * HOUR) }), item("con", { title: "Còn mãi" })), async (page, line) => {
      await page.clock.runFor(1000);
      await titled(page, "Có ngày hết");
      line.mode = "gone";
      await page.clock.fastForward(HOUR / 6);
      await page.clock.setSystemTime(start + 5 * HOUR);
      await page.clock.runFor(2000);
      await titled(page, "Còn mãi");
      await notice(page, "Đồng hồ vừa bị đổi");
      assert.equal(await page.getByText("Có ngày hết").count(), 0);
    }));

  test("moves nothing where motion is not wanted, and fades where it is", () =>
    screen({ ...WIDE, reducedMotion: "no-preference" }, (line) => line.hang(KINDS.short, KINDS.table), async (page) => {
      await titled(page, "Họp thôn");
      const coming = () => page.locator(".sheet:not(.is-measured):not(.is-going)").evaluate((sheet) => getComputedStyle(sheet).animationName);
      await page.keyboard.press("ArrowDown");
      await titled(page, "Lịch giao dịch");
      assert.equal(await coming(), "come");
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.keyboard.press("ArrowDown");
      await titled(page, "Họp thôn");
      assert.equal(await coming(), "none");
    }));
});

describe("a line that fails", () => {
  // Its pauses are drawn at random and grow: whoever is told that the network is back asks at once.
  const impatient = (page) => page.evaluate(() => setInterval(() => dispatchEvent(new Event("online")), 200));

  for (const [mode, word] of [["captive", "Nơi trả lời không phải cổng thông tin"], ["broken", "cổng thông tin không trả lời"], ["gone", "cổng thông tin không trả lời"], ["cut", "ngắt giữa chừng"], ["forged", "không đúng chữ ký"]]) {
    test(`leaves the last good bulletin with a word: ${mode}`, () =>
      screen(WIDE, (line) => line.hang(KINDS.short), async (page, line) => {
        await titled(page, "Họp thôn");
        await impatient(page);
        line.mode = mode;
        line.hang(item("moi", { title: "Văn bản mới" }));
        await notice(page, word);
        assert.equal(await page.getByText("Văn bản mới").count(), 0);
        assert.equal(await page.getByText("Xin đăng nhập").count(), 0);
        await titled(page, "Họp thôn");
        line.mode = "through";
        await titled(page, "Văn bản mới");
        await page.locator("#notice").waitFor({ state: "hidden" });
      }));
  }

  test("is told from a bulletin of another unit, an older one, and one that is signed by a stranger", () =>
    screen(WIDE, (line) => line.hang(KINDS.short), async (page, line) => {
      await titled(page, "Họp thôn");
      await impatient(page);
      line.unit = "99002";
      line.hang(item("la", { title: "Xã khác" }));
      await notice(page, "của đơn vị khác");
      line.unit = CODE;
      line.number = 1;
      await notice(page, "cũ hơn bản đang giữ");
      line.number = 9;
      const first = line.keys;
      line.keys = [key()];
      line.known = [...line.keys];
      await notice(page, "khóa lạ");
      assert.equal(await page.getByText("Xã khác").count(), 0);
      line.keys = first;
      line.known = [...first];
      await titled(page, "Xã khác");
    }));

  test("is healed by a key that the old one vouches for", () =>
    screen(WIDE, (line) => line.hang(KINDS.short), async (page, line) => {
      await titled(page, "Họp thôn");
      await impatient(page);
      const [old] = line.keys;
      const next = key();
      next.endorsed_by = old.id;
      next.endorsement = old.sign(Buffer.from(`bangtin-key-1\n${next.id}\n${next.public}\n${next.since}\n`));
      line.keys = [next];
      line.known = [old, next];
      line.hang(item("moi", { title: "Dưới khóa mới" }));
      await titled(page, "Dưới khóa mới");
    }));

  test("leaves a screen that was opened once to be opened again without it", async () => {
    await screen({ ...WIDE, serviceWorkers: "allow" }, (line) => line.hang(KINDS.short, item("anh", { title: "Có ảnh", html: '<p><img src="https://portal.example/anh/mot" alt="Bản đồ"></p>', files: [picture(line, "mot")] })), async (page, line, context) => {
      await titled(page, "Họp thôn");
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.waitForFunction(() => navigator.serviceWorker.controller);
      assert.equal(await page.evaluate(() => navigator.serviceWorker.ready.then(({ scope }) => new URL(scope).pathname)), PATH);
      await page.keyboard.press("ArrowDown");
      await page.locator(".sheet:not(.is-measured) img").waitFor();
      await context.setOffline(true);
      await page.reload();
      await titled(page, "Họp thôn");
      await page.keyboard.press("ArrowDown");
      await page.locator(".sheet:not(.is-measured) img").waitFor();
      await context.setOffline(false);
      // A network that answers everything with a page of its own.
      line.mode = "captive";
      await page.reload();
      await titled(page, "Họp thôn");
      assert.ok(!(await page.content()).includes("Xin đăng nhập"), LOGIN);
      await notice(page, "Nơi trả lời không phải cổng thông tin");
      line.mode = "gone";
      await page.reload();
      await titled(page, "Họp thôn");
    });
  });
});

describe("whoever stands before it", () => {
  const all = [KINDS.short, KINDS.long, item("nhom", { title: "Ngân sách quý III", group: "Ngân sách, tài chính" })];

  test("looks things up by touch, and the board goes on after a minute without one", () =>
    screen({ ...TALL, hasTouch: true }, (line) => line.hang(...all), async (page, line) => {
      await page.clock.install();
      await page.goto(line.address + PATH);
      await page.clock.runFor(1000);
      await titled(page, "Họp thôn");
      await page.getByRole("button", { name: "Tra cứu" }).tap();
      const way = page.getByRole("button", { name: /Ngân sách quý III/ });
      await way.waitFor();
      assert.deepEqual(await page.locator(".list-part h3").allTextContents(), ["Ngân sách, tài chính", "Nội dung khác"]);
      for (const box of await Promise.all((await page.getByRole("button").all()).map((one) => one.boundingBox()))) assert.ok(!box || box.height >= 44, "a finger finds it");
      await sound(page);
      await way.tap();
      await titled(page, "Ngân sách quý III");
      await page.clock.runFor(61_000);
      await page.waitForFunction(() => document.documentElement.dataset.mode === "turn");
    }));

  test("looks things up by a remote control", () =>
    screen(WIDE, (line) => line.hang(...all), async (page) => {
      await titled(page, "Họp thôn");
      await page.keyboard.press("Enter");
      await page.locator(".way").first().waitFor();
      assert.match(await page.evaluate(() => document.activeElement.textContent), /Ngân sách quý III/);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await titled(page, "Kế hoạch");
      await page.keyboard.press("Escape");
      await page.locator(".way").first().waitFor();
      await page.keyboard.press("Escape");
      await page.locator(".sheet:not(.is-measured)").waitFor();
    }));

  test("turns pages by a tap on either side, by a swipe and by arrows, and holds them with the space bar", () =>
    screen(WIDE, (line) => line.hang(KINDS.long, KINDS.short), async (page) => {
      await titled(page, "Kế hoạch");
      await page.mouse.click(1500, 600);
      await where(page, "Trang 2/");
      await page.mouse.click(200, 600);
      await where(page, "Trang 1/");
      await page.mouse.move(900, 600);
      await page.mouse.down();
      await page.mouse.move(300, 610);
      await page.mouse.up();
      await where(page, "Trang 2/");
      await page.keyboard.press("ArrowLeft");
      await where(page, "Trang 1/");
      await page.keyboard.press(" ");
      await where(page, "Đang dừng");
      await page.keyboard.press(" ");
      await page.waitForFunction(() => !document.getElementById("where").textContent.includes("Đang dừng"));
      await page.keyboard.press("ArrowUp");
      await titled(page, "Họp thôn");
    }));

  test("has larger letters and stronger colours at a tap, until five minutes after the last one", () =>
    screen(WIDE, (line) => line.hang(KINDS.long), async (page, line) => {
      await page.clock.install();
      await page.goto(line.address + PATH);
      await page.clock.runFor(1000);
      await titled(page, "Kế hoạch");
      const before = await height(page.locator(".sheet:not(.is-measured) .words p").first());
      await page.getByRole("button", { name: "Chữ to" }).click();
      await page.getByRole("button", { name: "Tương phản" }).click();
      await page.clock.runFor(1000);
      await titled(page, "Kế hoạch");
      assert.ok((await height(page.locator(".sheet:not(.is-measured) .words p").first())) >= 1.3 * before);
      none(await crowded(page), "large print");
      await sound(page);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(0, 0, 0)");
      await page.reload();
      await page.clock.runFor(1000);
      await page.locator("html.is-large.is-contrast").waitFor({ state: "attached" });
      await page.clock.runFor(301_000);
      await page.locator("html:not(.is-large):not(.is-contrast)").waitFor({ state: "attached" });
    }));

  test("may hold it in a hand", () =>
    screen(PHONE, (line) => line.hang(KINDS.long), async (page) => {
      await titled(page, "Kế hoạch");
      none(await crowded(page), "a telephone");
      assert.ok((await height(page.locator(".sheet:not(.is-measured) .words p").first())) >= 18);
      await sound(page);
    }));

  test("may use a reader of the screen", async () => {
    for (const kind of Object.values(KINDS)) {
      await screen(WIDE, (line) => line.hang(kind), async (page) => {
        await titled(page, kind.title);
        await sound(page);
      });
    }
  });
});

describe("a device", () => {
  const device = (state, items, look) => screen(WIDE, (line) => {
    line.state = state;
    line.hang(...items);
  }, look);

  test("is shown what its program holds, and tells it what is on the screen", () =>
    device({}, [KINDS.short], async (page, line) => {
      await titled(page, "Họp thôn");
      while (!line.shown.some((one) => one.items.length && one.visible)) await page.waitForRequest(/\/shown$/);
      const told = line.shown.find((one) => one.items.length && one.visible);
      const { id, edition, digest } = KINDS.short;
      assert.deepEqual([told.items, told.page, told.fraction], [[{ id, edition, digest }], 1, [1, 1]]);
      assert.match(told.since, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
      assert.ok(!line.asked.includes(`/bang-tin/${CODE}/timestamp.json`), "its program asks for it");
    }));

  test("whose clock is not set shows only what has no end, and no wrong hour", () =>
    device({ clock: "unset" }, [item("het", { title: "Có ngày hết", until: "2099-01-01T00:00:00+07:00" }), KINDS.short], async (page) => {
      await titled(page, "Họp thôn");
      await notice(page, "Đồng hồ chưa đặt đúng");
      assert.equal(await page.locator("#clock").textContent(), "--:--");
      assert.equal(await page.getByText("Có ngày hết").count(), 0);
    }));

  test("whose clock is not set and that holds nothing without an end says why, in full", async () => {
    for (const options of [WIDE, TALL, LAPTOP]) {
      await screen(options, (line) => {
        line.state = { clock: "unset", fault: "no-answer" };
        line.hang(item("het", { until: "2099-01-01T00:00:00+07:00" }));
      }, async (page) => {
        await calm(page, "Xin xem bản giấy hoặc hỏi tại trụ sở.");
        await notice(page, "Không có mạng");
        // Laid out anew under the notice.
        await page.waitForFunction(() => [...document.querySelectorAll(".calm > *")].every((one) => one.getBoundingClientRect().bottom <= document.querySelector(".foot").getBoundingClientRect().top && one.getBoundingClientRect().top >= document.querySelector(".top").getBoundingClientRect().bottom));
        none(await crowded(page), "nothing to tell");
      });
    }
  });

  test("that nobody has given a board shows its code", () =>
    device({ content: null, issued_at: null, fresh_until: null, pairing: "483 920" }, [], async (page) => {
      await page.locator(".calm .code", { hasText: "483 920" }).waitFor();
      await sound(page);
    }));

  test("says in words what its program found wrong", () =>
    device({ fault: "revoked-key" }, [KINDS.short], async (page) => {
      await titled(page, "Họp thôn");
      await notice(page, "khóa đã thu hồi");
    }));
});

describe("the shell", () => {
  test("says without scripts what hangs now", () =>
    visitor({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } }, async (page) => {
      await page.goto(new URL(PATH, base).href);
      assert.ok((await page.locator(".plain li").count()) > 3);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }));

  test("turns the bulletin of the running portal", () =>
    visitor(WIDE, async (page) => {
      await page.goto(new URL(PATH, base).href);
      await page.locator(".sheet:not(.is-measured) .title").waitFor();
      none(await crowded(page), "the sample commune");
    }));
});
