// Nothing moves under a reader's eyes, nothing runs out at the side, everything can be hit with a thumb.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HEIGHT, PAGES, none, open, visitor } from "./shared.mjs";

// WCAG 2.2: 320 px is a page at 400 % (1.4.10); text alone may be doubled (1.4.4).
const NARROW = [
  { width: 320, text: "100%" },
  { width: 768, text: "200%" },
  { width: 1280, text: "200%" },
];
const SMALLEST_TARGET = 24;

function sideways() {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5)
    .map((element) => `<${element.localName} class="${element.className}"> ends at ${Math.round(element.getBoundingClientRect().right)} px`)
    .concat(`${document.documentElement.scrollWidth} px are wanted`);
}

// A link in a sentence is as high as its line (the exception of 2.5.8); every other stands by itself.
function small(least) {
  const inSentence = (link) => {
    const own = link.textContent.trim();
    const around = link.closest("p, li, dd, dt, figcaption, td, address span")?.textContent.trim() ?? "";
    return getComputedStyle(link).display === "inline" && around.length > own.length;
  };
  return [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter((target) => target.checkVisibility() && !target.matches(".skip, .unseen *") && !inSentence(target))
    .map((target) => [target, (target.closest(".card-title") ? target.closest("article") : target).getBoundingClientRect()])
    .filter(([, box]) => box.width < least || box.height < least)
    .map(([target, box]) => `${target.outerHTML.slice(0, 90)} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
}

for (const kind of PAGES) {
  test(`${kind.name}: fits into 320 px and takes text of twice the size, with targets for a thumb`, () =>
    visitor({}, async (page) => {
      await open(page, kind);
      for (const { width, text } of NARROW) {
        await page.setViewportSize({ width, height: HEIGHT });
        await page.evaluate((size) => (document.documentElement.style.fontSize = size), text);
        none(await page.evaluate(sideways), `at ${width} px with text of ${text}`);
      }
      await page.evaluate(() => (document.documentElement.style.fontSize = ""));
      await page.setViewportSize({ width: 360, height: HEIGHT });
      none(await page.evaluate(small, SMALLEST_TARGET), "too small for a thumb");
    }));

  test(`${kind.name}: moves nothing when its fonts come late`, () =>
    visitor({ viewport: { width: 360, height: HEIGHT } }, async (page) => {
      let release;
      const painted = new Promise((resolve) => (release = resolve));
      let fonts = 0;
      await page.route("**/static/fonts/**", async (route) => {
        fonts += 1;
        await painted;
        await route.continue();
      });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const moved = entry.sources.map((source) => source.node?.parentElement?.outerHTML.slice(0, 80));
            window.shifts.push(`${entry.value.toFixed(4)} ${moved}`);
          }
        }).observe({ type: "layout-shift", buffered: true });
        window.seen = new Promise((resolve) => new PerformanceObserver(resolve).observe({ type: "paint", buffered: true }));
      });
      await open(page, kind, "domcontentloaded");
      await page.evaluate(async () => void (await window.seen));
      release();
      await page.waitForLoadState("load");
      // What is far below comes as a reader scrolls there.
      await page.evaluate(async () => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        await document.fonts.ready;
        await Promise.all([...document.fonts].map((font) => font.load().catch(() => {})));
        for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
          scrollTo(0, top);
          await frame();
        }
        await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
        await frame();
      });
      assert.ok(fonts > 0, "the font was asked for");
      none(await page.evaluate(() => window.shifts), "moved");
    }));
}
