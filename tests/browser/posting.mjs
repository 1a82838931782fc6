// A posting's whole life in a real browser: a province posts, four communes inherit, sheets are printed and confirmed from
// phones, one is torn and hung again, new words and a correction follow, and it ends on the day that was counted. SCRIPT is
// what is done at each place; whatever the portal tells of it is compared with that.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import jsQR from "jsqr";
import { at, clock, enter, now, tab, to } from "./driven.mjs";
import { none } from "./shared.mjs";
import { faults, press, signIn } from "./staff.mjs";

const TITLE = "Phương án bồi thường khi làm đường 12 qua bốn xã";
const SLUG = "/niem-yet/phuong-an-boi-thuong-khi-lam-duong-12-qua-bon-xa";
const FIXED = "Đính chính phương án bồi thường khi làm đường 12";
const FIXED_SLUG = "/niem-yet/dinh-chinh-phuong-an-boi-thuong-khi-lam-duong-12";
const NAME = "Lý Văn Khuất";
const LINE = "Hỏi ông Kiều Văn Bách, phòng số 3, sáng thứ Ba.";
const REASON = "Đường 12 không đi qua xã; đã báo tỉnh.";
const TORN = "Gió lớn làm rách góc phải tờ giấy.";
const NOTE = "Sửa đơn giá cây ăn quả.";
const PERIOD = /hết (thứ Hai )?07\/12\/2026/i;

// Where a sheet is to hang, and what stands there now.
const UNITS = {
  "Tỉnh Hương Lúa": ["Bảng tin tỉnh"],
  "Xã Đông Kiều": ["Bảng tin Đông Kiều", "Nhà văn hóa Thôn 1 Đông Kiều"],
  "Xã Bến Gạo": ["Bảng tin Bến Gạo", "Nhà văn hóa Thôn 1 Bến Gạo"],
  "Phường Cầu Mây": ["Bảng tin Cầu Mây", "Nhà văn hóa Thôn 1 Cầu Mây"],
  "Xã Ea H'Mai": ["Bảng tin Ea H'Mai", "Nhà văn hóa Thôn 1 Ea H'Mai"],
};
const LABELS = { 99001: "xa-dong-kieu", 99002: "xa-ben-gao", 99003: "phuong-cau-may", 99004: "xa-ea-hmai" };
const NAMES = {
  current: "Đang treo đúng bản",
  old: "Còn treo bản cũ",
  torn: "Bị rách, mất hoặc màn hình không hiện",
  silent: "Chưa có tin",
  out: "Không niêm yết",
  left: "Hết hạn mà còn treo",
  over: "Đã gỡ hoặc không treo",
};
const WANTING = ["old", "torn", "silent", "left"];
const SCRIPT = { number: 1, is_over: false, at: Object.fromEntries(Object.values(UNITS).flat().map((place) => [place, "silent"])) };
const told = (states) => Object.fromEntries(Object.keys(NAMES).map((state) => [state, states.filter((one) => one === state).length]).filter(([, count]) => count));
const flat = (text) => text.replace(/\s+/g, " ").trim();
const main = (page) => page.locator("main");

async function visit(who, path) {
  await to(who.page, path);
  if (who.page.url().includes("/dang-nhap")) {
    await signIn(who.page, { ...who.person, login: who.login });
    await to(who.page, path);
  }
  return who.page;
}

// What a PDF says, to whoever follows the link to it. What staff print is a download; the public's opens in the browser.
const text = (pdf) => flat(execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf, encoding: "utf8" }));

async function words(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const path = await download.path();
  return { path, text: text(await readFile(path)) };
}

// What a phone's camera reads from a sheet.
function scanned(path) {
  const picture = execFileSync("pdftoppm", ["-r", "110", "-f", "1", "-l", "1", path], { maxBuffer: 64 << 20 });
  const [, width, height] = picture.subarray(0, 20).toString("latin1").match(/^P6\s(\d+)\s(\d+)\s255\s/).map(Number);
  const inks = picture.subarray(picture.length - width * height * 3);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) pixels.set(inks.subarray(at * 3, at * 3 + 3), at * 4);
  return new URL((jsQR(pixels, width, height) ?? assert.fail("no code on the sheet")).data);
}

