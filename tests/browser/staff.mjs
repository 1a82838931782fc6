// What the tests of the desk start from: people who come in by their links, codes as a phone makes them, and a look at a
// page that misses nothing. BASE_URL is the running server; SETUP_LINK is the link that it printed at its first start.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { HEIGHT, WIDTHS, none, picture } from "./shared.mjs";

export const DESK = "/ban-bien-tap";
export const PASSWORD = "nắng sớm trên đồi chè xanh 27";
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/// RFC 6238, as an application on a phone does it: SHA-1, six digits, thirty seconds.
export function code(secret, seconds) {
  const bits = [...secret.replaceAll(/\s/g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac("sha1", key).update(step).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// Presses what leads to another page, and waits until it is there.
export async function press(page, what) {
  const target = typeof what === "string" ? page.locator("main").getByRole("button", { name: what, exact: true }) : what;
  await Promise.all([page.waitForEvent("framenavigated", (frame) => frame === page.mainFrame()), target.click()]);
  await page.waitForLoadState();
}

// Through the link to a password, and to a second factor where the roles ask for one. `now` in seconds: the server's clock.
export async function join(page, link, { login, name }, now, between = async () => {}) {
  await page.goto(link);
  await between("link");
  if (await page.getByLabel("Họ và tên").count()) {
    await page.getByLabel("Họ và tên").fill(name);
    await page.getByLabel("Tên đăng nhập").fill(login);
  }
  for (const field of await page.locator("input[type=password]").all()) await field.fill(PASSWORD);
  await press(page, "Lưu và đăng nhập");
  const person = { login, name, secret: "", codes: [] };
  if (!page.url().includes("/xac-thuc-hai-lop")) return person;
  await between("enrol");
  person.secret = await page.locator(".secret").innerText();
  await page.getByLabel("Mã sáu chữ số").fill(code(person.secret, now()));
  await press(page, "Bật");
  await between("codes");
  person.codes = await page.locator(".codes code").allInnerTexts();
  await press(page, page.getByRole("link", { name: "Đã cất, tiếp tục" }));
  return person;
}

// With a code from the paper where there is a second factor: the phone's is good for one visit in thirty seconds.
export async function signIn(page, person, between = async () => {}) {
  if (!page.url().includes("/dang-nhap")) await page.goto(new URL(`${DESK}/dang-nhap`, page.url() === "about:blank" ? process.env.BASE_URL : page.url()).href);
  await page.getByLabel("Tên đăng nhập").fill(person.login);
  await page.getByLabel("Mật khẩu").fill(PASSWORD);
  await press(page, "Đăng nhập");
  if (!page.url().includes("/ma-xac-thuc")) return;
  await between("second");
  await page.locator("#f-code").fill(person.codes.pop());
  await press(page, "Tiếp tục");
}

// What a page has wrong, wherever it is looked at: for whoever cannot see it, on a narrow screen, in light and in the dark.
export async function faults(page) {
  const found = new Map();
  const note = (fault, where) => found.set(fault, [...(found.get(fault) ?? []), where]);
  await page.evaluate(axe);
  // The bar lies over what is scrolled below it; its neighbours are measured where it comes to rest.
  const bar = (position) => page.evaluate((position) => document.querySelector(".editor-bar")?.style.setProperty("position", position), position);
  await bar("static");
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const violations = await page.evaluate(
        // A frame is a page of its own, and looked at as one.
        async (tags) => (await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"], iframes: false })).violations,
        TAGS
      );
      for (const { id, help, nodes } of violations) {
        for (const node of nodes) note(`${id} (${help})\n    ${node.target.join(" ")}\n    ${node.failureSummary.replaceAll("\n", "\n    ")}`, `${width} px, ${colorScheme}`);
      }
    }
    for (const fault of await page.evaluate(shape)) note(fault, `${width} px`);
  }
  await bar("");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: HEIGHT });
  return [...found].map(([fault, where]) => `${where.join("; ")}: ${fault}`);
}

// What can be measured: nothing wider than the screen, headings in order, every field with its label, a thumb's room.
export function shape() {
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > root.clientWidth + 1 && !one.closest(".scrolls, .preview-frame"));
    wrong.push(`wider than the screen by ${root.scrollWidth - root.clientWidth} px: ${wide.slice(-3).map((one) => `${one.tagName}.${one.className}`).join(", ")}`);
  }
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) wrong.push("not one h1");
  if (levels.some((level, at) => at > 0 && level > levels[at - 1] + 1)) wrong.push(`headings leap: ${levels.join(" ")}`);
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (field.checkVisibility() && ![...(field.labels ?? [])].some((label) => label.textContent.trim())) wrong.push(`a field without a label: ${field.name}`);
  }
  for (const control of document.querySelectorAll("main :is(button, .button, select, input:not([type=hidden], [type=checkbox], [type=radio])), main label:has(input), main summary")) {
    if (!control.checkVisibility()) continue;
    const { width, height } = control.getBoundingClientRect();
    if (height < 39.5 && !control.matches(".row-box")) wrong.push(`too small to press: ${control.textContent.trim() || control.name} ${Math.round(width)} × ${Math.round(height)}`);
  }
  return wrong;
}

// The pages that were looked at, as the server sent them: for the checker of HTML.
export class Looker {
  constructor() {
    this.sent = new Map();
    this.said = [];
    this.wrong = [];
    this.answers = new WeakMap();
  }

  // What goes wrong in the console, and what the server sent last.
  watch(page, who) {
    page.on("console", (message) => {
      // A status that the page was asked for is no fault of the page's.
      const isAnswered = /Failed to load resource: the server responded with a status of (403|404|409|410|422)/.test(message.text());
      if (message.type() === "error" && !isAnswered) this.said.push(`${who} at ${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.said.push(`${who} at ${page.url()}: ${error.message}`));
    page.on("response", (answer) => {
      if (answer.request().isNavigationRequest() && answer.frame() === page.mainFrame() && answer.status() !== 303) this.answers.set(page, answer);
    });
    return page;
  }

  async look(page, name) {
    assert.ok(!this.sent.has(name), `${name} was looked at already`);
    this.sent.set(name, await this.answers.get(page).text());
    for (const width of process.env.SHOTS ? WIDTHS : []) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize({ width, height: HEIGHT });
        await page.emulateMedia({ colorScheme });
        await picture(page, `desk-${name}-${width}-${colorScheme}`);
      }
    }
    this.wrong.push(...(await faults(page)).map((fault) => `${name}: ${fault}`));
  }

  // What was wrong with the pages since it was asked last: a walk goes on to its end, and then tells.
  done() {
    none(this.wrong.splice(0), "the pages");
  }
}
