// A text's whole way in a real browser, at the desk and from the citizen's side; WALK says which way is gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { again, ask, at, clock, enter, now, tab, to } from "./driven.mjs";
import { DESK, press, signIn } from "./staff.mjs";

const body = (page) => page.getByLabel("Nội dung", { exact: true });
const state = (page) => page.locator(".head-row .state").innerText();

async function begins(page, title, words) {
  await to(page, "");
  await press(page, page.getByRole("link", { name: "Viết văn bản mới" }).first());
  await page.getByLabel("Tiêu đề").fill(title);
  await page.getByLabel("Chuyên mục", { exact: true }).selectOption({ label: "Tin địa phương" });
  await press(page, "Bắt đầu viết");
  await page.getByLabel("Tóm tắt").fill("Lãnh đạo xã tiếp công dân sáng thứ Năm hằng tuần.");
  await body(page).fill(words);
  await press(page, "Lưu");
  return new URL(page.url()).pathname.replace(/\/sua$/, "").replace(DESK, "");
}

const TITLE = "Lịch tiếp công dân tháng 12 của xã Đông Kiều";
const ADDRESS = "/tin/lich-tiep-cong-dan-thang-12-cua-xa-dong-kieu";

if (process.env.WALK === "road") {
  test("a text from the first word to its withdrawal, as staff and citizens see it", async () => {
    // A citizen has no cookie, and looks at the page, the front page and the feed.
    const citizen = await tab();
    const sees = async (status) => {
      const answer = await citizen.goto(at(ADDRESS));
      assert.equal(answer.status(), status, `${ADDRESS} at ${new Date(now() * 1000).toISOString()}`);
      const page = await citizen.locator("main").innerText();
      await citizen.goto(at("/"));
      const isListed = (await citizen.locator("main").getByRole("link", { name: TITLE }).count()) > 0;
      const feed = await (await fetch(at("/atom.xml"))).text();
      assert.equal(isListed, status === 200, "the front page lists it if and only if it can be read");
      assert.equal(feed.includes(`<title>${TITLE}</title>`), status === 200, "and so does the feed");
      assert.deepEqual(await citizen.context().cookies(), []);
      return { page, feed };
    };

    await clock("2026-11-22T15:00:00");
    const author = await enter("author");
    const path = await begins(author.page, TITLE, "Ủy ban nhân dân xã tiếp công dân vào **sáng thứ Năm**.");
    await press(author.page, "Gửi duyệt");
    assert.equal(await state(author.page), "Chờ duyệt");
    await sees(404);

    const reviewer = await enter("reviewer");
    await to(reviewer.page, "/cho-xu-ly");
    await press(reviewer.page, reviewer.page.getByRole("link", { name: TITLE }));
    await reviewer.page.getByLabel("Lý do trả lại").fill("Thiếu giờ bắt đầu.");
    await press(reviewer.page, "Trả lại để sửa");
    await sees(404);

    await to(author.page, "");
    const returned = author.page.locator("section", { hasText: "Bị trả lại, cần sửa" });
    assert.match(await returned.innerText(), /Phạm Thị Lan trả lại[^]*Thiếu giờ bắt đầu\./);
    await press(author.page, returned.getByRole("link", { name: TITLE }));
    await press(author.page, author.page.getByRole("link", { name: "Sửa", exact: true }));
    await body(author.page).fill("Ủy ban nhân dân xã tiếp công dân từ 7 giờ 30 **sáng thứ Năm**.");
    await press(author.page, "Gửi duyệt");

    await to(reviewer.page, `${path}/duyet`);
    await reviewer.page.getByLabel("Vào lúc đã ghi dưới đây").check();
    await reviewer.page.getByLabel("Giờ đăng").fill("2026-11-23T07:00");
    await press(reviewer.page, "Duyệt và đăng theo lựa chọn");
    assert.equal(await state(reviewer.page), "Hẹn giờ đăng");
    await sees(404);

    await clock("2026-11-23T06:59:59");
    await sees(404);
    await clock("2026-11-23T07:00:00");
    const first = await sees(200);
    assert.match(first.page, /từ 7 giờ 30 sáng thứ Năm/);

    await clock("2026-11-23T09:00:00");
    await again(author);
    await to(author.page, path);
    await press(author.page, "Sửa thành bản mới");
    await body(author.page).fill("Ủy ban nhân dân xã tiếp công dân từ 8 giờ **sáng thứ Năm**.");
    await author.page.getByLabel("Ghi chú công khai về thay đổi").fill("Sửa giờ bắt đầu thành 8 giờ.");
    await press(author.page, "Gửi duyệt");
    assert.match((await sees(200)).page, /từ 7 giờ 30/, "citizens read the first edition until the next one is out");
    await again(reviewer);
    await to(reviewer.page, `${path}/duyet`);
    assert.match(await reviewer.page.locator(".changes").innerText(), /Sửa giờ bắt đầu thành 8 giờ/);
    await press(reviewer.page, "Duyệt và đăng theo lựa chọn");
    const corrected = await sees(200);
    assert.match(corrected.page, /từ 8 giờ sáng thứ Năm/);
    assert.doesNotMatch(corrected.page, /7 giờ 30/);
    assert.match(corrected.page, /Sửa giờ bắt đầu thành 8 giờ\./, "the note is public");
    const earlier = await citizen.goto(at(`${ADDRESS}/ban/1`));
    assert.equal(earlier.status(), 200);
    assert.match(await citizen.locator("main").innerText(), /từ 7 giờ 30/, "the earlier edition keeps its words");

    await clock("2026-11-24T10:00:00");
    await again(reviewer);
    await to(reviewer.page, `${path}/go`);
    await reviewer.page.getByLabel("Lý do gỡ").fill("Lịch này được thay bằng lịch chung của tỉnh.");
    await press(reviewer.page, "Gỡ");
    assert.equal(await state(reviewer.page), "Đã gỡ");
    const gone = await sees(410);
    assert.match(gone.page, /Lịch này được thay bằng lịch chung của tỉnh\./);
    assert.match(gone.feed, /deleted-entry/);
    assert.equal((await citizen.goto(at(`${ADDRESS}/ban/1`))).status(), 410);
    assert.doesNotMatch(await citizen.locator("main").innerText(), /7 giờ 30/, "withdrawn words are not read in an earlier edition either");
  });
}

