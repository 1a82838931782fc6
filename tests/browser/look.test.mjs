// How a page looks to whoever chose it so: from the first paint on, in colours of the device's own, in tables wider than a
// phone, and on paper.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { HEIGHT, PAGES, base, none, open, visitor } from "./shared.mjs";

const PHONE = { viewport: { width: 360, height: HEIGHT }, isMobile: true };
const ARTICLE = "/tin/mot-buoi-sang-o-diem-giao-dich-xa-dong-kieu";
const WIDE_TABLE = "/tin/danh-muc-chuong-trinh-tin-dung-dang-trien-khai";
const CONTACT = "/trang/lien-he";
const FORMER = "/don-vi/huyen-dan-phuong-ha-noi";

// The colours of a part of the window, as rows of "r,g,b".
async function pixels(page, clip) {
  const shot = (await page.screenshot({ clip, animations: "disabled" })).toString("base64");
  return page.evaluate(async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    return Array.from({ length: image.height }, (_, y) =>
      Array.from({ length: image.width }, (_, x) => data.slice((y * image.width + x) * 4, (y * image.width + x) * 4 + 3).join())
    );
  }, shot);
}

async function box(locator) {
  await locator.evaluate((element) => element.scrollIntoView({ block: "start", behavior: "instant" }));
  return locator.boundingBox();
}

describe("a choice that was kept", () => {
  // A slow line, made sure of: a page ends when it has been painted, and not before. Only the first brings the script.
  async function withEndsHeld(use) {
    let end;
    const server = createServer(async (request, answer) => {
      const page = await fetch(new URL(request.url, base), { headers: { "accept-encoding": "identity" } });
      const bytes = Buffer.from(await page.arrayBuffer());
      const kept = ["content-type", "cache-control", "content-security-policy"].filter((name) => page.headers.has(name));
      answer.writeHead(page.status, Object.fromEntries(kept.map((name) => [name, page.headers.get(name)])));
      const cut = bytes.indexOf('<footer class="foot">');
      if (cut < 0) return answer.end(bytes);
      answer.write(bytes.subarray(0, cut));
      end = () => answer.end(bytes.subarray(cut));
    });
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    try {
      await use(`http://127.0.0.1:${server.address().port}`, () => end());
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test("is there when a page is first painted, though most of the page is still to come", () =>
    withEndsHeld((address, end) =>
      visitor(PHONE, async (page) => {
        await page.addInitScript(() => {
          localStorage.setItem("display", '{"size":"150","theme":"dark"}');
          new MutationObserver(() => (window.shown ??= performance.now())).observe(document, { subtree: true, attributeFilter: ["data-look"] });
          window.painted = new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime)).observe({ type: "paint", buffered: true }));
        });
        const late = [];
        const paths = ["/", ARTICLE, "/", CONTACT, FORMER, ARTICLE, "/", CONTACT, FORMER, ARTICLE, "/"];
        for (const [load, path] of paths.entries()) {
          await page.goto(address + path, { waitUntil: "commit" });
          const painted = await page.evaluate(() => window.painted);
          end();
          await page.waitForLoadState();
          const shown = await page.evaluate(() => window.shown);
          if (load > 0 && !(shown < painted)) late.push(`${shown} ms, painted at ${painted} ms`);
        }
        // A browser promises no order of these two; on an idle machine none is late.
        assert.ok(late.length <= 2, `late in ${late.length} of ${paths.length - 1}: ${late.join("; ")}`);
      })
    ));

  test("colours the browser's own bar too, and gives it back", () =>
    visitor({ colorScheme: "light" }, async (page) => {
      const bar = () =>
        page.evaluate(() => [...document.querySelectorAll("[name=theme-color]")].filter((one) => matchMedia(one.media).matches).map((one) => one.content));
      await open(page, { path: ARTICLE });
      assert.deepEqual(await bar(), ["#ffffff"]);
      await page.locator(".tools summary").click();
      await page.locator(".tools [value=dark]").check();
      assert.deepEqual(await bar(), ["#101613"]);
      await open(page, { path: "/" });
      assert.deepEqual(await bar(), ["#101613"]);
      await page.locator(".tools summary").click();
      await page.locator(".tools [name=theme][value='']").check();
      assert.deepEqual(await bar(), ["#ffffff"]);
    }));
});

describe("a table", () => {
  test("wider than a phone shows at which edge there is more, and shows nothing where there is none", () =>
    visitor({ ...PHONE, bypassCSP: true }, async (page) => {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await open(page, { path: WIDE_TABLE });
        const table = page.locator(".table").first();
        const more = await table.evaluate((region) => region.scrollWidth - region.clientWidth);
        assert.ok(more > 100, "this one is wider");
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).join());
        // Just below the rule on top, where no letter stands.
        const shaded = async (left) => {
          await table.evaluate((region, at) => (region.scrollLeft = at), left);
          const { x, y, width } = await box(table);
          const at = async (place) => (await pixels(page, { x: place, y: y + 4, width: 1, height: 1 }))[0][0] !== ground;
          return [await at(x), await at(x + width - 1)];
        };
        assert.deepEqual([await shaded(0), await shaded(more / 2), await shaded(more)], [[false, true], [true, true], [true, false]], colorScheme);
        await open(page, { path: CONTACT });
        assert.deepEqual(await page.locator(".table").first().evaluate((region) => region.scrollWidth - region.clientWidth), 0, "this one fits");
        const { x, y, width } = await box(page.locator(".table").first());
        assert.equal((await pixels(page, { x: x + width - 1, y: y + 4, width: 1, height: 1 }))[0][0], ground);
      }
    }));

  test("can be scrolled by keyboard and has a name, and no number in it is broken", () =>
    visitor(PHONE, async (page) => {
      for (const path of [WIDE_TABLE, CONTACT]) {
        await open(page, { path });
        const region = page.getByRole("region", { name: /^Bảng/ });
        await region.focus();
        assert.ok(await region.evaluate((element) => document.activeElement === element));
        const broken = await page.evaluate(() => {
          const lines = (node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size;
          };
          return [...document.querySelectorAll(".table td.right, [href^='tel:']")].filter((cell) => lines(cell) > 1).map((cell) => cell.textContent);
        });
        none(broken, `broken on ${path}`);
      }
    }));
});

