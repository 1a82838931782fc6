// Figures at the desk, walked by whoever keeps them: a clerk's spreadsheet with its doubts, the calendar of releases, and those who see a
// report before its hour. A part of `desk.mjs`, whose people it borrows.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { DESK, press } from "./staff.mjs";

const sheet = (name) => readFile(new URL(`../portal/sheets/${name}`, import.meta.url));
const TITLE = "Tín dụng chính sách theo xã, 9 tháng";
const NAME = "Nguyễn Thị Bưởi";

export function reports({ skip, looker, pages, person, adds, joins, at, to, main, follow }) {
  const sent = async (page, name, buffer) => {
    await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await press(page, "Gửi và xem");
    // The page comes again by itself until the file has been read.
    await page.locator("main:not(:has([data-refresh]))").waitFor();
  };
  let report;

  test("a spreadsheet is looked at, answered for, and kept as figures", { skip }, async () => {
    const { keeper } = pages;
    await to(keeper, "/van-ban/moi");
    await keeper.locator("input[name=kind][value=report]").check();
    await keeper.getByLabel("Tiêu đề").fill(TITLE);
    await keeper.getByLabel("Đơn vị").selectOption({ label: "Tỉnh Hương Lúa" });
    await keeper.getByLabel("Chuyên mục", { exact: true }).selectOption({ label: "Tín dụng chính sách" });
    await press(keeper, "Bắt đầu viết");
    report = new URL(keeper.url()).pathname.replace(/\/sua$/, "").replace(DESK, "");
    await to(keeper, `${report}/so-lieu`);
    await looker.look(keeper, "figures-none");
    await sent(keeper, "Báo cáo.pdf", Buffer.from("%PDF-1.7\n%%EOF\n"));
    assert.match(await main(keeper).innerText(), /không phải bảng tính/);
    await looker.look(keeper, "figures-of-no-sheet");
    await sent(keeper, "Theo xã.xls", await sheet("theo-xa.xls"));
    await looker.look(keeper, "figures-open");
    const open = keeper.locator(".intake-open");
    assert.match(await open.innerText(), /E7[^]*128\.400: một trăm hai mươi tám nghìn bốn trăm, hay 128 phẩy 400\?/);
    assert.equal(await keeper.getByRole("button", { name: "Ghi số liệu vào báo cáo" }).count(), 0, "nothing can be kept while a cell is open");
    await open.locator("select[name=way]").selectOption("vi");
    await open.getByLabel("Cộng khu vực I").selectOption("~");
    await press(keeper, open.getByRole("button", { name: "Ghi câu trả lời và xem lại" }));
    assert.equal(await open.count(), 0);
    await looker.look(keeper, "figures-clear");
    await press(keeper, "Ghi số liệu vào báo cáo");
    await keeper.getByText("128.400", { exact: true }).first().waitFor();
    await looker.look(keeper, "figures-kept");
    // What was answered once is known: the same sheet in another form asks nothing.
    await sent(keeper, "Theo xã.ods", await sheet("theo-xa.ods"));
    assert.equal(await open.count(), 0);
    await press(keeper, "Ghi số liệu vào báo cáo");
    looker.done();
  });

  test("a release is announced, moved with its reason, and seen so by everybody", { skip }, async () => {
    const { keeper } = pages;
    await to(keeper, "/lich-so-lieu");
    await looker.look(keeper, "releases");
    await keeper.getByLabel("Tên số liệu").fill("Tín dụng chính sách theo xã, cả năm");
    await keeper.getByLabel("Ngày công bố").fill("2020-01-20");
    await press(keeper, "Đưa vào lịch");
    assert.equal(await keeper.getByLabel("Tên số liệu").inputValue(), "Tín dụng chính sách theo xã, cả năm", "what was typed comes back");
    await looker.look(keeper, "releases-mended");
    await keeper.getByLabel("Ngày công bố").fill("2027-01-20");
    await keeper.getByLabel("Giờ công bố").fill("09:00");
    await press(keeper, "Đưa vào lịch");
    await looker.look(keeper, "release-announced");
    await press(keeper, main(keeper).getByRole("link", { name: "Đổi lịch Tín dụng chính sách theo xã, cả năm" }));
    await looker.look(keeper, "release");
    await keeper.getByLabel("Ngày công bố").fill("2027-01-22");
    await press(keeper, "Dời ngày");
    await looker.look(keeper, "release-mended");
    await keeper.getByLabel("Lý do").first().fill("Chờ số liệu của hai xã.");
    await press(keeper, "Dời ngày");
    const citizen = await person("a citizen before the calendar");
    await citizen.goto(at("/so-lieu/lich"));
    assert.match(await main(citizen).innerText(), /Tín dụng chính sách theo xã, cả năm[^]*Chờ số liệu của hai xã\./);
    await citizen.context().close();
    looker.done();
  });

  test("who is on the list sees a report before its hour, by a link that is shown once", { skip }, async () => {
    const { keeper } = pages;
    const chief = (pages.chief = await person("the chief"));
    const link = await adds(keeper, { login: "bach.kieu", name: "Kiều Văn Bách", unit: "Tỉnh Hương Lúa", roles: ["Người duyệt", "Người đăng"] });
    await joins(chief, link);
    await to(keeper, `${report}/sua`);
    await keeper.getByLabel("Tóm tắt").fill("Dư nợ của bốn xã, phường.");
    await keeper.getByLabel("Nguồn số liệu").fill("Ngân hàng mẫu, báo cáo tháng 9");
    await keeper.getByLabel("Người được xem trước giờ công bố").fill(`${NAME}; Văn phòng UBND tỉnh (mẫu)`);
    await looker.look(keeper, "edit-report");
    await press(keeper, "Gửi duyệt");
    await to(chief, `${report}/duyet`);
    await chief.getByLabel("Vào lúc đã ghi dưới đây").check();
    await chief.getByLabel("Giờ đăng").fill("2027-01-20T09:00");
    await looker.look(chief, "review-of-a-report");
    await press(chief, "Duyệt và đăng theo lựa chọn");
    await looker.look(chief, "text-report-scheduled");
    await follow(chief, "Người được xem trước");
    await looker.look(chief, "early");
    await press(chief, main(chief).getByRole("button", { name: `Tạo liên kết ${NAME}` }));
    await looker.look(chief, "early-made");
    const address = new URL(await chief.locator(".secret").innerText()).pathname;
    const reader = await person("one who sees it early");
    await reader.goto(at(address));
    assert.match(await reader.locator(".embargo").innerText(), new RegExp(`09:00[^]*${NAME}`));
    await looker.look(reader, "early-seen");
    await reader.goto(await reader.locator("iframe").evaluate((frame) => frame.src));
    assert.match(await reader.locator("main").innerText(), /128\.400/);
    await looker.look(reader, "early-seen-alone");
    await to(chief, `${report}/xem-som`);
    assert.match(await main(chief).innerText(), /Đã mở 1 lần/);
    await looker.look(chief, "early-opened");
    await press(chief, main(chief).getByRole("button", { name: `Thu hồi liên kết ${NAME}` }));
    assert.equal((await reader.goto(at(address))).status(), 404, "a link that was taken back opens nothing");
    await reader.context().close();
    looker.done();
  });
}