async function begins(writer, title, lead, body, fill = async () => {}) {
  const page = await visit(writer, "/van-ban/moi");
  await page.getByLabel("Niêm yết: thông báo có số").check();
  await page.getByLabel("Tiêu đề").fill(title);
  await page.getByLabel("Đơn vị", { exact: true }).selectOption({ label: "Tỉnh Hương Lúa" });
  await page.getByLabel("Loại niêm yết", { exact: true }).selectOption("phuong-an-boi-thuong");
  await press(page, "Bắt đầu viết");
  const path = new URL(page.url()).pathname.match(/\/van-ban\/\d+/)[0];
  await page.getByLabel("Tóm tắt").fill(lead);
  await page.getByLabel("Nội dung", { exact: true }).fill(body);
  await page.getByLabel("Cơ quan ban hành").fill("Ủy ban nhân dân tỉnh Hương Lúa (mẫu)");
  await page.getByText("Gửi tới đơn vị khác").click();
  await page.getByLabel("Mọi đơn vị trực thuộc (xã, phường, đặc khu)").check();
  await fill(page);
  await press(page, "Gửi duyệt");
  assert.equal(await page.locator(".head-row .state").innerText(), "Chờ duyệt");
  return path;
}

async function approves(approver, path) {
  const page = await visit(approver, `${path}/duyet`);
  await press(page, "Duyệt và đăng theo lựa chọn");
  assert.equal(await page.locator(".head-row .state").innerText(), "Đang đăng");
}