if (process.env.WALK === "typed") {
  test("what is typed outlives a session, another tab, a restart and a lost line", async () => {
    await clock("2026-11-23T08:00:00");
    const author = await enter("author");
    const { page } = author;
    const path = await begins(page, "Một câu cũng không mất", "Câu một.\n\nCâu hai.");
    const adds = async (on, sentence) => {
      await body(on).focus();
      await on.keyboard.press("Control+End");
      await on.keyboard.type(`\n\n${sentence}`);
    };
    const saved = async () => {
      const other = await page.context().newPage();
      await to(other, `${path}/xem-truoc`);
      const words = await other.frameLocator("iframe").locator("main").innerText();
      await other.close();
      return words;
    };

    await to(page, `${path}/sua`);
    await clock("2026-11-23T10:30:00");
    await adds(page, "Câu gõ khi phiên đã hết.");
    await page.getByText("Phiên đăng nhập đã hết").waitFor();
    await press(page, "Lưu");
    assert.equal(new URL(page.url()).pathname, `${DESK}/dang-nhap`);
    await signIn(page, { ...author.person, login: author.login });
    assert.equal(new URL(page.url()).pathname, `${DESK}${path}/sua`, "back where it was typed");
    assert.match(await body(page).inputValue(), /Câu gõ khi phiên đã hết\./);
    await page.getByText("Dưới đây là nội dung bạn đã gõ").waitFor();
    await press(page, "Lưu");
    assert.match(await saved(), /Câu gõ khi phiên đã hết\./);
    assert.equal(await page.locator("[data-offer]:visible").count(), 0, "what is saved is not offered again");

    const stale = await page.context().newPage();
    await to(stale, `${path}/sua`);
    await body(page).fill((await body(page).inputValue()).replace("Câu một.", "Câu một, sửa ở thẻ thứ nhất."));
    await press(page, "Lưu");
    await adds(stale, "Câu thêm ở thẻ cũ.");
    await press(stale, "Lưu");
    assert.equal(await stale.locator("h1").innerText(), "Có người đã lưu trước bạn");
    assert.doesNotMatch(await saved(), /Câu thêm ở thẻ cũ/, "nothing is overwritten");
    await press(stale, "Lưu nội dung ghép");
    for (const words of [/Câu một, sửa ở thẻ thứ nhất\./, /Câu thêm ở thẻ cũ\./]) assert.match(await saved(), words);
    await stale.close();

    await to(page, `${path}/sua`);
    await adds(page, "Câu gõ trước khi máy chủ khởi động lại.");
    await page.getByText("Đã giữ chữ vừa gõ lúc").waitFor();
    await ask("restart");
    await to(page, `${path}/sua`);
    assert.equal(new URL(page.url()).pathname, `${DESK}${path}/sua`, "still signed in");
    assert.match(await body(page).inputValue(), /Câu gõ trước khi máy chủ khởi động lại\./);
    await press(page, "Lưu");

    await page.context().setOffline(true);
    await adds(page, "Câu gõ khi mất mạng.");
    await page.getByText("Chưa gửi được về máy chủ").waitFor();
    await page.close();
    await author.page.context().setOffline(false);
    const back = await author.page.context().newPage();
    await to(back, `${path}/sua`);
    assert.doesNotMatch(await body(back).inputValue(), /Câu gõ khi mất mạng/);
    await back.getByRole("button", { name: "Dùng nội dung đó" }).click();
    assert.match(await body(back).inputValue(), /Câu gõ khi mất mạng\./);
    await press(back, "Lưu");

    const editor = await enter("editor");
    await to(editor.page, `${path}/sua`);
    assert.match(await editor.page.locator("[data-others]").innerText(), /Trần Thị Thắm/);
    assert.match(await body(editor.page).inputValue(), /Câu gõ khi mất mạng\./);
    assert.equal(await back.locator("[data-others]:visible").count(), 0);
    await adds(back, "Câu cuối.");
    await back.locator("[data-others]:visible", { hasText: "Đỗ Thị Lúa" }).waitFor();
  });
}
