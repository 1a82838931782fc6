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

const REPORT = "/so-lieu/ket-qua-tin-dung-chinh-sach-9-thang-2026";
const names = (table) => table.locator("tbody th").allInnerTexts();

test("a report's table is sorted at a tap and back, the whole above and what is missing below", () =>
  visitor({}, async (page) => {
    await open(page, { path: REPORT });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: HEIGHT });
      await page.reload();
      const table = page.locator("table", { hasText: "Số liệu theo đơn vị" });
      const before = await names(table);
      const button = table.getByRole("button", { name: /^Doanh số cho vay/ });
      await button.focus();
      await page.keyboard.press("Enter");
      const sorted = await names(table);
      const figures = await table.locator("tbody tr:not(.is-whole) td:nth-child(3)").evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.value)));
      assert.deepEqual(figures, [...figures].sort((a, b) => b - a), `${width} px: from the largest`);
      assert.equal(sorted[0], before[0], "the whole stays above");
      assert.equal(await table.locator("[aria-sort=descending]").count(), 1);
      await button.click();
      assert.deepEqual((await names(table)).slice(1), sorted.slice(1).reverse(), `${width} px: and back`);
      await table.getByRole("button", { name: /^Đơn vị/ }).click();
      const all = (await names(table)).slice(1);
      assert.deepEqual(all, [...all].sort(new Intl.Collator("vi").compare), `${width} px: by name`);
    }
  }));

test("figures that differ in their last of 28 digits are told apart when they are sorted", () =>
  visitor({}, async (page) => {
    await open(page, { path: REPORT });
    const table = page.locator("table", { hasText: "Số liệu theo đơn vị" });
    const long = ["-1.5", "123456789012345678901234567.1", "123456789012345678901234567.2", "-1.25"];
    await table.locator("tbody tr:not(.is-whole) td:nth-child(2)").evaluateAll((cells, long) => cells.forEach((cell, at) => (cell.dataset.value = long[at])), long);
    await table.getByRole("button", { name: /^Tổng dư nợ/ }).click();
    const values = await table.locator("tbody tr:not(.is-whole) td:nth-child(2)").evaluateAll((cells) => cells.map((cell) => cell.dataset.value));
    assert.deepEqual(values, [long[2], long[1], long[3], long[0]]);
  }));
