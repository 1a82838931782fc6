// What every browser test starts from: the kinds of page, a browser, and a visitor.
// BASE_URL is the running server, in development. SHOTS, if set, is a folder that gets a picture of every page.

import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

export const PAGES = [
  { name: "home", path: "/" },
  { name: "home-2", path: "/?trang=2" },
  { name: "section", path: "/chuyen-muc/tin-dung-chinh-sach" },
  { name: "article", path: "/tin/cong-tac-giao-dich-xa" },
  { name: "article-with-everything", path: "/tin/cong-khai-thuc-hien-ngan-sach-9-thang-2026-xa-dong-kieu" },
  { name: "old-edition", path: "/tin/cong-khai-thuc-hien-ngan-sach-9-thang-2026-xa-dong-kieu/ban/1" },
  { name: "article-of-a-former-unit", path: "/tin/ngan-hang-csxh-huyen-dan-phuong-no-luc-thuc-hien-muc-tieu-kep" },
  { name: "former-unit", path: "/don-vi/huyen-dan-phuong-ha-noi" },
  { name: "former-unit-without-news", path: "/don-vi/xa-gao-ha-huong-lua-den-2025" },
  { name: "units", path: "/don-vi" },
  { name: "province", path: "/don-vi/ha-noi" },
  { name: "commune", path: "/don-vi/xa-dong-kieu-huong-lua" },
  { name: "archive", path: "/luu-tru/2026/11" },
  { name: "postings", path: "/niem-yet" },
  { name: "postings-narrowed-to-nothing", path: "/niem-yet?nhom=2&tu=khong-co-dau-ca" },
  { name: "postings-over", path: "/niem-yet?trang-thai=luu-tru" },
  { name: "postings-of-a-day", path: "/niem-yet/ngay?ngay=2026-11-10" },
  { name: "posting", path: "/niem-yet/lich-giao-dich-xa-nam-2027" },
  { name: "board", path: "/bang-tin/99001" },
  { name: "board-code", path: "/n/noi" },
  { name: "register", path: "/don-vi/xa-dong-kieu-huong-lua/da-cong-khai" },
  { name: "plan", path: "/don-vi/xa-dong-kieu-huong-lua/ke-hoach-cong-khai" },
  { name: "reports", path: "/so-lieu" },
  { name: "report", path: "/so-lieu/ket-qua-tin-dung-chinh-sach-9-thang-2026" },
  { name: "report-of-a-former-unit", path: "/so-lieu/tin-dung-chinh-sach-huyen-dan-phuong-2021" },
  { name: "indicators", path: "/so-lieu/chi-tieu" },
  { name: "series", path: "/so-lieu/chi-tieu/du-no?don-vi=99" },
  { name: "release-calendar", path: "/so-lieu/lich" },
  { name: "protocol", path: "/giao-thuc" },
  { name: "about", path: "/trang/gioi-thieu" },
  { name: "site-map", path: "/trang/so-do-trang" },
  { name: "missing", path: "/khong-co-trang-nay", status: 404 },
  { name: "withdrawn", path: "/tin/lich-tiem-phong-gia-suc-dot-2", status: 410 },
  { name: "thanks", path: "/tin/mua-gat-som/cam-on" },
  { name: "english-home", path: "/en/", lang: "en" },
  { name: "english-commune", path: "/en/don-vi/xa-dong-kieu-huong-lua", lang: "en" },
  { name: "english-article", path: "/en/tin/mot-buoi-sang-o-diem-giao-dich-xa-dong-kieu", lang: "en" },
  { name: "english-postings", path: "/en/niem-yet", lang: "en" },
  { name: "english-postings-of-a-day", path: "/en/niem-yet/ngay?ngay=2026-11-10", lang: "en" },
  { name: "english-register", path: "/en/don-vi/xa-dong-kieu-huong-lua/da-cong-khai", lang: "en" },
  { name: "english-plan", path: "/en/don-vi/xa-dong-kieu-huong-lua/ke-hoach-cong-khai", lang: "en" },
  { name: "english-report", path: "/en/so-lieu/ket-qua-tin-dung-chinh-sach-9-thang-2026", lang: "en" },
  { name: "english-series", path: "/en/so-lieu/chi-tieu/du-no?don-vi=99", lang: "en" },
  { name: "english-protocol", path: "/en/giao-thuc", lang: "en" },
  { name: "english-old-edition", path: "/en/tin/cong-khai-thuc-hien-ngan-sach-9-thang-2026-xa-dong-kieu/ban/1", lang: "en" },
  { name: "design", path: "/he-thong-giao-dien" },
];
export const WIDTHS = [360, 768, 1280];
export const HEIGHT = 800;

export const base = new URL(process.env.BASE_URL ?? assert.fail("BASE_URL is not set: start the server and give its address"));
const shots = process.env.SHOTS;

let browser;

before(async () => {
  if (shots) mkdirSync(shots, { recursive: true });
  const places = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)].map((folder) => join(folder, "chromium"));
  browser = await chromium.launch({
    executablePath: places.find(existsSync) ?? assert.fail("no chromium in /usr/bin or on PATH"),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

after(() => browser?.close());

// A visit that lasts until it is closed. Motion is off so that a measurement never meets a page on its way.
export async function begin(options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: HEIGHT }, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(15_000);
  return context;
}

export async function visitor(options, visit) {
  const context = await begin(options);
  try {
    return await visit(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

export async function open(page, { path, status = 200 }, waitUntil = "load") {
  const answer = await page.goto(new URL(path, base).href, { waitUntil });
  assert.equal(answer.status(), status, `${path} answers ${status}`);
}

export async function picture(page, name) {
  if (!shots) return;
  // Pictures that load when they come into sight are brought into sight first.
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

// One readable failure instead of a diff against nothing; what three widths repeat is told once.
export function none(list, what) {
  const once = [...new Set(list)];
  assert.ok(once.length === 0, `${what}:\n${once.map((line) => `  · ${line}`).join("\n")}`);
}
