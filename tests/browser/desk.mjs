// The desk in the browser: every page that staff see, walked as they walk it. `npm run desk`, with BASE_URL and with
// SETUP_LINK, which the server prints at its first start; it begins with a portal where nobody works yet.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join as within } from "node:path";
import { test } from "node:test";
import { reports } from "./desk_reports.mjs";
import { HEIGHT, base, begin, none } from "./shared.mjs";
import { DESK, Looker, PASSWORD, join, press, shape, signIn } from "./staff.mjs";

const setup = process.env.SETUP_LINK;
const skip = setup ? false : "SETUP_LINK is not set: give the link that a new server prints at its first start";
const looker = new Looker();
const people = {};
const pages = {};
const texts = {};
const now = () => Date.now() / 1000;
const at = (path) => new URL(path, base).href;
const to = (page, path) => page.goto(at(`${DESK}${path}`));
const main = (page) => page.locator("main");
const follow = (page, name) => press(page, main(page).getByRole("link", { name, exact: true }).first());

const BODY = "Ủy ban nhân dân xã tiếp công dân vào **sáng thứ Năm** hằng tuần.\n\n## Địa điểm\n\nTrụ sở xã, phòng số 2.\n\n- mang theo giấy tờ tùy thân\n- đến trước 10 giờ\n";

async function person(name, options = {}) {
  const page = await (await begin({ ...options })).newPage();
  return looker.watch(page, name);
}

async function writes(page, title, { body = BODY, lead = "Lãnh đạo xã tiếp công dân sáng thứ Năm hằng tuần." } = {}) {
  await to(page, "/van-ban/moi");
  await page.getByLabel("Tiêu đề").fill(title);
  await page.getByLabel("Đơn vị").selectOption({ label: "Xã Đông Kiều" });
  await page.getByLabel("Chuyên mục", { exact: true }).selectOption({ label: "Tin địa phương" });
  await press(page, "Bắt đầu viết");
  await page.getByLabel("Tóm tắt").fill(lead);
  await page.getByLabel("Nội dung", { exact: true }).fill(body);
  await press(page, "Lưu");
  return new URL(page.url()).pathname.replace(/\/sua$/, "").replace(DESK, "");
}

async function adds(page, { login, name, unit, roles }, between = async () => {}) {
  await to(page, "/them-nguoi");
  await page.getByLabel("Họ và tên").fill(name);
  await page.getByLabel("Tên đăng nhập").fill(login);
  await page.getByLabel("Đơn vị").selectOption({ label: unit });
  for (const role of roles) await page.getByLabel(role, { exact: true }).check();
  await press(page, "Thêm và lấy đường dẫn");
  await between();
  // At the site's own address, which is not where the tests reach it.
  return at(new URL(await page.locator(".secret").innerText()).pathname + new URL(await page.locator(".secret").innerText()).search);
}

test("the first person comes in by the link, with a second factor", { skip }, async () => {
  const stranger = await person("a stranger");
  await to(stranger, "/dang-nhap");
  await looker.look(stranger, "sign-in");
  await stranger.getByLabel("Tên đăng nhập").fill("ai.do");
  await stranger.getByLabel("Mật khẩu").fill("không phải mật khẩu");
  await press(stranger, "Đăng nhập");
  await looker.look(stranger, "sign-in-wrong");
  const keeper = (pages.keeper = await person("the keeper"));
  const link = at(new URL(setup).pathname + new URL(setup).search);
  await keeper.goto(link);
  await keeper.getByLabel("Họ và tên").fill("Lê Thị Hoa");
  await keeper.getByLabel("Tên đăng nhập").fill("Hoa Lê!");
  for (const field of await keeper.locator("input[type=password]").all()) await field.fill("ngắn");
  await press(keeper, "Lưu và đăng nhập");
  await looker.look(keeper, "link-first-mended");
  people.keeper = await join(keeper, link, { login: "hoa.le", name: "Lê Thị Hoa" }, now, async (where) => {
    if (where === "enrol") {
      await keeper.getByLabel("Mã sáu chữ số").fill("000000");
      await press(keeper, "Bật");
    }
    await looker.look(keeper, where === "link" ? "link-first" : where);
  });
  await looker.look(keeper, "mine-of-a-keeper");
  await stranger.goto(link);
  await looker.look(stranger, "link-over");
  await stranger.context().close();
  looker.done();
});

