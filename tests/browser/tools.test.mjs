// The reader's tools and the question under every text, by mouse and by keyboard, with and without a script.
// BASE_URL is the running server. SHOTS, if set, is a folder that gets pictures of the open panel.

import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";

const ARTICLE = "/tin/cong-tac-giao-dich-xa";
const STANDING = "/trang/gioi-thieu";
const PATHS = ["/", "/chuyen-muc/tin-dung-chinh-sach", ARTICLE, "/don-vi/huyen-dan-phuong-ha-noi", "/luu-tru/2026/11", STANDING, "/trang/so-do-trang", "/khong-co-trang-nay", `/en${ARTICLE}`];
const HEIGHT = 800;

const base = new URL(process.env.BASE_URL ?? assert.fail("BASE_URL is not set: start the server and give its address"));
const shots = process.env.SHOTS;
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;

function launch(...more) {
  const places = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)].map((folder) => join(folder, "chromium"));
  return chromium.launch({
    executablePath: places.find(existsSync) ?? assert.fail("no chromium in /usr/bin or on PATH"),
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
  });
}

before(async () => {
  if (shots) mkdirSync(shots, { recursive: true });
  browser = await launch();
});

after(() => browser?.close());

// Every visit also proves that nothing happened behind the reader's back.
async function visitor(options, visit) {
  const { by = browser, leaves, ...rest } = options;
  const context = await by.newContext({ viewport: { width: 1280, height: HEIGHT }, reducedMotion: "reduce", ...rest });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const seen = [];
  page.on("pageerror", (error) => seen.push(`script error: ${error}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (404|429)|ERR_FAILED/.test(message.text())) seen.push(`console: ${message.text()}`);
  });
  context.on("request", (request) => {
    const address = new URL(request.url());
    if (!["data:", "blob:"].includes(address.protocol) && address.host !== base.host && !leaves) seen.push(`another host: ${request.url()}`);
  });
  try {
    await visit(page, context);
    assert.deepEqual([...seen, ...(await context.cookies()).map((cookie) => `cookie: ${cookie.name}`)], []);
  } finally {
    await context.close();
  }
}

const open = (page, path = ARTICLE) => page.goto(new URL(path, base).href, { waitUntil: "load" });

// What a reader sees of the choices.
const look = (page) =>
  page.evaluate(() => {
    const root = getComputedStyle(document.documentElement);
    const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
    return { size: root.fontSize, dark: r + g + b < 200, clear: root.getPropertyValue("--quiet") === root.getPropertyValue("--ink") };
  });
const kept = (page) => page.evaluate(() => ({ ...localStorage }));
const PLAIN = { size: "16px", dark: false, clear: false };
const CHOSEN = { size: "24px", dark: true, clear: true };

async function chooseByMouse(page) {
  await page.locator(".tools summary").click();
  for (const name of ["150%", /^(Tối|Dark)$/, /Tương phản|contrast/]) await page.locator(".tools label").filter({ hasText: name }).click();
}

// From the top of the page: the skip link, the name, then the tools.
async function chooseByKeyboard(page) {
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".tools summary"))) break;
  }
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  for (let presses = 0; presses < 2; presses++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
}

describe("size, theme and contrast", () => {
  for (const [how, choose] of [["mouse", chooseByMouse], ["keyboard", chooseByKeyboard]]) {
    for (const javaScriptEnabled of [true, false]) {
      test(`are chosen by ${how} ${javaScriptEnabled ? "with" : "without"} JavaScript`, () =>
        visitor({ javaScriptEnabled }, async (page) => {
          for (const path of [ARTICLE, "/en/"]) {
            await open(page, path);
            if (!javaScriptEnabled) assert.deepEqual(await look(page), PLAIN);
            if (path === ARTICLE || !javaScriptEnabled) await choose(page);
            assert.deepEqual(await look(page), CHOSEN, path);
          }
        }));
    }
  }

  test("are remembered on every page, by this browser alone, until they are taken back", () =>
    visitor({}, async (page, context) => {
      await open(page, "/");
      assert.deepEqual([await look(page), await kept(page)], [PLAIN, {}]);
      await chooseByMouse(page);
      for (const path of PATHS) {
        await open(page, path);
        assert.deepEqual(await look(page), CHOSEN, path);
      }
      assert.deepEqual(await kept(page), { display: '{"size":"150","theme":"dark","contrast":"more"}' });
      // A page that the browser brings back shows what was chosen since.
      await page.locator(".tools summary").click();
      for (const name of ["100%", /^(Theo thiết bị|Same as device)$/, /Tương phản|contrast/]) await page.locator(".tools label").filter({ hasText: name }).click();
      assert.deepEqual([await look(page), await kept(page)], [PLAIN, {}]);
      await page.goBack();
      assert.deepEqual(await look(page), PLAIN);
      assert.deepEqual(await context.cookies(), []);
    }));

  test("follow a choice made in another tab", () =>
    visitor({}, async (page, context) => {
      const other = await context.newPage();
      await open(other, "/");
      await open(page);
      await chooseByMouse(page);
      await other.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === "24px");
      assert.deepEqual(await look(other), CHOSEN);
    }));

  test("a light page can be had on a dark device", () =>
    visitor({ colorScheme: "dark" }, async (page) => {
      await open(page);
      assert.deepEqual(await look(page), { ...PLAIN, dark: true });
      await page.locator(".tools summary").click();
      await page.locator(".tools label").filter({ hasText: "Sáng" }).click();
      assert.deepEqual(await look(page), PLAIN);
    }));

  test("whoever asks the device for more contrast has it at once", () =>
    visitor({ contrast: "more" }, async (page) => {
      await open(page);
      assert.deepEqual(await look(page), { ...PLAIN, clear: true });
    }));

  for (const [what, spoil] of [
    ["refused", () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } })],
    ["full", () => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); })],
  ]) {
    test(`hold for the page when storage is ${what}, and nothing breaks`, () =>
      visitor({}, async (page) => {
        await page.addInitScript(spoil);
        await open(page);
        await chooseByMouse(page);
        assert.deepEqual(await look(page), CHOSEN);
        await page.locator(".share [value=copy]").click();
        await page.locator(".share output").filter({ hasText: /./ }).waitFor();
        await open(page, "/");
        assert.deepEqual(await look(page), PLAIN);
      }));
  }

  test("whatever else stands in the storage is no choice", () =>
    visitor({}, async (page) => {
      for (const rubbish of ["{", "5", "null", "[]", '"dark"', '{"size":"999","theme":7}']) {
        await page.addInitScript((text) => localStorage.setItem("display", text), rubbish);
        await open(page);
        assert.deepEqual(await look(page), PLAIN, rubbish);
      }
    }));

  test("the panel closes by Escape and by a click elsewhere, and the focus is not lost", () =>
    visitor({}, async (page) => {
      await open(page);
      const details = page.locator(".tools");
      const isOpen = () => details.evaluate((element) => element.open);
      await page.locator(".tools summary").click();
      await page.locator(".tools [value=dark]").focus();
      await page.keyboard.press("Escape");
      assert.ok(!(await isOpen()) && (await page.evaluate(() => document.activeElement.matches(".tools summary"))));
      await page.locator(".tools summary").click();
      await page.locator("h1").click();
      assert.ok(!(await isOpen()));
    }));

  test("nothing moves: not at the start, not when the panel opens, not when a choice is remembered", async () => {
    // What a late font moves is no matter of the tools.
    const by = await launch("--disable-remote-fonts");
    await visitor({ by }, async (page) => {
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value))).observe({ type: "layout-shift", buffered: true });
      });
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: HEIGHT });
        await open(page);
        const top = () => page.locator("main").evaluate((main) => main.getBoundingClientRect().top);
        const before = await top();
        await page.locator(".tools summary").click();
        assert.ok(await page.locator(".tools input").first().isVisible());
        assert.equal(await top(), before, `at ${width} px`);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        assert.deepEqual(await page.evaluate(() => window.shifts), [], `at ${width} px`);
      }
      await page.keyboard.press("Escape");
      await chooseByMouse(page);
      await open(page, STANDING);
      assert.deepEqual(await look(page), CHOSEN);
      assert.deepEqual(await page.evaluate(() => window.shifts), [], "with the choice remembered");
    }).finally(() => by.close());
  });

  test("the largest text is cut nowhere", () =>
    visitor({}, async (page) => {
      await page.addInitScript(() => localStorage.setItem("display", '{"size":"150"}'));
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: HEIGHT });
        for (const path of PATHS) {
          await open(page, path);
          await page.locator(".tools summary").click();
          const found = await page.evaluate(() => {
            const box = document.querySelector(".tools > div").getBoundingClientRect();
            return { size: getComputedStyle(document.documentElement).fontSize, sideways: document.documentElement.scrollWidth > innerWidth, panel: box.left >= 0 && box.right <= innerWidth };
          });
          assert.deepEqual(found, { size: "24px", sideways: false, panel: true }, `${path} at ${width} px`);
        }
      }
    }));

  test("paper is white and bears no tools, whatever was chosen", () =>
    visitor({}, async (page) => {
      await open(page);
      await chooseByMouse(page);
      await page.emulateMedia({ media: "print" });
      assert.deepEqual({ ...(await look(page)), clear: false }, PLAIN);
      for (const part of [".tools", ".share", ".useful"]) assert.ok(!(await page.locator(part).isVisible()), part);
    }));
});

describe("axe finds no fault with the panel open", () => {
  const clear = (page) => page.locator(".tools [value=more]").check();
  for (const [name, options, prepare] of [
    ["light", {}],
    ["dark", { colorScheme: "dark" }],
    ["dark by choice", {}, (page) => page.locator(".tools [value=dark]").check()],
    ["clear", { enhanced: true }, clear],
    ["clear and dark", { colorScheme: "dark", enhanced: true }, clear],
    ["clear by the device", { contrast: "more", enhanced: true }],
    ["forced colours", { forcedColors: "active" }],
  ]) {
    test(name, () =>
      visitor({ ...options, bypassCSP: true }, async (page) => {
        for (const path of [ARTICLE, STANDING, "/", `/en${ARTICLE}`]) {
          await open(page, path);
          await page.locator(".tools summary").click();
          await prepare?.(page);
          await page.addScriptTag({ content: axeSource });
          for (const width of [360, 1280]) {
            await page.setViewportSize({ width, height: HEIGHT });
            if (shots && path === ARTICLE) await page.screenshot({ path: join(shots, `tools-${name.replaceAll(" ", "-")}-${width}.png`) });
            const faults = await page.evaluate(async (enhanced) => {
              const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
              // 7:1 is asked for by name: it is no part of AA.
              const rules = enhanced ? { "color-contrast-enhanced": { enabled: true } } : {};
              const { violations } = await window.axe.run(document, { runOnly: tags, rules, resultTypes: ["violations"] });
              return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.any[0]?.message ?? ""}`));
            }, options.enhanced);
            assert.deepEqual(faults, [], `${path} at ${width} px`);
          }
        }
      }));
  }

  test("and every control is large enough for a thumb, named, and seen when focused", () =>
    visitor({ viewport: { width: 360, height: HEIGHT }, isMobile: true, hasTouch: true }, async (page) => {
      await page.addInitScript(() => (navigator.share = async () => {}));
      await open(page);
      await page.locator(".tools summary").tap();
      const controls = await page.evaluate(() =>
        [...document.querySelectorAll(".tools summary, .tools input, .share a, .share button, .useful button")].map((control) => {
          const box = (control.closest("label") ?? control).getBoundingClientRect();
          control.focus({ focusVisible: true });
          return {
            name: (control.labels?.[0] ?? control).textContent.trim(),
            small: box.width < 44 || box.height < 44 ? `${box.width} × ${box.height}` : "",
            focused: document.activeElement === control && parseFloat(getComputedStyle(control).outlineWidth) >= 2,
          };
        })
      );
      assert.equal(controls.length, 1 + 8 + 5 + 2);
      assert.deepEqual(controls.filter((control) => !control.name || control.small || !control.focused), []);
    }));
});

