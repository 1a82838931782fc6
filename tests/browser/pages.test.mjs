// Every kind of page, as a citizen's browser shows it: keeping to itself, without JavaScript, by keyboard.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HEIGHT, PAGES, WIDTHS, base, none, open, visitor } from "./shared.mjs";

// Real presses of Tab cost time; every stop after these is focused by script in the same keyboard mode.
const TAB_PRESSES = 30;

// Collects what a page does behind its reader's back. Nothing here loosens the page's content security policy.
async function watch(page, context) {
  const seen = [];
  const answers = [];
  context.on("request", (request) => {
    const address = new URL(request.url());
    if (!["data:", "blob:"].includes(address.protocol) && address.host !== base.host) seen.push(`another host: ${request.url()}`);
  });
  context.on("response", (response) => {
    const main = response.request().isNavigationRequest();
    if (!main && response.status() >= 400) seen.push(`broken: ${response.status()} ${response.url()}`);
    // What comes when the page is closing has nobody to set a cookie for.
    answers.push(response.headerValue("set-cookie").catch(() => null).then((cookie) => cookie && seen.push(`cookie sent with ${response.url()}`)));
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // A new width makes Chromium give up a picture that it no longer wants.
    if (reason !== "net::ERR_ABORTED") seen.push(`broken: ${reason} ${request.url()}`);
  });
  page.on("pageerror", (error) => seen.push(`script error: ${error}`));
  page.on("console", (message) => {
    // Chromium reports the 404 of a page that is meant to be missing.
    const expected = message.location().url === page.url() && /status of 4(04|10)/.test(message.text());
    if (message.type() === "error" && !expected) seen.push(`console: ${message.text()} ${message.location().url}`);
  });
  await page.exposeFunction("reportViolation", (text) => seen.push(`policy: ${text}`));
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) =>
      window.reportViolation(`${event.effectiveDirective} refused ${event.blockedURI || "inline"} ${event.sample}`)
    )
  );
  return async () => {
    await Promise.all(answers);
    return [...seen, ...(await context.cookies()).map((cookie) => `cookie kept: ${cookie.name}`)];
  };
}

async function report(page, found, width) {
  const tooWide = await page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 5)
      .map((element) => `<${element.localName} class="${element.className}"> ends at ${Math.round(element.getBoundingClientRect().right)} px`)
  );
  return `at ${width} px: ${JSON.stringify(found)} ${tooWide.join(", ")}`;
}

// The view count may go up between two visits.
const words = (text) => text.replace(/[\d.,]*\d/g, "0").replace(/\s+/g, " ").trim();

// Runs in the page. What is focused, and whether a reader who follows the focus with the eyes can see it.
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const box = element.getBoundingClientRect();
  // The link of a card draws its outline around the whole card, on a box of its own.
  const outlined = [null, "::before", "::after"].some((part) => {
    const style = getComputedStyle(element, part);
    const clear = /^(transparent|rgba\(.*, 0\)|.*\/ 0\))$/.test(style.outlineColor);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && !clear && (!part || style.content !== "none");
  });
  const shown = box.width > 0 && box.height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  if (!window.stops) window.stops = new Map();
  if (!window.stops.has(element)) window.stops.set(element, window.stops.size);
  const name = element.getAttribute("aria-label") || element.textContent || element.name || "";
  return {
    what: `<${element.localName}> ${name.trim().replace(/\s+/g, " ").slice(0, 60)}`,
    number: window.stops.get(element),
    outlined,
    shown,
    inSight: shown && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
    uncovered: element.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)),
    href: element.getAttribute("href"),
  };
}

for (const kind of PAGES) {
  describe(`${kind.name} (${kind.path})`, () => {
    test("keeps to itself: no other host, no cookie, no error, no breach of its content security policy", () =>
      visitor({}, async (page, context) => {
        const seen = await watch(page, context);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: HEIGHT });
          await open(page, kind);
        }
        none(await seen(), "seen behind the reader's back");
      }));

    test("has one main heading, names its language and never scrolls sideways", () =>
      visitor({}, async (page) => {
        await open(page, kind);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: HEIGHT });
          const found = await page.evaluate(() => ({
            headings: document.querySelectorAll("h1").length,
            lang: document.documentElement.lang,
            titled: document.title.trim() !== "",
            sideways: document.documentElement.scrollWidth > innerWidth,
          }));
          assert.deepEqual(found, { headings: 1, lang: kind.lang ?? "vi", titled: true, sideways: false }, await report(page, found, width));
        }
      }));

    test("says the same without JavaScript", async () => {
      // Buttons that only a script can serve are there only with one.
      const read = (page) =>
        page
          .locator("main")
          .evaluate((main) => (main.querySelectorAll(".share button").forEach((button) => button.remove()), main.innerText))
          .then(words);
      const [withScript, without] = await Promise.all(
        [true, false].map((javaScriptEnabled) =>
          visitor({ javaScriptEnabled }, async (page) => {
            await open(page, kind);
            return read(page);
          })
        )
      );
      assert.ok(without.length > 20, "there is a main text");
      assert.equal(without, withScript);
    });

    test("can be walked by keyboard, the way past the menus first and every stop in sight", () =>
      visitor({}, async (page) => {
        await open(page, kind);
        await page.keyboard.press("Tab");
        const first = await page.evaluate(focused);
        assert.match(first?.href ?? "", /^#./, `the first stop leads past the menus, not to ${first?.what}`);
        assert.ok(first.inSight && first.uncovered && first.outlined, `the skip link is seen when focused: ${JSON.stringify(first)}`);
        assert.ok(await page.locator(first.href).evaluate((target) => target.matches("main, main *")), `${first.href} is the main text`);

        const unseen = [];
        const look = (stop) => {
          if (!stop.outlined || !stop.shown || stop.inSight === false) unseen.push(`${stop.what} ${JSON.stringify({ ...stop, what: undefined })}`);
        };
        for (let presses = 1; presses < TAB_PRESSES; presses++) {
          await page.keyboard.press("Tab");
          const stop = await page.evaluate(focused);
          if (!stop || stop.number < presses) break;
          look(stop);
        }
        const others = await page.evaluate(`(() => {
          const focused = ${focused};
          const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
          return [...all].filter((element) => element.tabIndex >= 0 && !element.disabled).flatMap((element) => {
            element.focus();
            return document.activeElement === element ? [focused()] : [];
          });
        })()`);
        others.forEach(look);
        assert.ok(others.length > 3, "there are places to go");
        none(unseen, "focused and not seen");

        // Following the skip link brings the next stop into the main text or behind it.
        await page.locator(first.href).evaluate(() => document.activeElement.blur());
        await page.evaluate((href) => document.querySelector(`a[href="${href}"]`).focus(), first.href);
        await page.keyboard.press("Enter");
        await page.keyboard.press("Tab");
        const beyond = await page
          .locator("main")
          .evaluate((main) => main.contains(document.activeElement) || !!(main.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING));
        assert.ok(beyond, "the skip link skips");
      }));
  });
}