test("people are added, each with a link", { skip }, async () => {
  const keeper = pages.keeper;
  await to(keeper, "/nguoi");
  await follow(keeper, "Thêm người");
  await looker.look(keeper, "add-person");
  await keeper.getByLabel("Họ và tên").fill("Trần Thị Thắm");
  await keeper.getByLabel("Tên đăng nhập").fill("tham.tran");
  await press(keeper, "Thêm và lấy đường dẫn");
  await looker.look(keeper, "add-person-mended");
  const commune = "Xã Đông Kiều";
  const links = {
    author: await adds(keeper, { login: "tham.tran", name: "Trần Thị Thắm", unit: commune, roles: ["Người viết"] }, () => looker.look(keeper, "person-link")),
    editor: await adds(keeper, { login: "lua.do", name: "Đỗ Thị Lúa", unit: commune, roles: ["Biên tập viên"] }),
    reviewer: await adds(keeper, { login: "lan.pham", name: "Phạm Thị Lan", unit: commune, roles: ["Người duyệt", "Người đăng"] }),
    urgent: await adds(keeper, { login: "son.nguyen", name: "Nguyễn Văn Sơn", unit: commune, roles: ["Người đăng khẩn"] }),
  };
  for (const [who, link] of Object.entries(links)) {
    pages[who] = await person(who);
    people[who] = await join(pages[who], link, {}, now, async (where) => {
      if (who === "author") await looker.look(pages[who], where);
    });
  }
  Object.assign(people.author, { login: "tham.tran" });
  Object.assign(people.editor, { login: "lua.do" });
  Object.assign(people.reviewer, { login: "lan.pham" });
  Object.assign(people.urgent, { login: "son.nguyen" });
  await to(keeper, "/nguoi");
  await looker.look(keeper, "people");
  await to(keeper, "/nguoi?tim=khong-ai");
  await looker.look(keeper, "people-none");
  await to(keeper, "/nguoi/tham.tran");
  await looker.look(keeper, "person");
  looker.done();
});

test("a text is begun, written, seen and shared", { skip }, async () => {
  const author = pages.author;
  await to(author, "");
  await looker.look(author, "mine-empty");
  await to(author, "/cho-xu-ly");
  await looker.look(author, "queue-empty");
  await to(author, "/van-ban/moi");
  await looker.look(author, "new");
  await author.getByLabel("Tiêu đề").fill("Lịch tiếp công dân tháng 12 của xã Đông Kiều");
  await author.getByLabel("Chuyên mục", { exact: true }).selectOption({ index: 0 });
  await press(author, "Bắt đầu viết");
  await looker.look(author, "new-mended");
  texts.first = await writes(author, "Lịch tiếp công dân tháng 12 của xã Đông Kiều");
  await looker.look(author, "edit");
  await author.getByLabel("Tóm tắt").fill("");
  await author.getByLabel("Nội dung", { exact: true }).fill("");
  await press(author, "Gửi duyệt");
  await looker.look(author, "edit-mended");
  await author.getByLabel("Tóm tắt").fill("Lãnh đạo xã tiếp công dân sáng thứ Năm hằng tuần, tại trụ sở.");
  await author.getByLabel("Nội dung", { exact: true }).fill(`${BODY}\nBấm vào [đây](/tin/khong-co) để xem UBMTTQ.\n`);
  await press(author, "Xem trước");
  await looker.look(author, "preview");
  await author.goto(await author.locator("iframe").evaluate((frame) => frame.src));
  assert.match(await author.locator("h1").innerText(), /Lịch tiếp công dân/);
  await looker.look(author, "preview-alone");
  await to(author, texts.first);
  await looker.look(author, "text-draft");
  await follow(author, "So với lần lưu trước");
  await looker.look(author, "compare");
  await to(author, texts.first);
  await press(author, "Tạo liên kết xem bản nháp");
  await looker.look(author, "share");
  const shared = new URL(await author.locator(".secret").innerText()).pathname;
  const stranger = await person("whom it was shared with");
  await stranger.goto(at(shared));
  await looker.look(stranger, "shared");
  await stranger.goto(at(`${shared}/trang`));
  await looker.look(stranger, "shared-alone");
  await stranger.context().close();
  await to(author, texts.first);
  await looker.look(author, "text-shared");
  looker.done();
});