describe("sharing", () => {
  const canonical = (page) => page.locator("link[rel=canonical]").getAttribute("href");

  test("copying says so and copies the page's own address", () =>
    visitor({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      for (const [path, said] of [[ARTICLE, "Đã sao chép liên kết"], [`/en${STANDING}`, "Link copied"]]) {
        await open(page, `${path}?fbclid=1#x`);
        await page.evaluate(() => navigator.clipboard.writeText(""));
        await page.locator(".share [value=copy]").focus();
        await page.keyboard.press("Enter");
        await page.locator(".share output:not(:empty)").waitFor();
        assert.equal(await page.getByRole("status").innerText(), said);
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await canonical(page));
        assert.ok((await canonical(page)).endsWith(path));
      }
    }));

  test("where nothing can be copied the address is shown", () =>
    visitor({}, async (page) => {
      await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
      await open(page);
      await page.locator(".share [value=copy]").click();
      await page.locator(".share output:not(:empty)").waitFor();
      assert.equal(await page.getByRole("status").innerText(), await canonical(page));
    }));

  test("the device's own sheet is not offered where there is none", () =>
    visitor({}, async (page) => {
      await page.addInitScript(() => Object.defineProperty(navigator, "share", { value: undefined }));
      await open(page);
      await page.locator(".share [value=copy]").waitFor();
      assert.ok(!(await page.locator(".share [value=share]").isVisible()));
    }));

  test("the sheet is given title and address, and may be closed again", () =>
    visitor({}, async (page) => {
      await page.addInitScript(() =>
        Object.defineProperty(navigator, "share", {
          value: (what) => {
            window.shared = what;
            return Promise.reject(new DOMException("closed", "AbortError"));
          },
        })
      );
      await open(page);
      await page.locator(".share [value=share]").click();
      assert.deepEqual(await page.evaluate(() => window.shared), { title: await page.title(), url: await canonical(page) });
      assert.equal(await page.locator(".share output").innerText(), "");
    }));

  test("printing asks the browser to print", () =>
    visitor({}, async (page) => {
      await page.addInitScript(() => (window.print = () => (window.printed = (window.printed ?? 0) + 1)));
      await open(page, STANDING);
      await page.locator(".share [value=print]").focus();
      await page.keyboard.press("Space");
      assert.equal(await page.evaluate(() => window.printed), 1);
    }));

  test("Facebook is asked only by a click, and is not told where the reader came from", () =>
    visitor({ leaves: true }, async (page, context) => {
      const left = [];
      await context.route((address) => address.host !== base.host, (route) => {
        left.push({ address: route.request().url(), referer: route.request().headers().referer });
        return route.fulfill({ body: "" });
      });
      await open(page);
      await page.locator(".share a").first().hover();
      assert.deepEqual(left, []);
      const address = encodeURIComponent(await canonical(page));
      await Promise.all([page.waitForRequest(/facebook/), page.locator(".share a").first().click()]);
      assert.deepEqual(left, [{ address: `https://www.facebook.com/sharer/sharer.php?u=${address}`, referer: undefined }]);
    }));

  test("without JavaScript only what works is offered", () =>
    visitor({ javaScriptEnabled: false }, async (page) => {
      await open(page);
      assert.deepEqual(await page.locator(".share :is(a, button):visible").allInnerTexts(), ["Facebook", "Gửi thư điện tử"]);
    }));
});

