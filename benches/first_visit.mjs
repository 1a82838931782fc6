#!/usr/bin/env node
// A first visit on a slow line, as Chromium sees it: a phone of 360 px, 400 kbit/s down and up, 400 ms to the server and
// back, nothing kept from before. Prints for each kind of page what was moved and when its largest part was there.
//
//   npm ci --prefix tests/browser --ignore-scripts
//   node benches/first_visit.mjs http://127.0.0.1:8080 [PATH…]
//
// Each page is visited three times; the middle LCP is printed. Times are of this machine under its load of the moment.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");
const [base = "http://127.0.0.1:8080", ...given] = process.argv.slice(2);
const PATHS = given.length
  ? given
  : ["/", "/chuyen-muc/tin-dung-chinh-sach", "/tin/cong-tac-giao-dich-xa", "/tin/mot-buoi-sang-o-diem-giao-dich-xa-dong-kieu", "/trang/gioi-thieu"];
const KBITS = 400;
const ROUND_TRIP = 400;
const VISITS = 3;

async function visit(browser, path) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true });
  try {
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    await line.send("Network.enable");
    await line.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: ROUND_TRIP,
      downloadThroughput: (KBITS * 1000) / 8,
      uploadThroughput: (KBITS * 1000) / 8,
    });
    const asked = new Map();
    line.on("Network.requestWillBeSent", ({ requestId, type, request }) => asked.set(requestId, { type, url: request.url, bytes: 0 }));
    line.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => asked.has(requestId) && (asked.get(requestId).bytes = encodedDataLength));
    await page.addInitScript(() => {
      window.seen = { lcp: 0, what: "", cls: 0 };
      new PerformanceObserver((list) => {
        const last = list.getEntries().at(-1);
        window.seen.lcp = last.startTime;
        window.seen.what = last.element?.localName ?? "";
      }).observe({ type: "largest-contentful-paint", buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.seen.cls += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(new URL(path, base).href, { waitUntil: "networkidle" });
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
    const all = [...asked.values()];
    const sum = (type) => all.filter((one) => !type || one.type === type).reduce((total, one) => total + one.bytes, 0);
    return { ...(await page.evaluate(() => window.seen)), paint, requests: all.length, bytes: sum(), html: sum("Document"), fonts: sum("Font"), pictures: sum("Image") };
  } finally {
    await context.close();
  }
}

const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync),
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"],
});
console.log(`${browser.version()}, ${KBITS} kbit/s, ${ROUND_TRIP} ms\n`);
console.log("page | requests | bytes | HTML | fonts | pictures | first paint, s | LCP, s | of | CLS\n--|--:|--:|--:|--:|--:|--:|--:|--|--:");
for (const path of PATHS) {
  const visits = [];
  for (let number = 0; number < VISITS; number++) visits.push(await visit(browser, path));
  const middle = visits.sort((one, other) => one.lcp - other.lcp)[Math.floor(VISITS / 2)];
  const seconds = (milliseconds) => (milliseconds / 1000).toFixed(2);
  const worst = Math.max(...visits.map(({ cls }) => cls));
  console.log(
    [path, middle.requests, middle.bytes, middle.html, middle.fonts, middle.pictures, seconds(middle.paint), seconds(middle.lcp), middle.what, worst.toFixed(3)].join(" | ")
  );
}
await browser.close();