test("what was typed and not saved waits on one's own page", { skip }, async () => {
  const author = pages.author;
  await to(author, `${texts.first}/sua`);
  const body = author.getByLabel("Nội dung", { exact: true });
  const before = await body.inputValue();
  const kept = author.waitForResponse((response) => response.url().endsWith("/giu"));
  await body.fill(`${before}\nCâu gõ dở.\n`);
  assert.equal((await kept).status(), 200);
  await author.locator("[data-kept]").filter({ hasText: /\d:\d/ }).waitFor();
  await to(author, "");
  await looker.look(author, "mine-unsaved");
  await follow(author, "Lịch tiếp công dân tháng 12 của xã Đông Kiều");
  await looker.look(author, "unsaved");
  await press(author, "Mở để làm tiếp");
  assert.match(await body.inputValue(), /Câu gõ dở\./);
  await author.goBack();
  await press(author, "Bỏ nội dung này");
  await to(author, `${texts.first}/sua`);
  assert.equal(await body.inputValue(), before);
  looker.done();
});

test("two who save at once find both texts side by side", { skip }, async () => {
  const { author, editor } = pages;
  await to(author, `${texts.first}/sua`);
  await to(editor, `${texts.first}/sua`);
  await looker.look(editor, "edit-beside-another");
  const mends = async (page, change) => {
    const field = page.getByLabel("Nội dung", { exact: true });
    await field.fill(change(await field.inputValue()));
    await press(page, "Lưu");
  };
  await mends(author, (text) => text.replace("phòng số 2", "phòng số 3"));
  await mends(editor, (text) => `${text}\nĐiện thoại: 0900 000 099.\n`);
  await looker.look(editor, "conflict");
  await press(editor, "Lưu nội dung ghép");
  const merged = await editor.getByLabel("Nội dung", { exact: true }).inputValue();
  assert.ok(merged.includes("phòng số 3") && merged.includes("0900 000 099") && !merged.includes("<<<<"), merged);
  await to(author, `${texts.first}/sua`);
  await mends(editor, (text) => text.replace("phòng số 3", "phòng số 4"));
  await mends(author, (text) => text.replace("phòng số 3", "phòng số 5"));
  await looker.look(author, "conflict-in-one-place");
  await author.getByLabel("Nội dung ghép từ hai bên").fill(BODY);
  await press(author, "Lưu nội dung ghép");
  looker.done();
});

test("it is sent, sent back with a reason, mended, approved, scheduled and published", { skip }, async () => {
  const { author, reviewer, keeper } = pages;
  await to(author, texts.first);
  await press(author, "Gửi duyệt");
  await looker.look(author, "text-submitted");
  await to(author, `${texts.first}/sua`);
  await looker.look(author, "refused-by-its-state");
  await to(reviewer, "");
  await looker.look(reviewer, "mine-of-a-reviewer");
  await to(reviewer, "/cho-xu-ly");
  await looker.look(reviewer, "queue");
  await press(reviewer, main(reviewer).getByRole("link", { name: /^Lịch tiếp công dân/ }));
  await looker.look(reviewer, "review");
  await press(reviewer, "Trả lại để sửa");
  await looker.look(reviewer, "send-back-mended");
  await reviewer.getByLabel("Lý do trả lại").fill("Thiếu giờ tiếp dân buổi chiều.\nSửa lại số phòng.");
  await press(reviewer, "Trả lại");
  await looker.look(reviewer, "text-sent-back");
  await to(author, "");
  await looker.look(author, "mine-sent-back");
  await to(author, texts.first);
  await looker.look(author, "text-to-be-mended");
  await press(author, "Gửi duyệt");
  await to(reviewer, `${texts.first}/duyet`);
  await reviewer.getByLabel("Vào lúc đã ghi dưới đây").check();
  await press(reviewer, "Duyệt và đăng theo lựa chọn");
  await looker.look(reviewer, "review-mended");
  await reviewer.getByLabel("Chỉ duyệt, đăng sau").check();
  await press(reviewer, "Duyệt và đăng theo lựa chọn");
  await looker.look(reviewer, "text-approved");
  await follow(reviewer, "Đăng");
  await looker.look(reviewer, "publish");
  await reviewer.getByLabel("Vào lúc đã ghi dưới đây").check();
  await press(reviewer, "Đăng");
  await looker.look(reviewer, "publish-mended");
  await reviewer.getByLabel("Giờ đăng").fill("2027-06-01T07:00");
  await press(reviewer, "Đăng");
  await looker.look(reviewer, "text-scheduled");
  await to(reviewer, "/lich?thang=2027-06");
  await looker.look(reviewer, "calendar");
  await to(reviewer, "/lich?thang=2027-07");
  await looker.look(reviewer, "calendar-empty");
  await to(reviewer, `${texts.first}/thoi-gian`);
  await looker.look(reviewer, "reschedule");
  await to(reviewer, texts.first);
  await press(reviewer, "Hủy hẹn giờ");
  await to(author, texts.first);
  await press(author, "Gửi duyệt");
  await to(keeper, `${texts.first}/duyet`);
  await press(keeper, "Duyệt và đăng theo lựa chọn");
  await looker.look(keeper, "text-published");
  looker.done();
});