describe("useful or not", () => {
  test("an answer is thanked for in place, and the focus stays with it", () =>
    visitor({}, async (page) => {
      await open(page);
      const answered = page.waitForResponse((response) => response.url().endsWith("/gop-y"));
      await page.getByRole("form", { name: "Trang này có ích cho bạn không?" }).getByRole("button", { name: "Có ích", exact: true }).focus();
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.keyboard.press("Enter");
      const response = await answered;
      assert.deepEqual([response.status(), response.request().postData()], [303, "ich=co"]);
      await page.getByText("Cảm ơn bạn đã góp ý").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Cảm ơn bạn đã góp ý");
      assert.deepEqual(await page.locator(".useful button:visible").count(), 0);
      assert.equal(new URL(page.url()).pathname, ARTICLE);
      assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), height, "nothing moves");
    }));

  for (const [path, name, thanks, back] of [
    [STANDING, "Chưa có ích", "Cảm ơn bạn đã góp ý", "Trở lại trang"],
    [`/en${STANDING}`, "Not useful", "Thank you for your answer", "Back to"],
  ]) {
    test(`without JavaScript a page thanks and leads back (${path})`, () =>
      visitor({ javaScriptEnabled: false }, async (page) => {
        await open(page, path);
        await page.getByRole("button", { name, exact: true }).click();
        await page.waitForURL(`**${path}/cam-on`);
        assert.equal(await page.locator("h1").innerText(), thanks);
        await page.locator("main").getByRole("link", { name: back }).click();
        await page.waitForURL(`**${path}`);
      }));
  }

  test("when the script's way is refused the answer goes the plain way, once", () =>
    visitor({}, async (page, context) => {
      const ways = [];
      await context.route("**/gop-y", (route) => {
        ways.push(route.request().resourceType());
        return route.request().resourceType() === "fetch" ? route.fulfill({ status: 429, body: "" }) : route.continue();
      });
      await open(page, "/trang/tro-nang");
      await page.getByRole("button", { name: "Có ích", exact: true }).click();
      await page.waitForURL("**/trang/tro-nang/cam-on");
      assert.deepEqual(ways, ["fetch", "document"]);
    }));

  test("an impatient reader's clicks are one answer", () =>
    visitor({}, async (page, context) => {
      let asked = 0;
      let let_go;
      const held = new Promise((resolve) => (let_go = resolve));
      await context.route("**/gop-y", async (route) => {
        asked += 1;
        await held;
        return route.continue();
      });
      await open(page, "/trang/lien-he");
      for (const name of ["Có ích", "Chưa có ích", "Có ích"]) await page.getByRole("button", { name, exact: true }).click();
      let_go();
      await page.getByText("Cảm ơn bạn đã góp ý").waitFor();
      assert.equal(asked, 1);
    }));
});