test("telephone numbers and addresses in the contact page can be pressed", () =>
  visitor(PHONE, async (page) => {
    await open(page, { path: CONTACT });
    const links = await page.locator(".prose [href^='tel:'], .prose [href^='mailto:']").evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute("href")]));
    assert.ok(links.length >= 6, `${links.length} of them`);
    for (const [text, href] of links) assert.equal(href.replace(/^(tel|mailto):/, ""), text.replaceAll(" ", ""));
    const plain = await page.locator("main").evaluate((main) => {
      main.querySelectorAll("a").forEach((link) => link.remove());
      return main.innerText.match(/0\d{3} \d{3} \d{3}|\S+@\S+/g) ?? [];
    });
    none(plain, "cannot be pressed");
  }));

test("in the device's own colours the menu has its three bars and the mark its ear of rice", () =>
  visitor({ ...PHONE, forcedColors: "active", bypassCSP: true }, async (page) => {
    await open(page, { path: "/" });
    const menu = await box(page.locator(".sections-fold summary"));
    const column = (await pixels(page, { x: menu.x + 26, y: menu.y + 6, width: 1, height: menu.height - 12 })).flat();
    const changes = column.filter((colour, at) => at > 0 && colour !== column[at - 1]).length;
    assert.equal(changes, 6, `three bars, and space between them: ${column.join(" ")}`);
    // The lowest grain on the right, and the disc below it, as places in the drawing (templates/parts/mark.html).
    await page.locator(".mark").evaluate((mark) => (mark.style.cssText = "width: 256px; height: 256px"));
    const mark = await box(page.locator(".mark"));
    const at = async (x, y) => (await pixels(page, { x: mark.x + x * 4, y: mark.y + y * 4, width: 1, height: 1 }))[0][0].split(",").map(Number);
    const [grain, disc] = [await at(29, 36.5), await at(32, 43)];
    const apart = Math.max(...grain.map((part, index) => Math.abs(part - disc[index])));
    assert.ok(apart > 120, `grain ${grain}, disc ${disc}`);
  }));

describe("clearer text", () => {
  // What has a border all round needs no line below.
  const PILLS = ".ways *, .pager *, .share *";
  for (const [how, options, choose] of [
    ["chosen on the page", {}, true],
    ["asked for by the device", { contrast: "more" }, false],
  ]) {
    test(`${how} underlines what is a link and puts the drum away`, () =>
      visitor({ ...options, viewport: { width: 1360, height: HEIGHT } }, async (page) => {
        for (const kind of PAGES.filter(({ name }) => name !== "design")) {
          await open(page, kind);
          const drums = () =>
            page.evaluate(() =>
              [".page-head", ".error", ".foot"].filter((one) => document.querySelector(one) && getComputedStyle(document.querySelector(one), "::after").display !== "none")
            );
          if (choose) {
            await page.locator(".tools [value='']").last().evaluate((input) => (input.checked = true));
            await page.locator(".tools [value=more]").evaluate((input) => (input.checked = false));
            await page.evaluate(() => delete document.documentElement.dataset.look);
            assert.ok((await drums()).includes(".foot"), "it stands there otherwise");
            await page.locator(".tools [value=more]").evaluate((input) => (input.checked = true));
          }
          assert.deepEqual(await drums(), [], kind.path);
          const bare = await page.evaluate(
            (pills) =>
              [...document.querySelectorAll("main a, .crumbs a, .foot a")]
                .filter((link) => link.checkVisibility() && !link.matches(pills) && !getComputedStyle(link).textDecorationLine.includes("underline"))
                .map((link) => link.outerHTML.slice(0, 120)),
            PILLS
          );
          none(bare, `not underlined on ${kind.path}`);
        }
      }));
  }
});

describe("on paper", () => {
  for (const [path, word] of [["/", "Trang"], [ARTICLE, "Trang"], [FORMER, "Trang"], [CONTACT, "Trang"], [`/en${ARTICLE}`, "Page"]]) {
    test(`every sheet of ${path} is numbered, none is empty, and no picture is higher than 60 mm`, () =>
      visitor({ viewport: { width: 794, height: 1123 } }, async (page) => {
        await open(page, { path });
        await page.emulateMedia({ media: "print" });
        const high = await page.evaluate(() => {
          const most = (60 / 25.4) * 96 + 1;
          return [...document.images].map((image) => [image.getBoundingClientRect().height, image.currentSrc]).filter(([height]) => height > most);
        });
        none(high.map(([height, src]) => `${Math.round(height)} px: ${src}`), "too high");
        const folder = await mkdtemp(join(tmpdir(), "bangtin-"));
        try {
          const file = join(folder, "a.pdf");
          await page.pdf({ path: file, preferCSSPageSize: true });
          const sheets = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
          sheets.forEach((sheet, at) => {
            const number = `${word} ${at + 1}/${sheets.length}`;
            assert.ok(sheet.trimEnd().endsWith(number), `${number} at the foot of:\n${sheet}`);
            assert.ok(sheet.replace(number, "").trim().split(/\s+/).length > 10, `sheet ${at + 1} has words of its own:\n${sheet}`);
          });
        } finally {
          await rm(folder, { recursive: true });
        }
      }));
  }
});