test("it is corrected, withdrawn and thrown away", { skip }, async () => {
  const { author, reviewer } = pages;
  await to(author, texts.first);
  await press(author, "Sửa thành bản mới");
  await author.getByLabel("Nội dung", { exact: true }).fill(BODY.replace("10 giờ", "11 giờ"));
  await press(author, "Gửi duyệt");
  await looker.look(author, "edit-next-mended");
  await author.getByLabel("Ghi chú công khai về thay đổi").fill("Sửa giờ tiếp dân.");
  await press(author, "Gửi duyệt");
  await to(reviewer, `${texts.first}/duyet`);
  await looker.look(reviewer, "review-of-changes");
  await press(reviewer, "Duyệt và đăng theo lựa chọn");
  await looker.look(reviewer, "text-of-two-editions");
  await follow(reviewer, "Gỡ khỏi trang");
  await looker.look(reviewer, "withdraw");
  await press(reviewer, "Gỡ");
  await looker.look(reviewer, "withdraw-mended");
  await reviewer.getByLabel("Lý do gỡ").fill("Lịch này được thay bằng lịch chung của tỉnh.");
  await press(reviewer, "Gỡ");
  await looker.look(reviewer, "text-withdrawn");
  texts.second = await writes(author, "Thông báo cắt điện ở thôn Hạ");
  await to(author, `${texts.second}/bo`);
  await looker.look(author, "discard");
  await press(author, "Bỏ vào thùng rác");
  await looker.look(author, "text-discarded");
  await to(author, "/van-ban?trang-thai=discarded");
  await looker.look(author, "trash");
  looker.done();
});

test("an urgent text is out at once, and waits for a second person", { skip }, async () => {
  const { urgent, reviewer } = pages;
  texts.urgent = await writes(urgent, "Cảnh báo xả lũ hồ Cầu Mây trong hai giờ tới");
  await to(urgent, texts.urgent);
  await follow(urgent, "Đăng khẩn");
  await looker.look(urgent, "urge");
  await press(urgent, "Đăng khẩn ngay");
  await looker.look(urgent, "urge-mended");
  await urgent.getByLabel("Vì sao không chờ duyệt được").fill("Nước về nhanh, người dân cần biết ngay.");
  await press(urgent, "Đăng khẩn ngay");
  await looker.look(urgent, "text-urgent");
  await to(reviewer, "/cho-xu-ly");
  await looker.look(reviewer, "queue-urgent");
  await to(reviewer, texts.urgent);
  await looker.look(reviewer, "text-to-confirm");
  await follow(reviewer, "Xem và xác nhận");
  await looker.look(reviewer, "confirm");
  await press(reviewer, "Xác nhận");
  looker.done();
});