test("a province's posting hangs in its communes until its counted day, and every account of it equals the script", async () => {
  await clock("2026-11-05T07:30:00");
  const writer = await enter("writer");
  const approver = await enter("approver");
  const communes = {};
  for (const code of Object.keys(LABELS)) communes[code] = await enter(code);
  const citizen = await tab();
  const reads = async (path, status = 200) => {
    const answer = await citizen.goto(at(path));
    assert.equal(answer.status(), status, `${path} at ${new Date(now() * 1000).toISOString()}`);
    return flat(await main(citizen).innerText());
  };
  const board = async (code) => {
    await reads(`/bang-tin/${code}`);
    const item = citizen.locator(".board-item").filter({ has: citizen.getByRole("link", { name: TITLE, exact: true }) });
    return (await item.count()) ? flat(await item.innerText()) : "";
  };

  // The province posts.
  const path = await begins(
    writer,
    TITLE,
    "Đơn giá và số hộ được bồi thường.",
    `Hộ ông {{${NAME}}} được bồi thường 120 triệu đồng.\n\nĐơn giá cây ăn quả: 450.000 đồng một cây.`,
    async (page) => {
      await page.getByLabel("Số, ký hiệu").fill("612/TB-UBND");
      await page.getByLabel("Ngày ban hành").fill("2026-11-04");
      await page.locator("#f-paper").selectOption("full");
      await page.locator("#f-web").selectOption("masked");
    }
  );
  const document = path.split("/").pop();
  await reads(SLUG, 404);
  await approves(approver, path);
  const said = await reads(SLUG);
  assert.match(said, PERIOD, "30 days from Thursday the 5th end on a Saturday, so on the Monday after it");
  assert.match(flat(await citizen.locator("details", { hasText: "Thời hạn được tính như thế nào?" }).textContent()), /thứ Bảy/, "and it says how that was counted");
  assert.doesNotMatch(said, new RegExp(NAME), "the web bears no name");

  // How far it has come, in a number, a list, a tree and a table: as in the script.
  const equals = async (moment) => {
    const page = await visit(approver, `${path}/do-phu`);
    const states = Object.values(SCRIPT.at);
    const counts = told(states);
    const number = flat(await page.locator(".coverage-told").innerText());
    if (SCRIPT.is_over) {
      const expected = counts.left ? `Đã hết thời hạn; ${counts.left} trên ${states.length} nơi còn treo, cần gỡ.` : "Đã hết thời hạn; không nơi nào còn treo.";
      assert.equal(number, expected, moment);
    } else {
      const rest = { silent: "nơi chưa có tin", old: "nơi còn treo bản cũ", torn: "nơi bị rách, mất hoặc màn hình không hiện", out: "nơi không niêm yết" };
      const parts = number.split("; ").map((part) => part.replace(/ từ .*/, ""));
      const expected = Object.entries(rest).filter(([state]) => counts[state]).map(([state, words]) => `${counts[state]} ${words}`);
      assert.deepEqual(parts, [`${counts.current ?? 0} trên ${states.length} nơi treo bản ${SCRIPT.number}`, ...expected], moment);
    }
    const shown = await page.locator(".coverage-counts > div").evaluateAll((all) => all.map((one) => [one.className.replace("coverage-", ""), Number(one.querySelector("dd").textContent)]));
    assert.deepEqual(Object.fromEntries(shown), counts, `${moment}: the counts`);
    const listed = await page.locator("section[aria-labelledby^=s-]").evaluateAll((all) =>
      all.flatMap((one) => [...one.querySelectorAll(".row-title")].map((row) => [row.textContent, one.getAttribute("aria-labelledby").slice(2)]))
    );
    const wanting = Object.entries(SCRIPT.at).filter(([, state]) => WANTING.includes(state));
    assert.deepEqual(listed.sort(), wanting.sort(), `${moment}: the list`);
    const tree = await page.locator(".coverage-tree li > p").evaluateAll((all) => all.map((one) => [one.querySelector("a, strong").textContent, one.querySelector("span").textContent.replace(/\s+/g, " ").trim()]));
    const node = (places) => {
      const of = places.map((place) => SCRIPT.at[place]);
      const wants = of.filter((state) => WANTING.includes(state)).length;
      return `${of.filter((state) => state === "current").length} trên ${of.length} nơi${wants ? `, ${wants} nơi cần đến` : ""}`;
    };
    const nodes = { ...Object.fromEntries(Object.entries(UNITS).map(([unit, places]) => [unit, node(places)])), "Tỉnh Hương Lúa": node(Object.values(UNITS).flat()) };
    assert.deepEqual(Object.fromEntries(tree), nodes, `${moment}: the tree`);
    const table = await (await page.context().request.get(at(`/ban-bien-tap${path}/do-phu.csv`))).text();
    for (const [place, state] of Object.entries(SCRIPT.at)) {
      const row = table.split("\r\n").find((row) => row.includes(`"${place}"`)) ?? assert.fail(`${moment}: ${place} is not in the table`);
      assert.ok(row.includes(`"${NAMES[state]}"`), `${moment}: ${row}`);
    }
  };
  await equals("as it was posted");

  // Four communes inherit; one adds a line, one does not hang it and says why.
  await clock("2026-11-05T09:00:00");
  for (const code of Object.keys(LABELS)) {
    const item = await board(code);
    assert.match(item, /Của tỉnh Hương Lúa, gửi mọi xã, phường/, code);
    assert.match(item, PERIOD, code);
  }
  const coming = (code, more = "") => visit(communes[code], `/gui-ve/${document}?don-vi=${LABELS[code]}${more}`);
  let page = await coming("99001");
  await page.getByLabel("Dòng riêng của đơn vị").fill(LINE);
  await press(page, "Lưu dòng riêng");
  assert.match(await board("99001"), /Hỏi ông Kiều Văn Bách, phòng số 3/);
  page = await coming("99002");
  await page.getByLabel("Không niêm yết văn bản này, vì").fill(REASON);
  await press(page, "Không niêm yết");
  assert.equal(await board("99002"), "", "who does not hang it does not show it");
  assert.doesNotMatch(await board("99003"), /Kiều Văn Bách/, "a commune's line is its own");
  for (const place of UNITS["Xã Bến Gạo"]) SCRIPT.at[place] = "out";
  page = await visit(approver, `${path}/noi-nhan`);
  const sent = flat(await main(page).innerText());
  assert.match(sent, /Gửi tới 4 nơi: 3 nơi đang niêm yết, 1 nơi không niêm yết\. Có 1 nơi ghi thêm dòng riêng\./);
  assert.ok(sent.includes(REASON) && sent.includes(LINE), sent);
  await equals("when one had said no");
  assert.ok(flat(await main(page).innerText()).includes(REASON), "how far it has come tells the reason too");

  // Sheets are printed where it hangs, with the name that paper may bear, and the code that leads to this edition.
  const sheets = {};
  for (const code of ["99001", "99003", "99004"]) {
    page = await coming(code);
    const { path: file, text } = await words(page, page.getByRole("link", { name: "In tờ niêm yết", exact: true }));
    assert.ok(text.includes(NAME), text);
    assert.equal(text.includes(LINE), code === "99001", `${code}: its own line and nobody else's`);
    sheets[code] = scanned(file);
    assert.equal(sheets[code].pathname + sheets[code].search, `/n/${document}?ban=1`);
    assert.ok(text.includes(`${sheets[code].host}/n/${document}?ban=1`), `the address stands there for whoever has no camera: ${text}`);
  }
  page = await coming("99002");
  assert.equal(await page.getByRole("link", { name: "In tờ niêm yết", exact: true }).count(), 0, "nobody prints what is not hung");
  await citizen.goto(at(SLUG));
  const open = await citizen.getByRole("link", { name: "Tờ niêm yết A4 (PDF)" }).getAttribute("href");
  const printed = text(Buffer.from(await (await fetch(at(open))).arrayBuffer()));
  assert.ok(printed.includes("120 triệu đồng"), printed);
  assert.doesNotMatch(printed, new RegExp(NAME), "what anybody may print bears no name");

  // Each place's keeper has a phone and the card of the place.
  const phones = {};
  const hand = async (place, code, options = {}) => {
    page = await visit(communes[code], `/don-vi/${LABELS[code]}/noi-niem-yet`);
    await press(page, page.getByRole("link", { name: `Thẻ để in: ${place}`, exact: true }));
    const secret = await page.locator(".place-code strong").innerText();
    const phone = await tab({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, ...options });
    phones[place] = { phone, secret, place, plain: options.javaScriptEnabled === false };
  };
  const fix = ({ phone, plain }) => plain || phone.context().clock.setFixedTime(now() * 1000);
  const scans = async (place, paper = SCRIPT.number) => {
    const one = phones[place];
    await fix(one);
    await one.phone.goto(at(`/n/${document}?ban=${paper}`));
    return one;
  };
  const DONE = "Đã ghi nhận";
  const taps = async ({ phone, secret, place, plain }, act, { photo, expect = DONE, wrong = false } = {}) => {
    const field = phone.getByLabel("Mã của nơi niêm yết");
    // The first time it is typed; the phone remembers it, where it can.
    if (!(await field.inputValue())) await field.fill(secret);
    assert.equal(await field.inputValue(), secret);
    await phone.getByRole("button", { name: act, exact: true }).tap();
    if (wrong) {
      await phone.locator(".board-waiting", { hasText: expect }).waitFor();
      assert.equal(await phone.getByRole("button", { name: "Xác nhận", exact: true }).count(), 0, "there is nothing to confirm");
      return;
    }
    // Whose board it is stands there before the second tap, where there is a line.
    if (expect === DONE) await phone.locator(plain ? ".board-place" : ".board-will", { hasText: place }).waitFor();
    if (photo) {
      await phone.getByText("Thêm ảnh hoặc tên").tap();
      await phone.getByLabel("Ảnh tờ niêm yết đã treo").setInputFiles({ name: "anh.png", mimeType: "image/png", buffer: photo });
    }
    await phone.getByRole("button", { name: "Xác nhận", exact: true }).tap();
    if (plain) await phone.getByRole("heading", { name: expect, exact: true }).waitFor();
    else await phone.locator(".board-waiting", { hasText: expect }).waitFor();
    if (!plain && expect === DONE) await phone.locator(".board-waiting.is-done", { hasText: place }).waitFor();
    assert.deepEqual((await phone.context().cookies()).map((cookie) => cookie.name), [], "no account and no cookie");
  };

  await clock("2026-11-05T10:00:00");
  await hand("Bảng tin Đông Kiều", "99001");
  await hand("Nhà văn hóa Thôn 1 Đông Kiều", "99001");
  await hand("Bảng tin Cầu Mây", "99003", { javaScriptEnabled: false });
  await hand("Nhà văn hóa Thôn 1 Cầu Mây", "99003");
  await hand("Bảng tin Ea H'Mai", "99004");
  await hand("Nhà văn hóa Thôn 1 Ea H'Mai", "99004");
  const wrong = await scans("Bảng tin Đông Kiều");
  await taps({ ...wrong, secret: "2222-2222" }, "Đã treo", { expect: "Mã này không đúng hoặc không còn dùng.", wrong: true });
  await equals("after a wrong code");
  await wrong.phone.getByLabel("Mã của nơi niêm yết").fill("");
  await taps(wrong, "Đã treo");
  SCRIPT.at["Bảng tin Đông Kiều"] = "current";
  await equals("after two taps");
  await taps(await scans("Nhà văn hóa Thôn 1 Đông Kiều"), "Đã treo", { photo: await citizen.screenshot() });
  SCRIPT.at["Nhà văn hóa Thôn 1 Đông Kiều"] = "current";
  await taps(await scans("Bảng tin Cầu Mây"), "Đã treo");
  SCRIPT.at["Bảng tin Cầu Mây"] = "current";
  for (const place of UNITS["Xã Ea H'Mai"]) {
    await taps(await scans(place), "Đã treo");
    SCRIPT.at[place] = "current";
  }
  await equals("after four phones, one without JavaScript");

  // The photograph is for the unit's own staff.
  page = await visit(communes["99001"], `${path}/noi-treo?don-vi=${LABELS["99001"]}`);
  const photo = await page.getByRole("link", { name: "Xem ảnh" }).getAttribute("href");
  const seen = await page.context().request.get(at(photo));
  assert.deepEqual([seen.status(), seen.headers()["content-type"]], [200, "image/jpeg"]);
  const hidden = await citizen.context().request.get(at(photo), { maxRedirects: 0 });
  assert.notEqual(hidden.status(), 200, "the public has no photograph");

  // Where there is no line, the phone keeps what was done, with its own time, and sends it when there is one.
  const far = await scans("Nhà văn hóa Thôn 1 Cầu Mây");
  await far.phone.context().setOffline(true);
  await taps(far, "Đã treo", { expect: "Chưa gửi được, máy sẽ gửi lại khi có mạng." });
  await equals("while a phone is cut off");
  await clock("2026-11-05T13:00:00");
  await fix(far);
  await far.phone.context().setOffline(false);
  await far.phone.locator(".board-waiting", { hasText: "Đã gửi xong những xác nhận còn chờ." }).waitFor();
  SCRIPT.at["Nhà văn hóa Thôn 1 Cầu Mây"] = "current";
  await equals("when it is back");
  page = await visit(communes["99003"], `${path}/noi-treo?don-vi=${LABELS["99003"]}`);
  const late = flat(await page.locator("section", { hasText: "Nhà văn hóa Thôn 1 Cầu Mây" }).first().innerText());
  assert.match(late, /Đã treo 05\/11\/2026 10:00[^]*ghi nhận lúc 05\/11\/2026 13:00/, "hung when it was hung, told when it was told");

  // Where nobody has a phone, the office notes it.
  const notes = async (who, more, place, what, when, note = "") => {
    page = await visit(who, `${path}/noi-treo${more}`);
    await page.locator("#f-place").getByLabel(place, { exact: true }).check();
    await page.locator("#f-what").selectOption({ label: what });
    await page.locator("#f-at").fill(when);
    await page.locator("#f-note").fill(note);
    await press(page, "Ghi việc treo, gỡ");
    assert.equal(await page.locator("[role=alert]").count(), 0);
  };
  await notes(writer, "", "Bảng tin tỉnh", "Đã treo", "2026-11-05T08:00");
  SCRIPT.at["Bảng tin tỉnh"] = "current";
  await equals("when all that were to hang it do");

  // One is torn, and hung again two days later.
  await clock("2026-11-10T16:00:00");
  await notes(communes["99004"], `?don-vi=${LABELS["99004"]}`, "Bảng tin Ea H'Mai", "Bị rách, mất", "2026-11-10T15:30", TORN);
  SCRIPT.at["Bảng tin Ea H'Mai"] = "torn";
  await taps(await scans("Bảng tin Cầu Mây"), "Bị rách, mất");
  SCRIPT.at["Bảng tin Cầu Mây"] = "torn";
  await equals("when two are torn");
  assert.match(await reads(SLUG), /Bảng tin Ea H'Mai, Cổng trụ sở, xã Ea H'Mai: bị rách hoặc mất, chưa treo lại/, "citizens are told");
  await clock("2026-11-12T08:00:00");
  await taps(await scans("Bảng tin Ea H'Mai"), "Đã treo lại");
  SCRIPT.at["Bảng tin Ea H'Mai"] = "current";
  await taps(await scans("Bảng tin Cầu Mây"), "Đã treo lại");
  SCRIPT.at["Bảng tin Cầu Mây"] = "current";
  await equals("when both hang again");

  // New words: the boards hang the old ones until somebody goes there.
  await clock("2026-11-13T08:00:00");
  page = await visit(writer, path);
  await press(page, "Sửa thành bản mới");
  const body = page.getByLabel("Nội dung", { exact: true });
  await body.fill((await body.inputValue()).replace("450.000", "480.000"));
  await page.getByLabel("Ghi chú công khai về thay đổi").fill(NOTE);
  await press(page, "Gửi duyệt");
  await approves(approver, path);
  SCRIPT.number = 2;
  for (const [place, state] of Object.entries(SCRIPT.at)) if (state === "current") SCRIPT.at[place] = "old";
  await equals("when the second edition is out");
  const second = await reads(SLUG);
  assert.ok(second.includes("480.000") && PERIOD.test(second), "other words do not move the end");
  assert.ok((await reads(`/n/${document}?ban=1`)).includes("Tờ này là bản cũ"), "the sheet of the first says that it is old");
  assert.match(await reads(`/n/${document}?ban=2`), /Tờ này là bản mới nhất/);
  for (const place of Object.keys(phones)) {
    await taps(await scans(place), "Đã treo");
    SCRIPT.at[place] = "current";
  }
  await equals("when the new sheets hang, but for the province's own");
  await notes(writer, "", "Bảng tin tỉnh", "Đã treo", "2026-11-13T08:00");
  SCRIPT.at["Bảng tin tỉnh"] = "current";
  await equals("when the province's own hangs too");

  // A correction goes where the error went, and each names the other.
  await clock("2026-11-16T08:00:00");
  const correction = await begins(writer, FIXED, "Số tiền bồi thường đúng là 125 triệu đồng.", "Số đúng là 125 triệu đồng.", async (page) => {
    await page.getByText("Liên quan", { exact: true }).click();
    await page.getByLabel("Đính chính cho").or(page.locator("#f-corrects")).first().fill(at(SLUG));
  });
  await approves(approver, correction);
  await reads(SLUG);
  assert.equal(await citizen.locator(".posting-related", { hasText: "Được đính chính bởi:" }).getByRole("link").getAttribute("href"), FIXED_SLUG);
  await reads(FIXED_SLUG);
  assert.equal(await citizen.locator(".posting-related", { hasText: "Đính chính cho:" }).getByRole("link").getAttribute("href"), SLUG);
  await reads("/bang-tin/99003");
  assert.equal(await citizen.getByRole("link", { name: FIXED, exact: true }).count(), 1, "it hangs where the error hangs");
  await equals("beside its correction");

  // The record of its hanging: places, hours, and the gap with its reason.
  const record = async (name) => {
    page = await visit(communes["99004"], `${path}/noi-treo?don-vi=${LABELS["99004"]}`);
    return (await words(page, page.getByRole("link", { name }))).text;
  };
  const hung = await record("Biên bản niêm yết (PDF)");
  for (const place of UNITS["Xã Ea H'Mai"]) assert.ok(hung.includes(place), hung);
  assert.ok(!hung.includes("Cầu Mây"), "a commune's record is of its own places");
  assert.ok(hung.includes("612/TB-UBND") && hung.includes(TORN), hung);
  assert.match(hung, /Bảng tin Ea H'Mai 10:00 ngày 05\/11\/2026 – Người ở nơi niêm yết, Y Sen Kla Không/, "since when, and by whom");
  assert.match(hung, /Gián đoạn – Bảng tin Ea H'Mai: Từ 15:30 ngày 10\/11\/2026 đến 08:00 ngày 12\/11\/2026 \(1 ngày 16 giờ\)\. Lý do:/);
  assert.match(hung, /Đã niêm yết 7 ngày\./, "the 6th to the 9th and the 13th to the 15th: where it hung least, whole days");

  // Whoever sees all this on a small screen, in the dark or not at all.
  const looked = [
    [approver, "/do-phu"],
    [approver, `${path}/do-phu`],
    [approver, `${path}/noi-nhan`],
    [approver, `${path}/noi-treo`],
    [writer, `${path}/noi-treo`],
    [writer, `${correction}/tep`],
    [writer, "/van-ban/moi"],
    [communes["99001"], "/gui-ve"],
    [communes["99002"], `/gui-ve/${document}?don-vi=${LABELS["99002"]}`],
    [communes["99004"], `${path}/noi-treo?don-vi=${LABELS["99004"]}`],
    [communes["99004"], `/don-vi/${LABELS["99004"]}/noi-niem-yet`],
    [communes["99001"], `/don-vi/${LABELS["99001"]}/bao-may-khac`],
    [communes["99001"], "/bao-may-khac/1"],
    [communes["99001"], "/bao-may-khac/1/bo"],
    [communes["99002"], `/don-vi/${LABELS["99002"]}/bao-may-khac`],
    [approver, "/ke-hoach"],
    [writer, "/ke-hoach/huong-lua/2026"],
  ];
  // Whom a commune has told: an address of nobody.
  page = await visit(communes["99001"], `/don-vi/${LABELS["99001"]}/bao-may-khac`);
  await page.getByLabel("Địa chỉ", { exact: true }).fill(`https://bao.example/${"duong-dan-dai-".repeat(12)}`);
  await page.getByLabel("Của ai, dùng để làm gì").fill("Bảng điện tử ở nhà văn hóa Thôn 1");
  await press(page, "Thêm địa chỉ");
  await press(page, "Gửi thử");
  assert.match(await main(page).locator(".rows").innerText(), /gửi thử[\s\S]*Đang chờ/);
  const wrongs = [];
  for (const [who, where] of looked) {
    page = await visit(who, where);
    assert.equal(new URL(page.url()).pathname, `/ban-bien-tap${where.split("?")[0]}`);
    wrongs.push(...(await faults(page)).map((fault) => `${where}: ${fault}`));
  }
  for (const where of [SLUG, FIXED_SLUG, "/bang-tin/99001", `/n/${document}?ban=1`, "/don-vi/xa-dong-kieu/da-cong-khai"]) {
    await reads(where);
    wrongs.push(...(await faults(citizen)).map((fault) => `${where}: ${fault}`));
  }
  none(wrongs, "the pages of postings");

  // It ends with the day that was counted.
  const lists = async () => {
    const shown = [];
    for (const where of ["/niem-yet", "/", "/don-vi/huong-lua"]) if ((await reads(where)).includes(TITLE)) shown.push(where);
    return shown;
  };
  await clock("2026-12-07T23:59:59");
  assert.match(await reads(SLUG), PERIOD);
  assert.ok(await board("99001"), "on its last day it hangs");
  assert.deepEqual(await lists(), ["/niem-yet", "/", "/don-vi/huong-lua"]);
  await clock("2026-12-08T00:00:00");
  assert.match(await reads(SLUG, 410), /Đã hết thời hạn niêm yết Nội dung này được cung cấp khi có yêu cầu\.[^]*Thứ Hai, 07\/12\/2026/);
  for (const code of Object.keys(LABELS)) assert.equal(await board(code), "", `${code} shows it no more`);
  assert.deepEqual(await lists(), []);
  assert.match(await reads(`/n/${document}?ban=2`), /Tờ này đã hết thời hạn niêm yết Thời hạn niêm yết đã hết vào thứ Hai 07\/12\/2026\./);
  SCRIPT.is_over = true;
  for (const [place, state] of Object.entries(SCRIPT.at)) SCRIPT.at[place] = state === "current" ? "left" : "over";
  await equals("when its time is over");
  await clock("2026-12-08T08:00:00");
  for (const place of Object.keys(phones)) {
    await taps(await scans(place), "Đã gỡ");
    SCRIPT.at[place] = "over";
  }
  await equals("when the communes took it down");
  await notes(writer, "", "Bảng tin tỉnh", "Đã gỡ", "2026-12-08T07:45");
  SCRIPT.at["Bảng tin tỉnh"] = "over";
  await equals("when it hangs nowhere");
  const closed = await record("Biên bản kết thúc niêm yết (PDF)");
  for (const place of UNITS["Xã Ea H'Mai"]) assert.ok(closed.includes(`${place} 10:00 ngày 05/11/2026 08:00 ngày 08/12/2026`), closed);
  assert.ok(closed.includes("Từ thứ Năm 05/11/2026 đến hết thứ Hai 07/12/2026") && closed.includes(TORN), closed);
  assert.match(closed, /Đã niêm yết 29 ngày\./, "32 days after the first, without the three on which it was torn");

  // Nobody writes the register: what, in which form, when and where.
  const register = async (code) => {
    const [, ...rows] = (await (await fetch(at(`/don-vi/${LABELS[code]}/da-cong-khai/2026-q4.csv`))).text()).trim().split("\r\n");
    return rows.map((row) => row.slice(1, -1).split('","')).map(([, , number, , , group, form, from, to, planned, places]) => [number, group, form, from, to, planned, places]);
  };
  const correct = ["", "3", "Cổng thông tin điện tử", "2026-11-16", "", "2026-12-16", ""];
  for (const [code, unit] of [["99001", "Xã Đông Kiều"], ["99003", "Phường Cầu Mây"], ["99004", "Xã Ea H'Mai"]]) {
    const places = UNITS[unit].join("; ");
    assert.deepEqual(await register(code), [
      ["612/TB-UBND", "3", "Cổng thông tin điện tử", "2026-11-05", "2026-12-07", "", ""],
      ["612/TB-UBND", "3", "Niêm yết", "2026-11-05", "2026-12-08", "", places],
      correct,
    ]);
    const shown = await reads(`/don-vi/${LABELS[code]}/da-cong-khai`);
    assert.ok(shown.includes(`Cổng thông tin điện tử 05/11/2026 – 07/12/2026 Niêm yết 05/11/2026 – 08/12/2026 ${places}`), shown);
    assert.ok(shown.includes("Bản 2 từ 13/11/2026") && !shown.includes(TITLE), "the title is given on request only, as its kind says");
  }
  assert.deepEqual(await register("99002"), [correct], "what a commune did not hang is not in its register");

  // A screen takes the place of paper, and says itself how it is.
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x, "base64url");
  const keyid = createHash("sha256").update(raw).digest("hex").slice(0, 16);
  let reports = 0;
  const says = async (told) => {
    const body = JSON.stringify({ unit: "99004", public: raw.toString("base64"), count: ++reports, told, events: [] });
    const signature = sign(null, Buffer.from(body), privateKey).toString("base64");
    const headers = { "content-type": "application/json", "bulletin-signature": `keyid="${keyid}", sig=:${signature}:` };
    return (await fetch(at("/bang-tin/99004/bang"), { method: "POST", headers, body })).json();
  };
  const { code } = await says({});
  const boards = `/don-vi/${LABELS["99004"]}/bang-dien-tu`;
  page = await visit(communes["99004"], boards);
  await page.getByLabel("Mã ghép trên màn hình").fill(code);
  await page.getByLabel("Bảng đặt ở đâu").selectOption({ label: "Nhà văn hóa Thôn 1 Ea H'Mai" });
  await page.getByLabel("Bật lúc").fill("07:00");
  await page.getByLabel("Tắt lúc").fill("17:00");
  await press(page, "Ghép một bảng");
  assert.ok((await says({ version: "0.0.1", number: 1, clock: "unset", is_visible: true, showing: [] })).is_paired);
  const strange = [];
  for (const [who, where] of [[communes["99004"], boards], [communes["99004"], "/bang-dien-tu/1"], [communes["99004"], "/bang-dien-tu/1/go"], [writer, "/bang-dien-tu"]]) {
    page = await visit(who, where);
    assert.equal(new URL(page.url()).pathname, `/ban-bien-tap${where}`);
    assert.match(await main(page).innerText(), /Đồng hồ của máy sai|Lý do/);
    strange.push(...(await faults(page)).map((fault) => `${where}: ${fault}`));
  }
  none(strange, "the pages of boards");
});
