// On paper: the code beside the address leads back to the page, and what can be pressed is gone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { open, visitor } from "./shared.mjs";

const reader = await readFile(createRequire(import.meta.url).resolve("jsqr"), "utf8");
const PRINTED = [
  "/",
  "/don-vi/huyen-dan-phuong-ha-noi",
  "/tin/mot-buoi-sang-o-diem-giao-dich-xa-dong-kieu",
  "/tin/cong-khai-thuc-hien-ngan-sach-9-thang-2026-xa-dong-kieu",
  "/trang/gioi-thieu",
  "/en/tin/cong-tac-giao-dich-xa",
];

for (const path of PRINTED) {
  test(`${path} on paper bears a code that a camera can read`, () =>
    visitor({ bypassCSP: true, colorScheme: "dark", viewport: { width: 794, height: 1123 } }, async (page) => {
      await open(page, { path });
      await page.emulateMedia({ media: "print" });
      const address = await page.locator("link[rel=canonical]").getAttribute("href");
      assert.ok((await page.locator(".printed").innerText()).includes(address), "the address stands beside it");
      const seen = (await page.screenshot({ fullPage: true })).toString("base64");
      await page.addScriptTag({ content: reader });
      const read = await page.evaluate(async (picture) => {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
        canvas.drawImage(image, 0, 0);
        return window.jsQR(canvas.getImageData(0, 0, image.width, image.height).data, image.width, image.height)?.data;
      }, seen);
      assert.equal(read, address);
      for (const pressed of [".sections", ".skip", ".language", ".to-top", ".foot-links", ".pager", ".related", ".crumbs"]) {
        assert.equal(await page.locator(`${pressed}:visible`).count(), 0, `${pressed} is printed`);
      }
      const dark = await page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
      assert.equal(dark, "rgb(0, 0, 0)", "ink is black, also for a reader in the dark");
    }));
}