test("lists, many at once, units, the log and the settings", { skip }, async () => {
  const { author, reviewer, keeper } = pages;
  texts.third = await writes(author, "Họp thôn Thượng bàn việc làm đường");
  texts.fourth = await writes(author, "Lịch thu gom rác thải cồng kềnh");
  await to(author, "/van-ban");
  await looker.look(author, "texts");
  await to(author, "/van-ban?tim=kh%C3%B4ng+c%C3%B3");
  await looker.look(author, "texts-none");
  await to(author, "/van-ban?trang-thai=draft");
  await author.getByLabel("Chọn tất cả trên trang này").check();
  await press(author, "Xem trước khi làm");
  await looker.look(author, "many-submit");
  await press(author, "Gửi duyệt");
  assert.match(await author.locator(".done").innerText(), /Đã làm xong/);
  await looker.look(author, "texts-after-many");
  await to(reviewer, "/van-ban?trang-thai=published&tim=x%E1%BA%A3+l%C5%A9");
  await reviewer.getByLabel(/Chọn “Cảnh báo/).check();
  await reviewer.getByLabel("Làm với văn bản đã chọn").selectOption({ label: "Gỡ khỏi trang" });
  await press(reviewer, "Xem trước khi làm");
  await looker.look(reviewer, "many-withdraw");
  await reviewer.getByLabel(/Lý do gỡ/).fill("Hồ đã ngừng xả lũ.");
  await press(reviewer, "Gỡ khỏi trang");
  assert.match(await reviewer.locator(".done").innerText(), /Đã làm xong/);
  await to(author, "/van-ban");
  await press(author, "Xem trước khi làm");
  await looker.look(author, "many-of-none");
  for (const [name, path] of [
    ["units", "/don-vi"],
    ["units-none", "/don-vi?tim=khong-co"],
    ["log", "/nhat-ky"],
    ["log-none", "/nhat-ky?nguoi=khong-ai"],
    ["log-mended", "/nhat-ky?tu-ngay=2026-12-02&den-ngay=2026-12-01"],
    ["settings", "/cai-dat"],
    ["missing", "/khong-co"],
  ]) {
    await to(keeper, path);
    await looker.look(keeper, name);
  }
  await keeper.goto(at(`${DESK}/cai-dat`));
  await keeper.getByLabel("Tên cổng").fill("");
  await keeper.getByLabel("Tự đăng xuất khi không dùng (phút)").fill("1");
  await press(keeper, "Lưu cài đặt");
  assert.equal(await keeper.locator("#i-name").innerText(), "Hãy điền ô này.");
  assert.equal(await keeper.locator("#i-idle_minutes").innerText(), "Hãy ghi một số từ 5 đến 1440.");
  await looker.look(keeper, "settings-mended");
  for (const [name, path] of [
    ["holidays", "/ngay-nghi?nam=2026&tu=2026-11-06&so=15&cach=calendar"],
    ["holidays-tried-wrong", "/ngay-nghi?tu=&so=0"],
    ["holidays-of-no-day", "/ngay-nghi?nam=2040"],
    ["holiday-removed", "/ngay-nghi/bo?ngay=2026-02-14"],
    ["kinds", "/loai-niem-yet"],
    ["kind-new", "/them-loai-niem-yet"],
    ["kind-unchecked", "/loai-niem-yet/thu-ly-thua-ke"],
    ["indicators", "/chi-tieu"],
    ["indicator-new", "/them-chi-tieu"],
    ["indicator", "/chi-tieu/du-no"],
    ["indicator-removed", "/chi-tieu/du-no/bo"],
    ["measure-new", "/them-don-vi-do"],
    ["measure", "/don-vi-do/trieu-dong"],
    ["dimension-new", "/them-cach-chia"],
    ["dimension", "/cach-chia/chuong-trinh"],
    ["identity-new", "/them-phep-kiem-tra"],
    ["identity", "/phep-kiem-tra/can-doi"],
    ["identity-removed", "/phep-kiem-tra/ty-trong/bo"],
  ]) {
    await to(keeper, path);
    await looker.look(keeper, name);
  }
  await to(keeper, "/ngay-nghi?nam=2027");
  await keeper.getByLabel("Từ ngày").fill("2027-05-01");
  await keeper.getByLabel("Tên ngày nghỉ").fill("Nghỉ bù");
  await keeper.locator("#f-off_source").fill("Thông báo mẫu");
  await press(keeper, "Thêm ngày nghỉ");
  assert.match(await keeper.locator("#i-off_from").innerText(), /01\/05\/2027 đã được ghi/);
  await looker.look(keeper, "holidays-mended");
  await keeper.getByLabel("Từ ngày").fill("2027-05-03");
  await press(keeper, "Thêm ngày nghỉ");
  assert.match(await main(keeper).innerText(), /Thứ Hai 03\/05\/2027/);
  await to(keeper, "/loai-niem-yet/ngan-sach-xa");
  await keeper.getByLabel("Số ngày ít nhất").fill("0");
  await keeper.getByLabel("Lời của quy định").fill("");
  await press(keeper, "Lưu loại niêm yết");
  assert.equal(await keeper.locator("#i-rule").innerText(), "Hãy điền ô này.");
  await looker.look(keeper, "kind-mended");
  await to(keeper, "/them-don-vi-do");
  await keeper.getByLabel("Quy đổi ra").selectOption({ label: "đồng" });
  await keeper.getByLabel("Hệ số quy đổi").fill("một nghìn");
  await press(keeper, "Lưu vào danh mục");
  assert.equal(await keeper.locator("#i-name").innerText(), "Hãy điền ô này.");
  assert.match(await keeper.locator("#i-factor").innerText(), /Chưa rõ “một nghìn” là số nào/);
  await looker.look(keeper, "measure-mended");
  await to(keeper, "/them-cach-chia");
  await keeper.getByLabel("Tên", { exact: true }).fill("Giới tính");
  await keeper.getByRole("group", { name: "Phần 1" }).getByLabel("Tên phần", { exact: true }).fill("Nữ");
  await press(keeper, "Thêm dòng");
  assert.equal(await keeper.locator("#f-member_name-0").inputValue(), "Nữ");
  assert.equal(await keeper.getByLabel("Tên phần", { exact: true }).count(), 8);
  await looker.look(keeper, "dimension-more");
  await to(author, "/cai-dat");
  await looker.look(author, "missing-to-an-author");
  await to(author, `${texts.first}/go`);
  await looker.look(author, "withdraw-by-an-author");
  looker.done();
});

