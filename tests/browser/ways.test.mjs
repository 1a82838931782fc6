// How a citizen finds her commune, as the browser lays it out: folded lists, menus and months.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HEIGHT, open, visitor } from "./shared.mjs";

test("a long list of communes is unfolded by one press and leads to a letter, without JavaScript", () =>
  visitor({ javaScriptEnabled: false, viewport: { width: 360, height: HEIGHT } }, async (page) => {
    await open(page, { path: "/don-vi/ha-noi" });
    const commune = page.locator("main .by-letter a", { hasText: "phường Ba Đình" });
    assert.equal(await commune.isVisible(), false, "it is folded, and the news stand close below");
    await page.locator("main .children summary").press("Enter");
    assert.equal(await commune.isVisible(), true);
    await page.locator("main .children .letters a", { hasText: "B" }).click();
    const box = await commune.boundingBox();
    assert.ok(box.y >= 0 && box.y < HEIGHT, `Ba Đình stands at ${box.y} px of ${HEIGHT}`);
    await commune.click();
    assert.match(page.url(), /\/don-vi\/phuong-ba-dinh-ha-noi$/);
  }));

test("the menu stands in one row on a wide screen", () =>
  visitor({}, async (page) => {
    for (const path of ["/", "/en/"]) {
      await open(page, { path });
      const rows = await page.locator(".sections-strip li").evaluateAll((items) => new Set(items.map((item) => item.offsetTop)).size);
      assert.equal(rows, 1, path);
    }
  }));

test("months are read row by row at every width", () =>
  visitor({}, async (page) => {
    for (const path of ["/", "/luu-tru/2026/11", "/trang/so-do-trang"]) {
      await open(page, { path });
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: HEIGHT });
        const wrong = await page.locator("main .months").evaluateAll((lists) =>
          lists.flatMap((list) => {
            const places = [...list.children].map((item) => item.getBoundingClientRect());
            return places.slice(1).filter((place, at) => {
              const before = places[at];
              return !(place.top > before.top + 1 || (Math.abs(place.top - before.top) <= 1 && place.left > before.left));
            });
          })
        );
        assert.deepEqual(wrong, [], `${path} at ${width} px`);
      }
    }
  }));