reports({ skip, looker, pages, person, adds, joins: (page, link) => join(page, link, {}, now), at, to, main, follow });

test("one's own account", { skip }, async () => {
  const { keeper, author } = pages;
  await to(keeper, "/toi");
  await looker.look(keeper, "me");
  await to(keeper, "/nguoi/tham.tran/khoa");
  await looker.look(keeper, "sure");
  await author.goto(at(`${DESK}/toi`));
  await author.locator("#f-old").fill("sai");
  await author.getByLabel("Mật khẩu mới", { exact: true }).fill("ngắn");
  await author.getByLabel("Nhập lại mật khẩu mới").fill("ngắn");
  await press(author, "Đổi mật khẩu");
  await looker.look(author, "me-mended");
  await to(author, "/toi");
  await author.getByText("Tạo mã truy cập").click();
  await author.getByLabel("Tên chương trình").fill("Máy của phòng văn thư");
  await author.locator("[name=scope]").first().check();
  await author.locator("#f-token_password").fill(PASSWORD);
  await press(author, "Tạo mã");
  await looker.look(author, "token");
  await to(author, "/toi");
  await looker.look(author, "me-with-a-token");
  await to(author, "/toi/xac-thuc-hai-lop");
  await looker.look(author, "enrol-by-choice");
  const second = await person("the keeper elsewhere");
  await second.goto(at(`${DESK}/nhat-ky`));
  await signIn(second, people.keeper, async () => {
    await second.locator("#f-code").fill("000000");
    await press(second, "Tiếp tục");
    await looker.look(second, "second-factor");
  });
  assert.equal(new URL(second.url()).pathname, `${DESK}/nhat-ky`, "one is where one wanted to go");
  await second.locator(".desk-me summary").click();
  await press(second, second.getByRole("button", { name: "Đăng xuất" }));
  await looker.look(second, "signed-out");
  await second.context().close();
  looker.done();
});

test("the author writes, saves and sends with the keyboard alone", { skip }, async () => {
  const page = pages.author;
  const focused = () => page.evaluate(() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const ring = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none";
    const box = one.getBoundingClientRect();
    const bar = document.querySelector(".editor-bar");
    const covered = bar && !bar.contains(one) && box.top > bar.getBoundingClientRect().top - 8;
    return { name: one.getAttribute("name") ?? "", value: one.getAttribute("value") ?? "", text: one.textContent.trim(), ring, covered };
  });
  // Tab until it is there; whatever is passed shows that it has the focus and is not hidden behind the bar.
  const reach = async (is) => {
    for (let steps = 0; steps < 60; steps++) {
      await page.keyboard.press("Tab");
      const one = await focused();
      assert.ok(one.ring || one.text === "", `focus is not seen at ${one.name || one.text}`);
      assert.ok(!one.covered, `the bar hides ${one.name || one.text}`);
      if (is(one)) return;
    }
    assert.fail(`no Tab leads to ${is}`);
  };
  const pressed = async (key) => {
    await Promise.all([page.waitForEvent("framenavigated", (frame) => frame === page.mainFrame()), page.keyboard.press(key)]);
    await page.waitForLoadState();
  };
  const enter = () => pressed("Enter");
  await to(page, "");
  await page.keyboard.press("Tab");
  assert.equal((await focused()).text, "Bỏ qua đến nội dung chính");
  await page.keyboard.press("Enter");
  await reach((one) => one.text === "Viết văn bản mới");
  await enter();
  await reach((one) => one.name === "title");
  await page.keyboard.type("Bàn phím viết được cả bài");
  await reach((one) => one.name === "unit");
  await reach((one) => one.name === "section");
  await page.keyboard.press("End");
  await reach((one) => one.text === "Bắt đầu viết");
  await enter();
  await reach((one) => one.name === "lead");
  await page.keyboard.type("Tóm tắt gõ bằng bàn phím.");
  await reach((one) => one.name === "body");
  await page.keyboard.type("Nội dung gõ bằng bàn phím.");
  await pressed("Control+s");
  const written = ["Tiêu đề", "Tóm tắt", "Nội dung"].map((label) => page.getByLabel(label, { exact: true }).inputValue());
  assert.deepEqual(await Promise.all(written), ["Bàn phím viết được cả bài", "Tóm tắt gõ bằng bàn phím.", "Nội dung gõ bằng bàn phím."]);
  await reach((one) => one.value === "submit");
  await enter();
  assert.equal(await page.locator(".head-row .state").innerText(), "Chờ duyệt");
});

test("without JavaScript everything is done by forms", { skip }, async () => {
  const page = await person("the author without a script", { javaScriptEnabled: false });
  const other = await person("the reviewer without a script", { javaScriptEnabled: false });
  await to(page, "/van-ban/moi");
  await signIn(page, people.author);
  await to(other, "/cho-xu-ly");
  await signIn(other, people.reviewer);
  const path = await writes(page, "Không cần JavaScript để đăng tin");
  assert.match(await page.locator("[data-preview]").innerText(), /Ủy ban nhân dân xã/, "the preview is of what was saved");
  await press(page, "Gửi duyệt");
  await to(other, "/cho-xu-ly");
  await press(other, main(other).getByRole("link", { name: "Không cần JavaScript để đăng tin" }));
  await other.getByLabel("Lý do trả lại").fill("Ghi rõ số phòng.");
  await press(other, "Trả lại để sửa");
  await to(page, path);
  await page.locator("blockquote", { hasText: "Ghi rõ số phòng." }).first().waitFor();
  await follow(page, "Sửa");
  await page.getByLabel("Nội dung", { exact: true }).fill(BODY.replace("phòng số 2", "phòng số 5"));
  await press(page, "Gửi duyệt");
  await to(other, `${path}/duyet`);
  await press(other, "Duyệt và đăng theo lựa chọn");
  const link = main(other).getByRole("link", { name: "Xem trang công khai" }).first();
  const address = at(await link.getAttribute("href"));
  const reads = await person("a citizen", { javaScriptEnabled: false });
  await reads.goto(address);
  assert.match(await reads.locator("main").innerText(), /phòng số 5/);
  await follow(other, "Gỡ khỏi trang");
  await other.getByLabel("Lý do gỡ").fill("Đăng để thử.");
  await press(other, "Gỡ");
  // What is taken off in its first second stands until that is over.
  for (let asked = 0; (await reads.goto(address)).status() !== 410; asked += 1) assert.ok(asked < 500, "it is still on the page");
  assert.match(await reads.locator("main").innerText(), /Đăng để thử\./);
  for (const one of [page, other]) {
    await one.locator(".desk-me summary").click();
    await press(one, one.getByRole("button", { name: "Đăng xuất" }));
    assert.equal(new URL(one.url()).pathname, `${DESK}/dang-nhap`);
    await one.goto(at(`${DESK}/van-ban`));
    assert.equal(new URL(one.url()).pathname, `${DESK}/dang-nhap`);
    await one.context().close();
  }
  await reads.context().close();
});

test("text of twice the size fits a phone", { skip }, async () => {
  const wrong = [];
  const { author, keeper, reviewer } = pages;
  texts.fifth = await writes(author, "Chữ to gấp đôi vẫn đọc được trên điện thoại nhỏ");
  await to(author, texts.fifth);
  await press(author, "Gửi duyệt");
  const visits = [
    [author, ["", "/van-ban", "/van-ban/moi", texts.first, "/toi", "/lich"]],
    [keeper, ["/nguoi", "/nguoi/tham.tran", "/them-nguoi", "/don-vi", "/nhat-ky", "/cai-dat", "/ngay-nghi", "/ngay-nghi/bo?ngay=2026-02-14", "/loai-niem-yet", "/them-loai-niem-yet", "/chi-tieu", "/them-chi-tieu", "/cach-chia/to-chuc", "/phep-kiem-tra/can-doi"]],
    [reviewer, ["/cho-xu-ly", `${texts.fifth}/duyet`, `${texts.fifth}/xem-truoc`]],
  ];
  texts.sixth = await writes(author, "Chữ to");
  visits[0][1].push(`${texts.sixth}/sua`);
  for (const [page, paths] of visits) {
    await page.setViewportSize({ width: 360, height: HEIGHT });
    for (const path of paths) {
      await to(page, path);
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      wrong.push(...(await page.evaluate(shape)).map((fault) => `${path}: ${fault}`));
      wrong.push(
        ...(await page.evaluate(() =>
          [...document.querySelectorAll("main :is(button, .button, h1, h2, label, p)")]
            .filter((one) => one.checkVisibility() && !one.closest(".scrolls, .unseen") && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
            .map((one) => `cut: ${one.textContent.trim().slice(0, 60)}`)
        )).map((fault) => `${path}: ${fault}`)
      );
    }
    await page.setViewportSize({ width: 1280, height: HEIGHT });
  }
  none(wrong, "at 360 px with text of 200%");
});

test("on paper a text has its history, and nothing to press", { skip }, async () => {
  const { reviewer } = pages;
  await to(reviewer, texts.first);
  await reviewer.emulateMedia({ media: "print", colorScheme: "dark" });
  const printed = await reviewer.locator("body").evaluate((body) => ({
    ink: getComputedStyle(body.querySelector("h1")).color,
    pressed: [...body.querySelectorAll("button, .button, summary, nav, input:not([type=hidden]), select")].filter((one) => one.checkVisibility()).map((one) => one.textContent.trim()),
  }));
  assert.deepEqual(printed, { ink: "rgb(0, 0, 0)", pressed: [] });
  assert.match(await main(reviewer).innerText(), /Lịch sử[^]*Trả lại[^]*Thiếu giờ tiếp dân buổi chiều/);
  await reviewer.emulateMedia({ media: "screen", colorScheme: "light" });
});

test("every page that was seen is valid HTML, and no console complained", { skip }, async () => {
  none(looker.said, "the console says");
  const folder = await mkdtemp(within(tmpdir(), "bangtin-desk-"));
  try {
    for (const [name, html] of looker.sent) await writeFile(within(folder, `${name}.html`), html);
    const jar = createRequire(import.meta.url)("vnu-jar");
    const said = await new Promise((resolve, reject) =>
      execFile("java", ["-jar", jar, "--format", "json", "--skip-non-html", folder], { maxBuffer: 64 << 20 }, (error, _, told) => {
        try {
          resolve(JSON.parse(told).messages);
        } catch {
          reject(error ?? new Error(told));
        }
      })
    );
    // The checker's CSS is older than container queries (CSS Containment 3), and only those are excused.
    const excused = ({ message, extract }) => /^CSS: “container-type”/.test(message) || (message.startsWith("CSS:") && /[\d.]cqi/.test(extract ?? ""));
    none(said.filter((one) => !excused(one)).map(({ url, type, subType, message, extract }) => `${url.split("/").pop()}: ${subType ?? type}: ${message} ${extract ?? ""}`), "the checker says");
    assert.ok(looker.sent.size > 70, `only ${looker.sent.size} pages were looked at`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
